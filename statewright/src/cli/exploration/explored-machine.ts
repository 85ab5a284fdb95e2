import { validateStateMachine } from '../../asl/validate';
import type { Exploration } from '../../verify/explore';
import type { ReadMachine } from '../read-machines';

/** A state machine with its exploration. */
export interface ExploredMachine extends Exploration {
  readonly stateMachine: string;
}

/** Why Step Functions refuses a definition; undefined if it does not. */
export function refusalOf({ name, type, definition }: ReadMachine): string | undefined {
  const error = validateStateMachine(definition, type).find(({ severity }) => severity === 'ERROR');
  if (error === undefined) return undefined;
  const place = error.location === undefined ? '' : ` (${error.location})`;
  return `${name} cannot be deployed: ${error.message}${place}`;
}
