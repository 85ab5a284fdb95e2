import { isObject } from '../../../is-object';

/**
 * A request with a text in place of each deployment package. JSON.stringify would make a list of millions of numbers out of a
 * Buffer, before a replacer sees it.
 */
export function withoutBytes(value: unknown, textFor: (bytes: Uint8Array) => string): unknown {
  if (ArrayBuffer.isView(value)) return textFor(value as Uint8Array);
  if (Array.isArray(value)) return value.map((item) => withoutBytes(item, textFor));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutBytes(member, textFor)]),
  );
}
