/**
 * Whether a text is made of these parts, in order, with any characters between them. A regular expression with as
 * many `.*` would try every combination, which takes far too long for a few parts and a long text.
 *
 * @param parts the literal texts around the wildcards: one more than there are wildcards
 */
export function matchesParts(parts: readonly string[], text: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
