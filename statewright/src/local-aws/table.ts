/**
 * Where a service keeps its records: plain JSON values by key. A record is never changed in place but set anew, so that
 * a table on disk sees every change.
 */
export type Table<T> = Pick<Map<string, T>, 'get' | 'has' | 'set' | 'delete' | 'values' | 'size'>;

/** Opens a service's table by its name, such as `iam.roles`. */
export type OpenTable = <T>(name: string) => Table<T>;

/** Tables that live as long as the process. */
export const memoryTable: OpenTable = () => new Map();
