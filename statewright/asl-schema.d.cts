export function withDescriptions(schema: unknown): object;
