/** Tokens of JSON text: strings, brackets, separators, and the rest (numbers, literals). */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * JSON text formatted over lines, with two spaces per level and every token unchanged: `1.0` stays `1.0`. Text that is
 * not valid JSON is returned unchanged.
 */
export function layOutJson(text: string): string {
  if (!isJson(text)) return text;
  let depth = 0;
  let previous = '';
  let laidOut = '';
  for (const [token] of text.matchAll(TOKENS)) {
    const closes = token === '}' || token === ']';
    const isEmptyPair = closes && (previous === '{' || previous === '[');
    if (closes) depth -= 1;
    const breaksLine = previous === ',' || previous === '{' || previous === '[' || closes;
    if (breaksLine && previous !== '' && !isEmptyPair) laidOut += `\n${'  '.repeat(depth)}`;
    else if (previous === ':') laidOut += ' ';
    laidOut += token;
    if (token === '{' || token === '[') depth += 1;
    previous = token;
  }
  return laidOut;
}

/** A JSON object whose members are JSON text, which stays as it is written. */
export const jsonObject = (members: Readonly<Record<string, string>>): string =>
  `{${Object.entries(members).map(([name, text]) => `${JSON.stringify(name)}:${text}`)}}`;

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
