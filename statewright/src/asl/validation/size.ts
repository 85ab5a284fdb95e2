import type { Place } from './place';

/** Step Functions API Reference, CreateStateMachine: the longest `definition`. */
const MAX_BYTES = 1_048_576;

/** Much deeper than a real definition, and safe for a recursive walk. */
const MAX_DEPTH = 400;

/** Whether a value is nested too deeply for a definition. */
export const isTooDeep = (value: unknown): boolean => depthExceeds(value, MAX_DEPTH);

/** Whether the definition is small enough, and flat enough, to be checked. */
export function checkSize(definition: unknown, at: Place): boolean {
  if (isTooDeep(definition)) {
    at.error(`The states are too deeply nested: more than ${MAX_DEPTH} levels of JSON`, 'TOO_DEEPLY_NESTED');
    return false;
  }
  const bytes = Buffer.byteLength(JSON.stringify(definition));
  if (bytes > MAX_BYTES) {
    at.error(`The definition is too long: ${bytes} bytes of JSON, ${MAX_BYTES} at most`);
  }
  return true;
}

/** Level by level, because a recursion could overflow the stack. */
function depthExceeds(value: unknown, limit: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
