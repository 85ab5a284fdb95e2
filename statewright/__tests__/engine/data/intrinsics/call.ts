import { compileLookup, stringifyJson } from '../../../../src/engine/data';
import { scopeOf } from '../scope';

/** The result of a function for an input, both as JSON text. */
export function call(expression: string, input = '{}'): string {
  return stringifyJson(compileLookup(expression)(scopeOf(input)) ?? null);
}

/** The reason why a function rejects its arguments. */
export function refusal(expression: string, input = '{}'): string {
  try {
    return `no refusal, but ${call(expression, input)}`;
  } catch (error) {
    const { message } = error as Error;
    return message.replace(`The function '${expression}' had the following error: `, '');
  }
}
