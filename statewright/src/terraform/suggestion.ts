import { nearest } from '../asl';

/** `Did you mean …?`, or all there is to choose from. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near ? `Did you mean ${near}?` : `There is ${known.join(', ') || 'none'}.`;
}
