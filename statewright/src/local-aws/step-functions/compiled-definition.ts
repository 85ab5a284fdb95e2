import { type CompiledStateMachine, InvalidDefinitionError, openStateMachine } from '../../engine';
import type { Steps } from '../../steps';
import { AwsError } from '../aws-error';
import { Remembered } from '../remembered';

const opened = new Remembered<CompiledStateMachine>(100);

/** What the compilation of all states of a definition has found. */
export interface Compilation {
  /** Why the definition cannot be run, although it is valid (default: it can be run). */
  readonly refusal?: string;
}

const compiled = new Remembered<Compilation>(100);

/** The state machine of a definition that was accepted. Thousands of executions run the same one. */
export function compiledStateMachine(definition: string): CompiledStateMachine {
  return opened.get(definition) ?? opened.set(definition, openStateMachine(JSON.parse(definition)).machine);
}

/** Compiles all states of a definition. The last results are remembered. */
export function* compilation(definition: string): Steps<Compilation> {
  const known = compiled.get(definition);
  if (known) return known;
  try {
    const { machine, compileAll } = openStateMachine(JSON.parse(definition));
    yield* compileAll();
    opened.set(definition, machine);
    return rememberCompilation({}, definition);
  } catch (error) {
    if (!(error instanceof InvalidDefinitionError)) throw error;
    return rememberCompilation({ refusal: error.message }, definition);
  }
}

/** Opens a definition that was compiled elsewhere, so that the turn in which an execution starts does not have to. */
export function* openAhead(definition: string): Steps<void> {
  const known = compiled.get(definition);
  if (known === undefined || known.refusal !== undefined) return;
  const { startAt } = compiledStateMachine(definition);
  yield;
  startAt();
}

/** Remembers a result that was found elsewhere. */
export const rememberCompilation = (result: Compilation, definition: string): Compilation =>
  compiled.set(definition, result);

/** Step Functions' error for a definition that it refuses. */
export const invalidDefinition = (reasons: string) =>
  new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${reasons}'`);
