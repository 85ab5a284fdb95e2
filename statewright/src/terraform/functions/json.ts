import { entriesOf, isList, isMap, numberText, type Value } from '../value';

/** As Terraform does it: sorted, without white space, and with HTML's special characters escaped. */
export function jsonEncode(value: Value): string {
  if (isList(value)) return `[${value.map(jsonEncode).join(',')}]`;
  if (isMap(value)) {
    return `{${entriesOf(value)
      .map(([name, inner]) => `${jsonEncode(name)}:${jsonEncode(inner)}`)
      .join(',')}}`;
  }
  if (typeof value === 'number') return numberText(value);
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
