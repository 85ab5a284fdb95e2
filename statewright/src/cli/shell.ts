/** A word for a POSIX shell, in single quotes if needed. */
export const quote = (word: string): string =>
  /^[\w./:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
