import { jsonFault, lineAndColumn } from '../json-fault';
import type { Expected, JsonFault } from '../json-scanner';

/** Where and why a text is not valid JSON, in the words of Jackson, the JSON parser that AWS services use. */
export interface JacksonFault {
  readonly message: string;
  /** Such as `line: 1, column: 2`, both from 1. */
  readonly place: string;
}

/** Undefined for valid JSON. */
export function jacksonFault(text: string): JacksonFault | undefined {
  const fault = jsonFault(text);
  if (fault === undefined) return undefined;
  // Jackson has already read the character or the word that it reports.
  const { line, column } = lineAndColumn(text, fault.position + fault.found.length);
  return { message: messageOf(fault), place: `line: ${line}, column: ${column}` };
}

const TOKENS = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

const EXPECTATIONS: Readonly<Record<Expected, string>> = {
  value: `expected a valid value ${TOKENS}`,
  'field name': 'was expecting double-quote to start field name',
  colon: 'was expecting a colon to separate field name and value',
  'comma or }': 'was expecting comma to separate Object entries',
  'comma or ]': 'was expecting comma to separate Array entries',
  'closing quote': 'was expecting closing quote for a string value',
  'end of the text': 'expected the end of the input',
};

function messageOf({ expected, found }: JsonFault): string {
  if (found === '') return `Unexpected end-of-input: ${EXPECTATIONS[expected]}`;
  if (expected === 'value' && /^[\p{L}_$]/u.test(found)) {
    return `Unrecognized token '${found}': was expecting ${TOKENS}`;
  }
  return `Unexpected character ('${found}' (code ${found.codePointAt(0)})): ${EXPECTATIONS[expected]}`;
}
