import { UserError } from '../../user-error';

/** An intrinsic function that CloudFormation would refuse. */
export class IntrinsicError extends UserError {
  override readonly name = 'IntrinsicError';

  /** @param path where it is, from the value that is evaluated; each level around it adds its key */
  constructor(
    message: string,
    readonly path: (string | number)[] = [],
  ) {
    super(message);
  }
}

/** Runs what evaluates the value of a key, and adds the key to the path of an error. */
export function atKey<T>(key: string | number, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof IntrinsicError) error.path.unshift(key);
    throw error;
  }
}
