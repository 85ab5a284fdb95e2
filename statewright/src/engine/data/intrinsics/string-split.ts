import { type IntrinsicFunction, stringArgument } from './arguments';

/** States.StringSplit: splits at each of the delimiter's characters, and leaves out empty parts. */
export const stringSplit: IntrinsicFunction = ([text, delimiter]) => {
  const delimiters = new Set(stringArgument(delimiter));
  const pieces: string[] = [];
  let piece = '';
  for (const character of stringArgument(text)) {
    if (!delimiters.has(character)) {
      piece += character;
    } else if (piece !== '') {
      pieces.push(piece);
      piece = '';
    }
  }
  return piece === '' ? pieces : [...pieces, piece];
};
