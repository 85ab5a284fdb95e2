import { UserError } from '../user-error';

/** A diagram cannot be drawn: the definition is not valid, or a PNG has no font. */
export class DiagramError extends UserError {
  override readonly name = 'DiagramError';
}
