import { UserError } from '../user-error';

/** What cannot be drawn: a definition that is none, or a PNG without a font. */
export class DiagramError extends UserError {
  override readonly name = 'DiagramError';
}
