import { didYouMeanOneOf, quoted } from '../did-you-mean';
import { UserError } from '../user-error';

/** An option that does not exist. In JavaScript, a misspelled one would have no effect. */
export class UnknownOptionError extends UserError {
  override readonly name = 'UnknownOptionError';
}

/** The names of all options of a type, no more and no less. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * The message for the first option that does not exist; undefined when all do.
 *
 * @param subject what has the options, such as `deployStack`
 */
export function unknownOption(
  subject: string,
  options: object,
  names: Readonly<Record<string, true>>,
): string | undefined {
  const unknown = Object.keys(options).find((option) => !Object.hasOwn(names, option));
  if (unknown === undefined) return undefined;
  return `${subject} has no option "${unknown}". ${didYouMeanOneOf(unknown, Object.keys(names), quoted)}`;
}

/** @throws UnknownOptionError */
export function checkOptions(...args: Parameters<typeof unknownOption>): void {
  const message = unknownOption(...args);
  if (message !== undefined) throw new UnknownOptionError(message);
}
