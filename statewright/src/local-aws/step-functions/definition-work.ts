import { join } from 'node:path';
import { inTurns } from '../../steps';
import { WorkThread } from '../../work-thread';
import { AwsError } from '../aws-error';
import { invalidDefinition, openAhead } from './compiled-definition';
import { type DEFINITION_WORK, READERS, type Reading } from './definition-readers';
import type { StatesDependencies } from './dependencies';
import type { StatesRequest } from './requests';

/** The operations that read a definition, and what each of them reads. */
const READINGS = {
  CreateStateMachine: (_: StatesDependencies, request: StatesRequest<'CreateStateMachine'>) => ({
    reader: 'check',
    definition: request.definition,
    kind: request.type,
  }),
  UpdateStateMachine({ store }: StatesDependencies, request: StatesRequest<'UpdateStateMachine'>) {
    const machine = store.machines.get(request.stateMachineArn);
    const definition = request.definition ?? machine?.definition;
    return definition === undefined ? undefined : { reader: 'check', definition, kind: machine?.type };
  },
  ValidateStateMachineDefinition: (
    _: StatesDependencies,
    { definition, type }: StatesRequest<'ValidateStateMachineDefinition'>,
  ) => ({ reader: 'diagnostics', definition, kind: type }),
  TestState: (_: StatesDependencies, { definition, stateName }: StatesRequest<'TestState'>) => ({
    reader: 'check',
    definition,
    kind: stateName === undefined ? 'STATE' : 'STANDARD',
  }),
  DescribeStateMachine(
    { store }: StatesDependencies,
    { stateMachineArn }: StatesRequest<'DescribeStateMachine'>,
  ) {
    const { machine, version } = store.machineVersion(stateMachineArn);
    return { reader: 'references', definition: (version ?? machine).definition };
  },
  DescribeStateMachineForExecution: (
    { store }: StatesDependencies,
    { executionArn }: StatesRequest<'DescribeStateMachineForExecution'>,
  ) => ({ reader: 'references', definition: store.executions.revision(executionArn).definition }),
} as const satisfies {
  readonly [O in string]: (states: StatesDependencies, request: never) => Reading | undefined;
};

export type DefinitionOperation = keyof typeof READINGS;

/**
 * A longer definition, in characters, is read in a thread of its own: a single state, or a single expression, can be all of
 * it, and has no turns.
 */
const LONG = 32_768;
/** How long that may take, in milliseconds. A megabyte of expressions takes some seconds. */
const LIMIT = 60_000;

const thread = new WorkThread<typeof DEFINITION_WORK>(join(__dirname, 'definition-worker'));

/**
 * Reads in turns of the event loop, or in another thread, what an operation would read in its definition at once. The
 * operation, when it follows, finds the results, and throws the errors.
 * @throws InvalidDefinition for a definition that takes too long to read
 */
export async function doDefinitionWork<O extends DefinitionOperation>(
  states: StatesDependencies,
  operation: O,
  request: StatesRequest<O>,
): Promise<void> {
  const reading = readingOf(states, operation, request);
  if (reading === undefined) return;
  const { reader, definition, kind } = reading;
  const { read, remember } = READERS[reader];
  if (definition.length <= LONG) {
    await inTurns<unknown>(read(definition, kind), states.context.clock);
    return;
  }
  const result = await thread.do('read', [reading], LIMIT);
  if (result === undefined) throw invalidDefinition('The definition takes too long to check');
  remember(result as never, definition, kind);
  await inTurns(openAhead(definition), states.context.clock);
}

/** Undefined where the operation has to refuse the request. */
function readingOf<O extends DefinitionOperation>(
  states: StatesDependencies,
  operation: O,
  request: StatesRequest<O>,
): Reading | undefined {
  const reading = READINGS[operation] as (
    states: StatesDependencies,
    request: StatesRequest<O>,
  ) => Reading | undefined;
  try {
    return reading(states, request);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
