import { ownField, statesOf } from '../../asl/graph';
import { parseResource } from '../../asl/resource';
import { didYouMeanOneOf, quoted } from '../../did-you-mean';
import { findState, VirtualClock } from '../../engine';
import { Account, type AccountOptions } from '../../local-aws/account';
import type { StatesRequest } from '../../local-aws/step-functions/requests';
import type { TestStateResponse } from '../../tested-state';
import { UserError } from '../../user-error';
import { everything } from '../permissions';
import { SeededRandom } from '../seeded';

/** A test that cannot be run. */
export class TestStateError extends UserError {
  override readonly name = 'TestStateError';
}

export interface RunTestOptions {
  /** The seed of random numbers and UUIDs (default: the same on every run). */
  readonly seed?: number | undefined;
  readonly startTime?: Date | undefined;
  readonly connections?: AccountOptions['connections'] | undefined;
}

/**
 * Sends a request of TestState to a fresh account, in which everything is allowed. Time is simulated.
 * @throws TestStateError, AwsError as TestState refuses the request
 */
export async function runTest(
  request: StatesRequest<'TestState'>,
  { seed = 1, startTime, connections }: RunTestOptions = {},
): Promise<TestStateResponse> {
  const mocked = request.mock !== undefined;
  checkTarget(JSON.parse(request.definition), request.stateName, mocked);
  const { number, uuid } = new SeededRandom(seed);
  const account = new Account({
    clock: new VirtualClock(startTime?.getTime()),
    random: number,
    uuid,
    permissions: everything,
    ...(connections && { connections }),
  });
  try {
    const roleArn = `arn:aws:iam::${account.accountId}:role/test-state`;
    return await account.states.testState(mocked ? request : { roleArn, ...request });
  } finally {
    await account.close();
  }
}

/** Refuses what AWS would refuse with fewer words, and calls that have nothing to answer them. */
function checkTarget(definition: object, stateName: string | undefined, mocked: boolean): void {
  const isMachine = ownField(definition, 'States') !== undefined;
  const names = [...statesOf(definition)].map(({ name }) => name);
  if (isMachine && stateName === undefined) {
    throw new TestStateError(
      'The definition is a state machine: the name of the state to test is missing.',
      `Its states: ${names.join(', ')}.`,
    );
  }
  if (isMachine && stateName !== undefined && !names.includes(stateName)) {
    throw new TestStateError(
      `The state machine has no state "${stateName}".`,
      didYouMeanOneOf(stateName, names, quoted),
    );
  }
  const state = findState(definition, stateName)?.state.content;
  if (mocked || ownField(state, 'Type') !== 'Task') return;
  const resource = String(ownField(state, 'Resource'));
  const called = parseResource(resource);
  const isHttp = called.kind === 'integration' && called.service === 'http';
  if (!isHttp) {
    throw new TestStateError(
      `The state calls ${resource}: its test needs a mock, since nothing answers the call here.`,
      'Add a mock with a result or an errorOutput.',
    );
  }
}
