import { inTurns, type Steps } from '../../steps';
import { AwsError } from '../aws-error';
import { definitionCheck, diagnosis } from './check-definition';
import { referencesIn } from './definition-members';
import type { StatesDependencies } from './dependencies';
import type { StatesRequest } from './requests';

/** The operations that read a definition, which can be a megabyte long. */
const WORK = {
  *CreateStateMachine(_: StatesDependencies, { definition, type }: StatesRequest<'CreateStateMachine'>) {
    yield* definitionCheck(definition, type);
  },
  *UpdateStateMachine({ store }: StatesDependencies, request: StatesRequest<'UpdateStateMachine'>) {
    const machine = store.machines.get(request.stateMachineArn);
    if (machine) yield* definitionCheck(request.definition ?? machine.definition, machine.type);
  },
  *ValidateStateMachineDefinition(
    _: StatesDependencies,
    { definition, type }: StatesRequest<'ValidateStateMachineDefinition'>,
  ) {
    yield* diagnosis(definition, type);
  },
  *TestState(_: StatesDependencies, { definition, stateName }: StatesRequest<'TestState'>) {
    yield* definitionCheck(definition, stateName === undefined ? 'STATE' : 'STANDARD');
  },
  *DescribeStateMachine(
    { store }: StatesDependencies,
    { stateMachineArn }: StatesRequest<'DescribeStateMachine'>,
  ) {
    const { machine, version } = store.machineVersion(stateMachineArn);
    yield* referencesIn((version ?? machine).definition);
  },
  *DescribeStateMachineForExecution(
    { store }: StatesDependencies,
    { executionArn }: StatesRequest<'DescribeStateMachineForExecution'>,
  ) {
    yield* referencesIn(store.executions.revision(executionArn).definition);
  },
} as const;

export type DefinitionOperation = keyof typeof WORK;

/**
 * Does in turns of the event loop what an operation would do with its definition at once. The operation, when it follows,
 * finds the results, and throws the errors.
 */
export async function doDefinitionWork<O extends DefinitionOperation>(
  states: StatesDependencies,
  operation: O,
  request: StatesRequest<O>,
): Promise<void> {
  const work = WORK[operation] as (states: StatesDependencies, request: StatesRequest<O>) => Steps<void>;
  try {
    await inTurns(work(states, request), states.context.clock);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}
