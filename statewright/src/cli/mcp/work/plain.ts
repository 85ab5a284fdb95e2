import { createTerminal } from '../../terminal';

/** For the renderers of the commands: no colours, no width, no output. */
export const plain = createTerminal({
  stream: { write() {} },
  color: false,
  columns: Number.POSITIVE_INFINITY,
});

const MOST_CHARACTERS = 1000;

/** A value as a result has it: a long one would fill the memory of the model, and is cut. */
export function shortValue(value: unknown): unknown {
  const text = JSON.stringify(value) ?? '';
  return text.length <= MOST_CHARACTERS ? value : shortText(text);
}

export function shortText(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  return `${text.slice(0, MOST_CHARACTERS)}… (${text.length} characters)`;
}

/** The value of a JSON text; a text that AWS truncated stays text. */
export function shortJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return shortValue(JSON.parse(text));
  } catch {
    return shortText(text);
  }
}

/** The first and the last ones of a long list, and how many are left out. */
export function ends<T>(all: readonly T[], most: number): { readonly shown: T[]; readonly omitted: number } {
  const omitted = Math.max(0, all.length - most);
  if (omitted === 0) return { shown: [...all], omitted };
  const head = Math.floor(most / 2);
  return { shown: [...all.slice(0, head), ...all.slice(omitted + head)], omitted };
}
