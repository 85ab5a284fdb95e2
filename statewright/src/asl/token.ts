/**
 * A value that only Terraform knows, in the form that CDKTF gives it: its `IResolvable`. CDKTF also encodes tokens as
 * numbers, texts, lists and maps, which have the types of their values (CDKTF documentation, "Tokens").
 */
export interface Token {
  /** Where it was created, for errors: the lines of a stack trace. */
  readonly creationStack: readonly string[];
  /** Its value in the synthesized Terraform JSON. */
  resolve(context: never): unknown;
  /** The same value as a text with a placeholder. */
  toString(): string;
}

/** Whether a value is a token, or a text or a name with a token in it. Only Terraform knows such a value. */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return value.includes(TEXT);
    case 'number':
      return ENCODED_NUMBERS.includes(highBits(value));
    case 'object':
      return value !== null && (Array.isArray(value) ? isListToken(value) : isObjectToken(value));
    default:
      return false;
  }
}

/** How CDKTF begins a token in a text, in the only item of a list, and in the only name of a map. */
const TEXT = '${TfToken[';
const LIST = '#{TfToken[';
const MAP = '&{TfToken[';

/** The sign and the exponent of a number that is a token, and of the only item of a list of numbers that is one. */
const NUMBER = 0xfdff;
const NUMBER_LIST = 0xfbff;
const ENCODED_NUMBERS = [NUMBER, NUMBER_LIST];

function isListToken(list: readonly unknown[]): boolean {
  return list.length === 1 && isListTokenItem(list[0]);
}

/** Whether an item of a list is a whole list in Terraform. */
export function isListTokenItem(item: unknown): boolean {
  return typeof item === 'string'
    ? item.includes(LIST)
    : typeof item === 'number' && highBits(item) === NUMBER_LIST;
}

function isObjectToken(value: object): boolean {
  if (typeof (value as Partial<Token>).resolve === 'function') return true;
  const names = Object.keys(value);
  return names.length === 1 && isMapTokenName(names[0] as string);
}

/** Whether a name in an object is a whole map in Terraform. */
export function isMapTokenName(name: string): boolean {
  return name.startsWith(MAP);
}

const bits = new DataView(new ArrayBuffer(Float64Array.BYTES_PER_ELEMENT));

function highBits(value: number): number {
  bits.setFloat64(0, value);
  return bits.getUint16(0);
}
