import { didYouMeanOneOf, quoted } from '../did-you-mean';
import { isObject } from '../is-object';
import { UserError } from '../user-error';

/** An option that does not exist, or options that are not an object. In JavaScript, they would have no effect. */
export class UnknownOptionError extends UserError {
  override readonly name = 'UnknownOptionError';
}

/** The names of all options of a type, no more and no less. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * The message for the first option that does not exist, or for options that are not an object; undefined when all exist.
 *
 * @param subject what has the options, such as `deployStack`
 */
export function unknownOption(
  subject: string,
  options: unknown,
  names: Readonly<Record<string, true>>,
): string | undefined {
  if (!isObject(options)) return `${subject} takes an object, not ${JSON.stringify(options)}.`;
  const unknown = Object.keys(options).find((option) => !Object.hasOwn(names, option));
  if (unknown === undefined) return undefined;
  return `${subject} has no option "${unknown}". ${didYouMeanOneOf(unknown, Object.keys(names), quoted)}`;
}

/** @throws UnknownOptionError */
export function checkOptions(...args: Parameters<typeof unknownOption>): void {
  const message = unknownOption(...args);
  if (message !== undefined) throw new UnknownOptionError(message);
}
