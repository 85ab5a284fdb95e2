import { decimal } from '../decimal';
import { ExpressionError } from '../errors';
import { toList, toNumber, toText, type Value } from '../value';
import { type Functions, ofNumbers } from './function';

const all = (values: readonly Value[], place: string) => values.map((value) => toNumber(value, place));

/** Terraform documentation, "Numeric Functions". */
export const numberFunctions: Functions = {
  abs: ofNumbers((number = 0) => Math.abs(number)),
  ceil: ofNumbers((number = 0) => Math.ceil(number) + 0),
  floor: ofNumbers((number = 0) => Math.floor(number) + 0),
  log: ofNumbers((number = 0, base = 0) => Math.log(number) / Math.log(base)),
  max: (values, place) => Math.max(...some('max', all(values, place), place)),
  min: (values, place) => Math.min(...some('min', all(values, place), place)),
  parseint: ([text = null, base = null], place) => {
    const [digits, radix] = [toText(text, place), toNumber(base, place)];
    const number = Number.parseInt(digits, radix);
    const isWhole = [...digits.replace(/^-/, '')].every(
      (digit) => !Number.isNaN(Number.parseInt(digit, radix)),
    );
    if (digits !== '' && isWhole && Number.isFinite(number)) return number;
    throw new ExpressionError(
      place,
      `parseint() found ${JSON.stringify(digits)}, not an integer of base ${radix}`,
    );
  },
  pow: ofNumbers((base = 0, exponent = 0) => base ** exponent),
  signum: ofNumbers((number = 0) => Math.sign(number)),
  sum: ([list = null], place) =>
    decimal(some('sum', all(toList(list, place), place), place).reduce((total, number) => total + number, 0)),
};

function some(name: string, numbers: readonly number[], place: string): readonly number[] {
  if (numbers.length > 0) return numbers;
  throw new ExpressionError(place, `${name}() needs at least one number`);
}
