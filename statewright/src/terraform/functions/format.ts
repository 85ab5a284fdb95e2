import { ExpressionError } from '../errors';
import { isList, isMap, numberText, plainValue, toBoolean, toNumber, toText, type Value } from '../value';
import { jsonEncode } from './json';

const VERB =
  /%(?:%|(?<flags>[-+ 0#]*)(?<width>\d+)?(?:\.(?<precision>\d*))?(?:\[(?<index>\d+)\])?(?<verb>.)?)/gsu;

/** The width and the precision that the numbers of JavaScript and the memory allow. */
const MOST_WIDTH = 1_000_000;
const MOST_DIGITS = 100;

/** Terraform documentation, "format Function", which follows Go's fmt.Sprintf. */
export function format(template: string, values: readonly Value[], place: string): string {
  let next = 0;
  return template.replace(VERB, (whole, ...rest) => {
    if (whole === '%%') return '%';
    const {
      flags = '',
      width,
      precision,
      index,
      verb = '',
    } = rest.at(-1) as Record<string, string | undefined>;
    if (index !== undefined) next = Number(index) - 1;
    const value = values[next++];
    if (value === undefined) throw new ExpressionError(place, `format() has no value for ${whole}`);
    const digits = precision === undefined ? undefined : Number(precision);
    const write = verbs[verb];
    const isTooLong = Number(width ?? 0) > MOST_WIDTH || (digits ?? 0) > MOST_DIGITS;
    if (!write || isTooLong) throw new ExpressionError(place, `format() does not support ${whole} here`);
    const text = write(value, { flags, digits, place });
    return pad(text, flags, Number(width ?? 0), /[sqvt]/.test(verb));
  });
}

interface Options {
  readonly flags: string;
  readonly digits: number | undefined;
  readonly place: string;
}

const verbs: Readonly<Record<string, (value: Value, options: Options) => string>> = {
  v: (value, { flags, place }) => {
    if (flags.includes('#') || isList(value) || isMap(value)) return jsonEncode(plainValue(value, place));
    return value === null ? 'null' : toText(value, place);
  },
  t: (value, { place }) => String(toBoolean(value, place)),
  s: (value, { digits, place }) => [...toText(value, place)].slice(0, digits).join(''),
  q: (value, { place }) => JSON.stringify(toText(value, place)),
  d: (value, options) => integer(value, 10, options),
  b: (value, options) => integer(value, 2, options),
  o: (value, options) => integer(value, 8, options),
  x: (value, options) => integer(value, 16, options),
  X: (value, options) => integer(value, 16, options).toUpperCase(),
  e: (value, options) => exponential(value, options),
  E: (value, options) => exponential(value, options).toUpperCase(),
  f: (value, { flags, digits = 6, place }) => signed(toNumber(value, place), flags, (n) => n.toFixed(digits)),
  F: (value, { flags, digits = 6, place }) => signed(toNumber(value, place), flags, (n) => n.toFixed(digits)),
  g: (value, options) => shortest(value, options),
  G: (value, options) => shortest(value, options).toUpperCase(),
};

const signed = (number: number, flags: string, write: (positive: number) => string): string => {
  const sign = number < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  return sign + write(Math.abs(number));
};

function integer(value: Value, base: number, { flags, place }: Options): string {
  const number = toNumber(value, place);
  if (!Number.isInteger(number)) throw new ExpressionError(place, `expected an integer, found ${number}`);
  return signed(number, flags, (positive) => BigInt(positive).toString(base));
}

/** Go writes at least two digits of the exponent. */
const goExponent = (text: string) => text.replace(/e([+-])(\d)$/, 'e$10$2');

const exponential = (value: Value, { flags, digits = 6, place }: Options) =>
  signed(toNumber(value, place), flags, (number) => goExponent(number.toExponential(digits)));

function shortest(value: Value, { flags, digits, place }: Options): string {
  return signed(toNumber(value, place), flags, (number) => {
    const exponent = number === 0 ? 0 : Math.floor(Math.log10(number));
    if (exponent < -4 || exponent >= (digits ?? 6)) {
      return goExponent(number.toExponential(digits && digits - 1)).replace(/\.?0+e/, 'e');
    }
    return digits === undefined ? numberText(number) : String(Number(number.toPrecision(digits)));
  });
}

function pad(text: string, flags: string, width: number, isText: boolean): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0') || isText) return (flags.includes('0') ? '0' : ' ').repeat(missing) + text;
  const [, sign = '', digits = ''] = /^([-+ ]?)(.*)$/s.exec(text) ?? [];
  return sign + '0'.repeat(missing) + digits;
}
