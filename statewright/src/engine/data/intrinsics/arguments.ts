import { isArray, isNumber, isObject, type Json, type JsonArray, type JsonObject } from '../json';
import type { Sources } from '../scope';

/** One of the functions; the number of its arguments has been checked. @throws InvalidArguments */
export type IntrinsicFunction = (values: readonly Json[], sources: Sources) => Json;

/** The arguments of a function are invalid. */
export class InvalidArguments extends Error {
  override readonly name = 'InvalidArguments';

  readonly #subject: 'arguments' | 'template';
  readonly #detail: string | undefined;

  constructor(subject: 'arguments' | 'template' = 'arguments', detail?: string) {
    super(detail);
    this.#subject = subject;
    this.#detail = detail;
  }

  /** AWS's text for the function named. */
  reasonFor(name: string): string {
    return `Invalid ${this.#subject} in ${name}${this.#detail === undefined ? '' : `: ${this.#detail}`}`;
  }
}

/** The maximum length of the input of Base64Encode, Base64Decode and Hash, in characters. */
const MAX_TEXT_LENGTH = 10_000;

export function arrayArgument(value: Json | undefined): JsonArray {
  if (!isArray(value)) throw new InvalidArguments();
  return value;
}

export function objectArgument(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new InvalidArguments();
  return value;
}

export function stringArgument(value: Json | undefined): string {
  if (typeof value !== 'string') throw new InvalidArguments();
  return value;
}

/** A string of at most 10,000 characters, counted as Unicode code points. */
export function boundedText(text: string): string {
  if (text.length > MAX_TEXT_LENGTH && [...text].length > MAX_TEXT_LENGTH) throw new InvalidArguments();
  return text;
}

/** A number, truncated towards zero. */
export function truncatedArgument(value: Json | undefined): number {
  return Math.trunc(numberArgument(value)) + 0;
}

export function numberArgument(value: Json | undefined): number {
  if (!isNumber(value)) throw new InvalidArguments();
  return Number(value);
}
