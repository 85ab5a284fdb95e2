import { ExpressionError } from '../errors';
import { isList, toNumber, toText, Unknown, type Value } from '../value';

/** What functions need in addition to their arguments. */
export interface FunctionContext {
  /** The folder that paths start from: that of the stack. */
  readonly folder: string;
  /** The bytes of a file, by its path from that folder; undefined when it does not exist. */
  readonly readFile: (path: string) => Uint8Array | undefined;
  readonly now: () => Date;
  readonly uuid: () => string;
}

/** One of Terraform's functions. @throws ExpressionError that begins with the place */
export type TerraformFunction = (values: readonly Value[], place: string, context: FunctionContext) => Value;

export type Functions = Readonly<Record<string, TerraformFunction>>;

/** A function of one text. */
export const ofText =
  (compute: (text: string) => Value): TerraformFunction =>
  ([value = null], place) =>
    compute(toText(value, place));

/** A function of texts only. */
export const ofTexts =
  (compute: (...texts: string[]) => Value): TerraformFunction =>
  (values, place) =>
    compute(...values.map((value) => toText(value, place)));

/** A function of numbers only. */
export const ofNumbers =
  (compute: (...numbers: number[]) => Value): TerraformFunction =>
  (values, place) =>
    compute(...values.map((value) => toNumber(value, place)));

/** Calls a library, whose errors become the function's. */
export function orFail<T>(place: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ExpressionError) throw error;
    throw new ExpressionError(place, error instanceof Error ? error.message : String(error));
  }
}

/** Equal for equal values, as the elements of a set. */
export const identity = (value: Value): string => JSON.stringify(value);

/** A list in which all elements have one type: bools, numbers and texts together become texts. */
export function ofOneType(items: readonly Value[], place: string): readonly Value[] {
  const types = new Set(items.filter((item) => item !== null).map((item) => typeof item));
  const primitive = items.every(
    (item) => typeof item !== 'object' || item === null || item instanceof Unknown,
  );
  if (types.size < 2 || !primitive) return items;
  return items.map((item) => (item === null || item instanceof Unknown ? item : toText(item, place)));
}

/** The items; those of a value that is not known here, if its name is that of a list. */
export function listIn(value: Value, place: string): readonly Value[] | undefined {
  const plain = value instanceof Unknown ? value.plain(place) : value;
  return isList(plain) ? plain : undefined;
}
