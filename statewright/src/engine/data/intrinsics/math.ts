/** The intrinsic functions on numbers (Developer Guide, "Intrinsics for math operations"). */
import { seededRandom } from '../java';
import { type IntrinsicFunction, InvalidArguments, numberArgument, truncatedArgument } from './arguments';

const MAX_INTEGER = 2 ** 31 - 1;
const MIN_INTEGER = -(2 ** 31);

/** Adds two numbers, each rounded first: halves go up, as by Java's Math.round. */
export const mathAdd: IntrinsicFunction = (values) => {
  const [left = 0, right = 0] = values.map((value) => integer(Math.round(numberArgument(value))));
  return integer(left + right);
};

function integer(value: number): number {
  if (value > MAX_INTEGER || value < MIN_INTEGER) throw new InvalidArguments();
  return value + 0;
}

/** A number from `start` (inclusive) to `end` (exclusive); the same seed returns the same number. */
export const mathRandom: IntrinsicFunction = (values, sources) => {
  const [start = 0, end = 0, seed] = values.map(truncatedArgument);
  if (start >= end) throw new InvalidArguments();
  const random = seed === undefined ? sources.random() : seededRandom(seed);
  return start + Math.floor(random * (end - start));
};
