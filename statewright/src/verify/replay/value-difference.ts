import { isObject } from '../../is-object';
import { parsedJson } from '../../parsed-json';

/** A value that differs; one side is undefined where the value exists only on the other. */
export interface ValueDifference {
  /** The place in the value, such as `$.order.id`. */
  readonly path: string;
  readonly recorded?: unknown;
  readonly now?: unknown;
}

/** Whether two texts are equal for the comparison. */
export type SameText = (recorded: string, now: string) => boolean;

/** Compares two JSON texts; texts that are not JSON are compared as they are. */
export function textDifferences(
  recorded: string,
  now: string,
  isSame: SameText,
  path = '$',
): readonly ValueDifference[] {
  if (recorded === now) return [];
  const [before, after] = [parsedJson(recorded), parsedJson(now)];
  return before === undefined || after === undefined
    ? valueDifferences(recorded, now, isSame, path)
    : valueDifferences(before, after, isSame, path);
}

/** Compares two JSON values. The order of an object's members does not count. */
export function valueDifferences(
  recorded: unknown,
  now: unknown,
  isSame: SameText,
  path = '$',
): readonly ValueDifference[] {
  if (recorded === now) return [];
  if (typeof recorded === 'string' && typeof now === 'string' && isSame(recorded, now)) return [];
  if (Array.isArray(recorded) && Array.isArray(now)) {
    return Array.from({ length: Math.max(recorded.length, now.length) }).flatMap((_, index) =>
      valueDifferences(recorded[index], now[index], isSame, `${path}[${index}]`),
    );
  }
  if (isObject(recorded) && isObject(now)) {
    const names = new Set([...Object.keys(recorded), ...Object.keys(now)]);
    return [...names].flatMap((name) =>
      valueDifferences(recorded[name], now[name], isSame, `${path}${member(name)}`),
    );
  }
  return [{ path, ...(recorded !== undefined && { recorded }), ...(now !== undefined && { now }) }];
}

const member = (name: string) =>
  /^[\p{L}_][\p{L}\d_]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
