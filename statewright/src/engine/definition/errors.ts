/** A definition that cannot be run. Validation reports the same earlier, with more detail. */
export class InvalidDefinitionError extends Error {
  override readonly name = 'InvalidDefinitionError';

  constructor(
    /** Such as `/States/Order/Next`. */
    readonly location: string,
    problem: string,
  ) {
    super(`The state machine cannot be run: ${problem} at ${location || '/'}`);
  }
}
