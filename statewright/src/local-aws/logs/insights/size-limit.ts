/** A query has found more than is kept in memory. The message says what to do. */
export class SizeLimitError extends Error {}

/** About how many characters of rows a `sort` or `stats` keeps, and a result has. */
const MOST_KEPT = 100_000_000;
const MOST_IN_RESULT = 20_000_000;

/** @throws SizeLimitError */
export function checkKept(command: 'sort' | 'stats', characters: number): void {
  if (characters > MOST_KEPT) {
    throw new SizeLimitError(
      `${command} has more rows than fit into memory. Filter them, or shorten the time range.`,
    );
  }
}

/** @throws SizeLimitError */
export function checkResult(characters: number): void {
  if (characters > MOST_IN_RESULT) {
    throw new SizeLimitError('The result has more than 20 MB. Add a limit, or name fewer fields.');
  }
}
