import type { RE2JS } from 're2js';
import type { Value } from '../value';
import { orFail } from './function';

/** Terraform uses RE2, whose syntax is not JavaScript's. It is loaded only when a pattern is used. */
function compile(pattern: string, place: string): RE2JS {
  const { RE2JS } = require('re2js') as typeof import('re2js');
  return orFail(place, () => RE2JS.compile(pattern));
}

/** Each match: its text, a list of its groups, or an object when the groups have names. */
export function matches(pattern: string, text: string, place: string): Value[] {
  const compiled = compile(pattern, place);
  const names = Object.keys(compiled.namedGroups());
  const found: Value[] = [];
  const matcher = compiled.matcher(text);
  let last = -1;
  while (matcher.find()) {
    // As in Go, an empty match right after another match does not count.
    if (matcher.start() === matcher.end() && matcher.start() === last) continue;
    last = matcher.end();
    const count = matcher.groupCount();
    if (names.length > 0) {
      found.push(Object.fromEntries(names.map((name) => [name, matcher.group(name) ?? null])));
    } else if (count > 0) {
      found.push(Array.from({ length: count }, (_, index) => matcher.group(index + 1) ?? null));
    } else found.push(matcher.group() ?? '');
  }
  return found;
}

/** Replaces each match; `$1`, `${1}` and `${name}` in the replacement are groups. */
export function replaceMatches(pattern: string, text: string, replacement: string, place: string): string {
  const matcher = compile(pattern, place).matcher(text);
  let result = '';
  let end = 0;
  while (matcher.find()) {
    const group = (name: string) =>
      orFail(place, () => matcher.group(/^\d+$/.test(name) ? Number(name) : (name as never))) ?? '';
    result += text.slice(end, matcher.start());
    result += replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (_, braced, plain) => {
      const name = braced ?? plain;
      return name === undefined ? '$' : group(name);
    });
    end = matcher.end();
  }
  return result + text.slice(end);
}
