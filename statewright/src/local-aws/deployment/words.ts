import type { Arguments } from '../../terraform/arguments';
import { ArgumentError } from '../../terraform/errors';

/**
 * An argument that is one of the words in the request's schema.
 * @throws ArgumentError
 */
export function wordOf<W extends string>(
  block: Arguments,
  argument: string,
  { values }: { readonly values: readonly W[] },
): W | undefined {
  const text = block.optionalText(argument);
  return text === undefined ? undefined : checkedWord(`${block.place}.${argument}`, text, values);
}

/** A list of such words. */
export const wordsOf = <W extends string>(
  block: Arguments,
  argument: string,
  { values }: { readonly values: readonly W[] },
): W[] =>
  block
    .texts(argument)
    .map((text, index) => checkedWord(`${block.place}.${argument}[${index}]`, text, values));

function checkedWord<W extends string>(place: string, text: string, values: readonly W[]): W {
  const word = values.find((value) => value === text);
  if (word !== undefined) return word;
  throw new ArgumentError(place, `expected ${values.join(', ')}, found ${JSON.stringify(text)}`);
}
