/** A word for a POSIX shell: as it is, or in single quotes. */
export const quote = (word: string): string =>
  /^[\w./:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
