import type { FunctionStore } from './function-store';

/** What changes with each revision of a function: its time and its id. */
export const newRevision = ({ context }: FunctionStore) => ({
  LastModified: new Date(context.clock.now()).toISOString(),
  RevisionId: context.uuid(),
});
