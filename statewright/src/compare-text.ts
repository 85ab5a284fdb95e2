/** The order of two texts by their UTF-16 code units, which is the same in every locale; for `sort`. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
