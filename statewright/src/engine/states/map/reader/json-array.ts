/** The marks by which the elements of an array are found. */
const MARK = /["\\[\]{},]/g;

/**
 * The texts of the elements of a JSON array, in the pieces in which it arrives. A large file can then be parsed in parts,
 * and not in one turn of the event loop. Only where elements end is checked: whatever is between two commas is a text.
 * @param text begins with the array's bracket
 * @throws SyntaxError when something follows the array, or its end is missing
 */
export async function* elementTexts(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = '';
  /** Where the next mark is looked for. */
  let at = 0;
  let depth = 0;
  let isInString = false;
  let isEmpty = true;
  let hasEnded = false;
  for await (const piece of text) {
    rest += piece;
    if (hasEnded && rest.trim() !== '') throw new SyntaxError('Unexpected text after the array');
    const found: string[] = [];
    let start = 0;
    for (;;) {
      MARK.lastIndex = at;
      const mark = MARK.exec(rest)?.[0];
      if (mark === undefined) break;
      at = MARK.lastIndex;
      if (mark === '"') isInString = !isInString;
      else if (mark === '\\') at += 1;
      else if (isInString) continue;
      else if (mark === '[' || mark === '{') {
        depth += 1;
        if (depth === 1) start = at;
      } else if (mark === ',' && depth === 1) {
        found.push(rest.slice(start, at - 1));
        isEmpty = false;
        start = at;
      } else if (mark !== ',') {
        depth -= 1;
        if (depth > 0) continue;
        const last = rest.slice(start, at - 1);
        if (!isEmpty || last.trim() !== '') found.push(last);
        start = at;
        if (mark === '}') throw new SyntaxError('Unexpected } at the end of an array');
        hasEnded = true;
        if (rest.slice(at).trim() !== '') throw new SyntaxError('Unexpected text after the array');
      }
    }
    // A mark at the end of the piece may belong to the next one.
    at = Math.max(at, rest.length) - start;
    rest = rest.slice(start);
    yield found;
  }
  if (!hasEnded) throw new SyntaxError('Unexpected end of the text');
}
