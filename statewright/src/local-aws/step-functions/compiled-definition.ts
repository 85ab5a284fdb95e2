import { type CompiledStateMachine, compileStateMachine, InvalidDefinitionError } from '../../engine';
import { AwsError } from '../aws-error';

const compiled = new Map<string, CompiledStateMachine>();

/**
 * Definitions are compiled once: thousands of executions run the same one.
 * @throws InvalidDefinition for a definition that is valid but cannot be run here
 */
export function compiledStateMachine(definition: string): CompiledStateMachine {
  let machine = compiled.get(definition);
  if (machine === undefined) {
    if (compiled.size >= 100) compiled.clear();
    machine = compile(definition);
    compiled.set(definition, machine);
  }
  return machine;
}

function compile(definition: string): CompiledStateMachine {
  try {
    return compileStateMachine(JSON.parse(definition) as object);
  } catch (error) {
    if (error instanceof InvalidDefinitionError) throw invalidDefinition(error.message);
    throw error;
  }
}

/** Step Functions' error for a definition that it refuses. */
export const invalidDefinition = (reasons: string) =>
  new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${reasons}'`);
