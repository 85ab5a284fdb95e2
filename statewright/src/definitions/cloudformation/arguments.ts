import { IntrinsicError } from './intrinsic-error';

/** The arguments of intrinsic functions. */

/** @throws IntrinsicError for anything but a list that is long enough */
export function list(name: string, what: string, value: unknown, least = 0): readonly unknown[] {
  if (Array.isArray(value) && value.length >= least) return value;
  throw needs(name, what, value);
}

/** @throws IntrinsicError for anything but a text */
export function textOf(name: string, what: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw needs(name, what, value);
}

/** The error for an argument that a function cannot have. @param what the function needs */
export const needs = (name: string, what: string, value: unknown) =>
  new IntrinsicError(`${name} needs ${what}, and has ${JSON.stringify(value) ?? 'nothing'}.`);

/** A value as a function writes it into a text. */
export const text = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
