/** Task tokens of the child executions of a distributed Map: they are returned as those of any other execution. */
import type { TaskResult } from '../../../src/engine';
import { awsErrorOf } from '../context';
import { machineArn, statesHarness } from './harness';

const TIMED_OUT = "TaskTimedOut: Task Timed Out: 'Provided task does not exist anymore'";
const SENT: TaskResult = { output: '{}' };

const asking = (more: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' },
  ...more,
});

/** Starts a Map over two items whose Task waits for its token, and a Task after it that waits too. */
async function startedMap(task: object = {}, map: object = {}, answer = SENT) {
  const tokens: string[] = [];
  const { states, create, context } = statesHarness(undefined, {}, [
    {
      resource: '*',
      invoke: ({ taskToken = '', stateName }) => {
        if (stateName === 'Hold') return SENT;
        tokens.push(taskToken);
        return answer;
      },
    },
  ]);
  const processor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Invite',
    States: { Invite: asking({ End: true, ...task }) },
  };
  create(
    JSON.stringify({
      StartAt: 'Each',
      States: {
        Each: { Type: 'Map', ItemProcessor: processor, Next: 'Hold', ...map },
        Hold: asking({ End: true }),
      },
    }),
  );
  const { executionArn } = states.startExecution({ stateMachineArn: machineArn, input: '[1, 2]' });
  await new Promise((resolve) => setImmediate(resolve));
  const [first = '', second = ''] = tokens;
  const ended = () =>
    states
      .getExecutionHistory({ executionArn, reverseOrder: true })
      .events.find(({ type }) => type === 'MapStateExited' || type === 'ExecutionFailed');
  return { states, executionArn, first, second, clock: context.clock, ended };
}

/** What the Map returned. */
async function resultOf({ ended }: Awaited<ReturnType<typeof startedMap>>): Promise<unknown> {
  for (;;) {
    const event = ended();
    if (event && 'stateExitedEventDetails' in event)
      return JSON.parse(event.stateExitedEventDetails?.output ?? '');
    if (event && 'executionFailedEventDetails' in event) return event.executionFailedEventDetails?.error;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('SendTaskSuccess continues the child', async () => {
  const started = await startedMap();
  const { states, first, second } = started;
  states.sendTaskSuccess({ taskToken: second, output: '"two"' });
  states.sendTaskSuccess({ taskToken: first, output: '"one"' });
  expect(await resultOf(started)).toEqual(['one', 'two']);
  expect(await awsErrorOf(() => states.sendTaskSuccess({ taskToken: first, output: '1' }))).toBe(TIMED_OUT);
});

test('SendTaskFailure fails the child', async () => {
  const started = await startedMap({}, { ToleratedFailureCount: 1 });
  const { states, first, second } = started;
  states.sendTaskFailure({ taskToken: first, error: 'Ill', cause: 'in bed' });
  states.sendTaskSuccess({ taskToken: second, output: '2' });
  expect(await resultOf(started)).toEqual([expect.objectContaining({ Error: 'Ill', Cause: 'in bed' }), 2]);
});

test('too many failures end the other children, and their tokens', async () => {
  const started = await startedMap();
  const { states, first, second } = started;
  states.sendTaskFailure({ taskToken: first, error: 'Ill' });
  expect(await resultOf(started)).toBe('States.ExceedToleratedFailureThreshold');
  expect(await awsErrorOf(() => states.sendTaskHeartbeat({ taskToken: second }))).toBe(TIMED_OUT);
});

test('SendTaskHeartbeat restarts the heartbeat timeout of the child', async () => {
  const { context, create, states } = statesHarness(undefined, {}, [
    {
      resource: '*',
      invoke: ({ taskToken = '', retryCount, input }) => {
        if (retryCount > 0 || !input.includes('alive')) return SENT;
        context.clock.setTimer(8000, () => states.sendTaskHeartbeat({ taskToken }));
        context.clock.setTimer(15_000, () => states.sendTaskSuccess({ taskToken, output: '"late"' }));
        return SENT;
      },
    },
  ]);
  const invite = asking({ End: true, HeartbeatSeconds: 10 });
  const parameters = { ...invite.Parameters, 'MessageGroupId.$': '$' };
  const processor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Invite',
    States: { Invite: { ...invite, Parameters: parameters } },
  };
  create(
    JSON.stringify({
      StartAt: 'Each',
      States: { Each: { Type: 'Map', ItemProcessor: processor, ToleratedFailureCount: 1, End: true } },
    }),
  );
  const { executionArn } = states.startExecution({
    stateMachineArn: machineArn,
    input: '["alive", "silent"]',
  });
  const { output = '' } = await states.executionEnded(executionArn);
  expect(JSON.parse(output)).toEqual(['late', expect.objectContaining({ Error: 'States.Timeout' })]);
});

test('StopExecution ends the children, and their tokens', async () => {
  const { states, executionArn, first } = await startedMap();
  await states.stopExecution({ executionArn });
  expect(states.describeExecution({ executionArn }).status).toBe('ABORTED');
  expect(await awsErrorOf(() => states.sendTaskSuccess({ taskToken: first, output: '1' }))).toBe(TIMED_OUT);
});

test.each<[string, object, TaskResult]>([
  ['fails', {}, { error: 'Refused' }],
  ['could not be started', {}, { error: 'Refused', stage: 'start' }],
  ['takes longer than the timeout', { TimeoutSeconds: 5 }, { ...SENT, takes: Number.POSITIVE_INFINITY }],
])('the token of a call that %s is not accepted', async (_what, task, answer) => {
  const started = await startedMap(task, { ToleratedFailureCount: 2 }, answer);
  const { states, first } = started;
  expect(await resultOf(started)).toHaveLength(2);
  expect(await awsErrorOf(() => states.sendTaskSuccess({ taskToken: first, output: '1' }))).toBe(TIMED_OUT);
});
