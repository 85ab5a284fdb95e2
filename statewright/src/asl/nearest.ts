import { closest, distance } from 'fastest-levenshtein';

/**
 * The candidate that `word` was probably meant to be, for a "Did you mean": the one with the fewest letters to change.
 * More than two fifths of the letters are too many, and so are all of them; two letters that changed places never are.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const words = [...candidates];
  if (words.length === 0) return undefined;
  const best = closest(word, words);
  const changes = distance(word, best);
  const few = changes < word.length && changes <= Math.max(1, word.length * 0.4);
  return few || (changes === 2 && sortedLetters(word) === sortedLetters(best)) ? best : undefined;
}

const sortedLetters = (word: string) => [...word].sort().join('');
