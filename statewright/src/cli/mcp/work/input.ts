/**
 * The input of an execution or a state. Some models write an object or a list as its JSON text; any other text is the input
 * itself.
 */
export function inputValue(input: unknown): unknown {
  if (typeof input !== 'string' || !/^\s*[[{]/.test(input)) return input;
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
