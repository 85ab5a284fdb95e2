/** Where a text stops being valid JSON, and what JSON expects there. */

import { type Expected, type JsonFault, JsonScanner } from './json-scanner';

/** The first fault of a text; undefined for valid JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return new JsonScanner(text).fault();
  }
}

/**
 * The message for a text that is not valid JSON; undefined for valid JSON:
 * `states.json is not valid JSON: line 3, column 5: expected a comma or }, found "x"`.
 *
 * @param subject the name of the text, such as `states.json` or `The input`
 * @param place where the fault is, if the text is a part of a file
 */
export function invalidJson(
  subject: string,
  text: string,
  place?: { readonly line: number; readonly column: number },
): string | undefined {
  const fault = jsonFault(text);
  if (fault === undefined) return undefined;
  const { line, column } = place ?? lineAndColumn(text, fault.position);
  return `${subject} is not valid JSON: line ${line}, column ${column}: expected ${PHRASES[fault.expected]}, found ${shown(fault.found)}`;
}

/**
 * The same for a text that is in no file, such as a template with its values filled in; with the text around the fault.
 * Undefined for valid JSON.
 */
export function filledInFault(subject: string, text: string): string | undefined {
  const message = invalidJson(subject, text);
  const fault = jsonFault(text);
  if (message === undefined || fault === undefined) return undefined;
  const start = Math.max(0, fault.position - 60);
  const around = text
    .slice(start, fault.position + 40)
    .replace(/\s+/g, ' ')
    .trim();
  return `${message}, in: ${start > 0 ? '…' : ''}${around}`;
}

/** More levels than real data has, and fewer than fill the stack of what reads it; Jackson has the same limit. */
const MAX_DEPTH = 1000;

/** The message for a value that is nested too deeply to be worked on; undefined for any other. @param value without cycles */
export function deepJson(subject: string, value: unknown): string | undefined {
  const open: [value: unknown, depth: number][] = [[value, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [inner, depth] = next;
    if (typeof inner !== 'object' || inner === null) continue;
    if (depth === MAX_DEPTH) return `${subject} is nested too deeply: it has more than ${MAX_DEPTH} levels.`;
    for (const each of Object.values(inner)) open.push([each, depth + 1]);
  }
  return undefined;
}

/** The line and the column of an index; both start at 1. */
export function lineAndColumn(
  text: string,
  position: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, position);
  return { line: before.split('\n').length, column: position - before.lastIndexOf('\n') };
}

const PHRASES: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'field name': 'a field name in double quotes',
  colon: 'a colon',
  'comma or }': 'a comma or }',
  'comma or ]': 'a comma or ]',
  'closing quote': 'a closing quote',
  'end of the text': 'the end of the text',
};

const NAMES: Readonly<Record<string, string>> = {
  '': 'the end of the text',
  '\n': 'a line break',
  '\r': 'a line break',
  '\t': 'a tab',
  "'": 'a single quote',
  '\u00a0': 'a non-breaking space',
  '\ufeff': 'a byte order mark',
};

/** An invisible character is named by its code. */
function shown(found: string): string {
  const name = NAMES[found];
  if (name !== undefined) return name;
  if (/^[\p{C}\p{Z}]$/u.test(found)) {
    return `the character U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return `'${found}'`;
}
