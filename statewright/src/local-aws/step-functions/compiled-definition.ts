import { type CompiledStateMachine, InvalidDefinitionError, openStateMachine } from '../../engine';
import type { Steps } from '../../steps';
import { AwsError } from '../aws-error';
import { Remembered } from '../remembered';

const opened = new Remembered<CompiledStateMachine>(100);
/** The definitions all of whose states are compiled. */
const compiled = new Remembered<true>(100);

/** The state machine of a definition that was accepted. Thousands of executions run the same one. */
export function compiledStateMachine(definition: string): CompiledStateMachine {
  return opened.get(definition) ?? opened.set(definition, openStateMachine(JSON.parse(definition)).machine);
}

/**
 * Compiles all states of a definition.
 * @throws InvalidDefinition for a definition that is valid but cannot be run here
 */
export function* compilation(definition: string): Steps<void> {
  if (compiled.get(definition)) return;
  try {
    const { machine, compileAll } = openStateMachine(JSON.parse(definition));
    yield* compileAll();
    opened.set(definition, machine);
    compiled.set(definition, true);
  } catch (error) {
    if (error instanceof InvalidDefinitionError) throw invalidDefinition(error.message);
    throw error;
  }
}

/** Step Functions' error for a definition that it refuses. */
export const invalidDefinition = (reasons: string) =>
  new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${reasons}'`);
