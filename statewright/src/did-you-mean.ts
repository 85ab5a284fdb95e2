import { closest, distance } from 'fastest-levenshtein';

/**
 * The candidate that `word` probably means: the same word in another case, else the one with the fewest different
 * letters. Undefined when more than two fifths of the letters differ, or all of them; two swapped letters are always
 * close enough.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const words = [...candidates];
  if (words.length === 0) return undefined;
  const same = words.find((each) => each.toLowerCase() === word.toLowerCase());
  if (same !== undefined) return same;
  const best = closest(word, words);
  const changes = distance(word, best);
  const few = changes < word.length && changes <= Math.max(1, word.length * 0.4);
  return few || (changes === 2 && sortedLetters(word) === sortedLetters(best)) ? best : undefined;
}

/** The candidate that differs from a word in one or two letters; undefined when the word is a candidate itself. */
export function almost(word: string, candidates: readonly string[]): string | undefined {
  return candidates.includes(word) ? undefined : candidates.find((each) => distance(word, each) <= 2);
}

const sortedLetters = (word: string) => [...word].sort().join('');

/** How a candidate is written in a sentence. */
type Write = (candidate: string) => string;

/** In double quotes, for names that may have spaces. */
export const quoted: Write = (candidate) => `"${candidate}"`;

const plain: Write = (candidate) => candidate;

/** `Did you mean HandleError?`; undefined when no candidate is close. */
export function didYouMean(
  word: string,
  candidates: Iterable<string>,
  write: Write = plain,
): string | undefined {
  const meant = nearest(word, candidates);
  return meant === undefined ? undefined : `Did you mean ${write(meant)}?`;
}

/** The most candidates that a message lists. */
const MOST_LISTED = 20;

/**
 * The same; when no candidate is close, it lists all: `Choose one of: start, local.` Of many, it lists those that
 * differ least.
 */
export function didYouMeanOneOf(word: string, candidates: Iterable<string>, write: Write = plain): string {
  const all = [...new Set(candidates)];
  const [first, ...more] = all;
  if (first === undefined) return 'There are none.';
  const meant = didYouMean(word, all, write);
  if (meant !== undefined) return meant;
  if (more.length === 0) return `The only one is ${write(first)}.`;
  if (all.length <= MOST_LISTED) return `Choose one of: ${all.map(write).join(', ')}.`;
  const byDistance = new Map(all.map((candidate) => [candidate, distance(word, candidate)]));
  const near = all.toSorted((a, b) => (byDistance.get(a) ?? 0) - (byDistance.get(b) ?? 0));
  return `There are ${all.length}, such as ${near.slice(0, 5).map(write).join(', ')}.`;
}
