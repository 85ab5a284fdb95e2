import type { Expression } from './expression';

/** A part of a template as written. */
export type Piece = Expression | Text | Directive;

/** Text as written, in contrast to an expression that is a literal. */
interface Text {
  readonly kind: 'text';
  readonly value: string;
}

/** `%{ if of }`, `%{ for key, value in of }`, `%{ else }`, … */
export interface Directive {
  readonly kind: 'directive';
  readonly word: string;
  readonly of?: Expression;
  readonly key?: string;
  readonly value?: string;
}

/** Removes from each line the white space that all lines begin with; lines of white space only do not count. */
export function withoutIndentation(pieces: readonly Piece[]): Piece[] {
  const isStart = (index: number) => {
    const before = pieces[index - 1];
    return !before || (before.kind === 'text' && before.value.endsWith('\n'));
  };
  const isBlank = (piece: Piece) => piece.kind === 'text' && /^\s*\n$/.test(piece.value);
  const indentOf = (piece: Piece) => (piece.kind === 'text' ? piece.value.search(/\S|$/) : 0);
  const counted = (piece: Piece, index: number) => isStart(index) && !isBlank(piece);
  const indent = Math.min(...pieces.filter(counted).map(indentOf));
  return pieces.map((piece, index) =>
    piece.kind === 'text' && counted(piece, index) ? { ...piece, value: piece.value.slice(indent) } : piece,
  );
}
