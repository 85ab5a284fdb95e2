/** Loads a module of any kind, TypeScript included. */
export function importModule(url: string): Promise<unknown>;
