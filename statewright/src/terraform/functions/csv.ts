import { ExpressionError } from '../errors';
import type { Value } from '../value';

const FIELD = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/y;

/** The rows of a CSV text by the names in its first row (RFC 4180). */
export function parseCsv(text: string, place: string): Value {
  const rows: string[][] = [[]];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const match = FIELD.exec(text);
    if (!match) throw new ExpressionError(place, 'csvdecode() found a misplaced quote');
    const [, quoted, plain = '', end] = match;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',' && FIELD.lastIndex < text.length) rows.push([]);
    if (end === ',' && FIELD.lastIndex === text.length) rows.at(-1)?.push('');
  }
  const [names = [], ...records] = rows.filter((row) => row.length > 1 || row[0] !== '');
  return records.map((record) => {
    if (record.length !== names.length)
      throw new ExpressionError(place, 'csvdecode() found rows of different lengths');
    return Object.fromEntries(names.map((name, index) => [name, record[index] ?? '']));
  });
}
