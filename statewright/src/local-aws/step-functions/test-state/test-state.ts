import { ownField } from '../../../asl/graph';
import {
  findState,
  type StateTest,
  StateTestError,
  testState as testOneState,
  VirtualClock,
} from '../../../engine';
import { type JsonObject, parseJson } from '../../../engine/data';
import type { HttpExchange } from '../../../integrations/http-exchange';
import type { TestStateResponse } from '../../../tested-state';
import { AwsError } from '../../aws-error';
import type { StatesDependencies } from '../dependencies';
import { objectsOf } from '../objects';
import type { StatesRequest } from '../requests';
import { taskInvoker } from '../task-invoker';
import { checkTest, type TestRequest } from './check-test';
import { shownExchange } from './shown-exchange';

/**
 * Runs one state without an execution.
 * @param stateMachineArn for the console: the state machine that assumes the role (default: one that does not exist). A Wait
 * of it takes no time, and ends as it would, with States.Timeout after five minutes
 */
export async function testState(
  states: StatesDependencies,
  request: StatesRequest<'TestState'>,
  stateMachineArn?: string,
): Promise<TestStateResponse> {
  checkTest(request);
  let exchange: HttpExchange | undefined;
  const onHttpExchange = (seen: HttpExchange) => {
    exchange = seen;
  };
  const tested = await run(states, request, { onHttpExchange, stateMachineArn });
  const { inspectionData, ...result } = tested;
  const { inspectionLevel = 'INFO', revealSecrets = false } = request;
  if (inspectionLevel === 'INFO') return result;
  const trace = inspectionLevel === 'TRACE' && exchange && shownExchange(exchange, revealSecrets);
  return { ...result, inspectionData: { ...inspectionData, ...trace } };
}

async function run(
  states: StatesDependencies,
  request: TestRequest,
  {
    onHttpExchange,
    stateMachineArn,
  }: {
    readonly onHttpExchange: (exchange: HttpExchange) => void;
    readonly stateMachineArn: string | undefined;
  },
): Promise<TestStateResponse> {
  const { clock, random, uuid, region, accountId } = states.store.context;
  const [machine, execution] = [uuid(), uuid()];
  const arn = (kind: string) => `arn:aws:states:${region}:${accountId}:${kind}`;
  const names = {
    stateMachineArn: arn(`stateMachine:${machine}`),
    executionArn: arn(`express:${machine}:${execution}`),
    roleArn: request.roleArn,
  };
  const caller = {
    ...names,
    roleArn: request.roleArn ?? '',
    ...(stateMachineArn !== undefined && { stateMachineArn }),
  };
  try {
    return await testOneState(
      { ...testOf(request), names },
      {
        clock: stateMachineArn !== undefined && isWait(request) ? new VirtualClock(clock.now()) : clock,
        random,
        uuid,
        invokeTask: taskInvoker({ ...states, onHttpExchange }, caller),
        objects: objectsOf(states, caller),
      },
    );
  } catch (error) {
    if (error instanceof StateTestError) throw new AwsError('ValidationException', error.message);
    throw error;
  }
}

function isWait({ definition, stateName }: TestRequest): boolean {
  return ownField(findState(JSON.parse(definition), stateName)?.state.content, 'Type') === 'Wait';
}

function testOf(request: TestRequest): Omit<StateTest, 'names'> {
  const { definition, stateName, input = '{}', variables, context, mock, stateConfiguration } = request;
  const object = (text: string | undefined) =>
    text === undefined ? undefined : (parseJson(text) as JsonObject);
  return {
    definition: JSON.parse(definition) as object,
    stateName,
    input,
    variables: object(variables),
    context: object(context),
    mock: mock && mockOf(mock),
    ...stateConfiguration,
  };
}

function mockOf({ result, errorOutput }: NonNullable<TestRequest['mock']>): StateTest['mock'] {
  if (errorOutput) return { failure: errorOutput };
  return result === undefined ? undefined : { output: result };
}
