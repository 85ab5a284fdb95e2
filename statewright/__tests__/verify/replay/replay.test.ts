import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryEvent } from '../../../src/engine';
import {
  type Difference,
  deployDefinition,
  functionArn,
  never,
  type Replacement,
  readHistories,
  replay,
  returns,
  type TestExecution,
  takes,
  throws,
} from '../../../src/testing';
import { describeDifference } from '../../../src/verify/replay/describe';

const task = (name: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: functionArn(name),
  ...more,
});

const order = (charge: object = {}, others: object = {}) => ({
  StartAt: 'Charge',
  States: {
    Charge: task('charge', { Next: 'Ship', ...charge }),
    Ship: task('ship'),
    ...others,
  },
});

async function recorded(
  definition: object,
  standIns: Readonly<Record<string, Replacement>>,
  input: unknown = { id: 7 },
): Promise<TestExecution> {
  const workflow = await deployDefinition(definition);
  for (const [name, answer] of Object.entries(standIns)) workflow.replace(name, answer);
  return workflow.run(input);
}

const answers = { charge: returns({ paid: true }), ship: returns({ shipped: true }) };

const brief = (differences: readonly Difference[]) => differences.map(describeDifference);

test('another Catch: the path, the outcome and the new state', async () => {
  const history = await recorded(order(), { ...answers, charge: throws('Declined', 'no money') });
  const changed = order(
    { Catch: [{ ErrorEquals: ['Declined'], Next: 'Refuse' }] },
    { Refuse: { Type: 'Pass', End: true } },
  );
  const { differences, now } = await replay(history, { definition: changed });
  expect(brief(differences)).toEqual([
    'ended FAILED (Declined), ends SUCCEEDED now',
    'event 6: ExecutionFailed, now TaskStateExited Charge',
    'Refuse is new',
  ]);
  expect(now).toMatchObject({ status: 'SUCCEEDED' });
});

test('a renamed state keeps its recorded results', async () => {
  const history = await recorded(order(), answers);
  const definition = {
    StartAt: 'Charge',
    States: { Charge: task('charge', { Next: 'Send' }), Send: task('ship') },
  };
  const { differences, now } = await replay(history, { definition });
  expect(brief(differences)).toEqual(['Ship is named Send now']);
  expect(now).toEqual({ status: 'SUCCEEDED', output: '{"shipped":true}' });
});

test('a renamed branch keeps its recorded results', async () => {
  const parallel = (left: string) => ({
    StartAt: 'Both',
    States: {
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: left, States: { [left]: task('charge') } },
          { StartAt: 'Right', States: { Right: task('ship') } },
        ],
        End: true,
      },
    },
  });
  const history = await recorded(parallel('Left'), answers);
  const { differences } = await replay(history, { definition: parallel('New') });
  expect(brief(differences)).toEqual(['Left is named New now']);
});

test('a new parameter is shown as a difference of the call', async () => {
  const invoke = (parameters: object) => ({
    StartAt: 'Send',
    States: {
      Send: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage',
        Parameters: { QueueUrl: 'q', MessageBody: 'm', ...parameters },
        End: true,
      },
    },
  });
  const history = await recorded(invoke({}), { Send: returns({ MessageId: '1' }) });
  const { differences } = await replay(history, { definition: invoke({ DelaySeconds: 5 }) });
  expect(brief(differences)).toEqual(['Send gets other parameters: parameters.DelaySeconds is new: 5']);
});

test('a call without an answer ends the comparison, unless a stand-in answers it', async () => {
  const history = await recorded(order(), answers);
  const definition = order({ Next: 'Check' }, { Check: task('check', { Next: 'Ship' }) });
  const ended = await replay(history, { definition });
  expect(ended.now).toBeUndefined();
  expect(brief(ended.differences)).toEqual([
    'Check has no answer, the comparison ends there: the recording has no call of this state here',
    'event 7: TaskStateEntered Ship, now TaskStateEntered Check',
    'Check is new',
  ]);
  const answered = await replay(history, { definition, standIns: { check: returns({ ok: true }) } });
  expect(answered.now).toEqual({ status: 'SUCCEEDED', output: '{"shipped":true}' });
});

test('a stand-in for a task token returns it after its time', async () => {
  const history = await recorded(order(), answers);
  const definition = order(
    { Next: 'Approve' },
    {
      Approve: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { 'MessageBody.$': '$$.Task.Token' },
        HeartbeatSeconds: 60,
        Next: 'Ship',
      },
    },
  );
  const standIns = { Approve: takes(300_000, returns('yes'), { heartbeat: 30_000 }) };
  const { now, events } = await replay(history, { definition, standIns });
  expect(now).toMatchObject({ status: 'SUCCEEDED' });
  expect((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0)).toBe(300_000);
});

test('more attempts than were recorded have no answer', async () => {
  const history = await recorded(order(), { ...answers, charge: throws('Busy') });
  const definition = order({ Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }] });
  const { differences } = await replay(history, { definition });
  expect(brief(differences)).toEqual([
    'Charge has no answer, the comparison ends there: the recording has one attempt of it here, not 2',
    'event 6 of Charge: ExecutionFailed, now LambdaFunctionScheduled',
  ]);
});

test('a shorter timeout ends a call that took longer', async () => {
  const history = await recorded(order(), { ...answers, charge: takes(4_000, returns({})) });
  const { now } = await replay(history, { definition: order({ TimeoutSeconds: 3 }) });
  expect(now).toEqual({ status: 'FAILED', error: 'States.Timeout' });
});

test('nothing says how a call that timed out would end with a longer timeout', async () => {
  const history = await recorded(order({ TimeoutSeconds: 3 }), { ...answers, charge: never() });
  expect((await replay(history, { definition: order({ TimeoutSeconds: 3 }) })).isSame).toBe(true);
  const { differences } = await replay(history, { definition: order({ TimeoutSeconds: 9 }) });
  expect(brief(differences)[0]).toMatch(
    /^Charge has no answer.*: its timeout is later than in the recording/,
  );
});

test('another kind of call has no answer: its result has another shape', async () => {
  const history = await recorded(order(), answers);
  const definition = order({
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'charge' },
  });
  const { differences } = await replay(history, { definition });
  expect(brief(differences)[0]).toMatch(
    /: it calls lambda:invoke, where the recording calls a Lambda function by its ARN$/,
  );
});

test('a state that was visited once keeps its result when it moves into a Parallel', async () => {
  const history = await recorded(order(), answers);
  const definition = {
    StartAt: 'Both',
    States: {
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Charge', States: { Charge: task('charge') } },
          { StartAt: 'Ship', States: { Ship: task('ship') } },
        ],
        End: true,
      },
    },
  };
  const { now } = await replay(history, { definition });
  expect(now).toEqual({ status: 'SUCCEEDED', output: '[{"paid":true},{"shipped":true}]' });
});

test('other data of a state, with the same path', async () => {
  const history = await recorded(order(), answers);
  const { differences } = await replay(history, { definition: order({ ResultPath: '$.charge' }) });
  expect(brief(differences)).toEqual([
    'event 6, TaskStateExited Charge: output.paid is missing, was true; output.id is new: 7; output.charge is new: {"paid":true}',
    'Ship gets other parameters: input.paid is missing, was true; input.id is new: 7; input.charge is new: {"paid":true}',
  ]);
});

test('an execution that was stopped is stopped again, at the same time', async () => {
  const events = (await recorded(order(), { ...answers, charge: takes(60_000, returns({})) })).events;
  const [started, entered, scheduled, begun] = events;
  const stopped = {
    timestamp: (started?.timestamp ?? 0) + 5_000,
    type: 'ExecutionAborted',
    id: 5,
    previousEventId: 0,
    executionAbortedEventDetails: { error: 'Operator' },
  };
  const history = [started, entered, scheduled, begun, stopped] as typeof events;
  expect(await replay(history, { definition: order() })).toMatchObject({
    isSame: true,
    now: { status: 'ABORTED', error: 'Operator' },
  });
  const running = await replay(history.slice(0, 4), { definition: order() });
  expect(brief(running.differences)).toEqual([
    expect.stringMatching(/: the execution was still running when it was recorded$/),
  ]);
});

test.each([
  [
    'a result that AWS truncated',
    { output: '{"pa', outputDetails: { truncated: true } },
    /output of event 5 .* truncated/,
  ],
  [
    'a result that the log left out',
    { outputDetails: { truncated: false } },
    /output of event 5 .* is missing/,
  ],
  ['a result that was edited by hand', { output: '{"pa' }, /output of event 5 .* is not valid JSON/],
])('%s is named, and nothing is guessed', async (_, details, problem) => {
  const { events } = await recorded(order(), answers);
  const history = events.map((event) =>
    event.id === 5 ? { ...event, lambdaFunctionSucceededEventDetails: details } : event,
  ) as typeof events;
  const { differences, events: replayed } = await replay(history, { definition: order() });
  expect(brief(differences)).toEqual([expect.stringMatching(problem)]);
  expect(replayed).toEqual([]);
});

test('an input that was edited by hand is named', async () => {
  const { events } = await recorded(order(), answers);
  const history = events.map((event) =>
    event.id === 1 ? { ...event, executionStartedEventDetails: { input: '{"id": …}', roleArn: '' } } : event,
  ) as typeof events;
  const { differences } = await replay(history, { definition: order() });
  expect(brief(differences)).toEqual([expect.stringMatching(/input of event 1 .* is not valid JSON/)]);
});

test('the times of a history can be Dates, as the AWS SDK returns them', async () => {
  const { events } = await recorded(order(), answers);
  const history = events.map(({ timestamp, ...event }) => ({ timestamp: new Date(timestamp), ...event }));
  expect(brief((await replay(history as never, { definition: order() })).differences)).toEqual([]);
});

test('a redriven execution is named', async () => {
  const { events } = await recorded(order(), answers);
  const redriven = events.map((event) =>
    event.id === 9 ? { ...event, type: 'ExecutionRedriven' } : event,
  ) as typeof events;
  expect(brief((await replay(redriven, { definition: order() })).differences)).toEqual([
    expect.stringMatching(/: The execution was redriven/),
  ]);
});

test('an execution log of an EXPRESS state machine is a history', async () => {
  const { events } = await recorded(order(), answers);
  const executionArn = 'arn:aws:states:eu-west-1:123456789012:express:order:one:two';
  const lines = events.map(({ timestamp, type, id, previousEventId, ...details }) =>
    JSON.stringify({
      id: String(id),
      type,
      details: Object.values(details)[0] ?? {},
      redrive_count: '0',
      previous_event_id: String(previousEventId),
      event_timestamp: String(timestamp),
      execution_arn: executionArn,
    }),
  );
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  const files = {
    'filtered.json': JSON.stringify({ events: lines.map((message) => ({ message })) }),
    'tail.log': lines
      .map((line) => `2024-01-01T00:00:00.000Z ${line}`)
      .reverse()
      .join('\n'),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  for (const history of readHistories(folder)) {
    expect(history.executionArn).toBe(executionArn);
    expect(await replay(history, { definition: order() })).toMatchObject({ isSame: true });
  }
});

test('the timeout of an activity begins when a worker takes its task', async () => {
  const definition = {
    StartAt: 'Approve',
    States: {
      Approve: {
        Type: 'Task',
        Resource: 'arn:aws:states:us-east-1:000000000000:activity:approve',
        TimeoutSeconds: 60,
        End: true,
      },
    },
  };
  const { events } = await recorded(definition, { approve: takes(50_000, returns('yes')) });
  // The worker came after two minutes.
  const late = events.map((event, at) =>
    at < 3 ? event : { ...event, timestamp: event.timestamp + 120_000 },
  );
  const { differences, now } = await replay(late, { definition });
  expect(brief(differences)).toEqual([]);
  expect(now).toEqual({ status: 'SUCCEEDED', output: '"yes"' });
});

test('a worker takes the task of an activity when it did, and sends the heartbeats that it must have sent', async () => {
  const activity = 'arn:aws:states:us-east-1:000000000000:activity:approve';
  const definition = {
    StartAt: 'Approve',
    States: { Approve: { Type: 'Task', Resource: activity, HeartbeatSeconds: 10, End: true } },
  };
  const whole = { truncated: false };
  const input = '{}';
  const output = '"approved"';
  const event = (id: number, seconds: number, type: string, details: object) => ({
    id,
    previousEventId: id - 1,
    timestamp: seconds * 1000,
    type,
    ...details,
  });
  const events = [
    event(1, 0, 'ExecutionStarted', {
      executionStartedEventDetails: { input, inputDetails: whole, roleArn: 'r' },
    }),
    event(2, 0, 'TaskStateEntered', {
      stateEnteredEventDetails: { name: 'Approve', input, inputDetails: whole },
    }),
    event(3, 0, 'ActivityScheduled', {
      activityScheduledEventDetails: {
        resource: activity,
        input,
        inputDetails: whole,
        heartbeatInSeconds: 10,
      },
    }),
    event(4, 60, 'ActivityStarted', { activityStartedEventDetails: { workerName: 'jane' } }),
    event(5, 95, 'ActivitySucceeded', { activitySucceededEventDetails: { output, outputDetails: whole } }),
    event(6, 95, 'TaskStateExited', {
      stateExitedEventDetails: { name: 'Approve', output, outputDetails: whole },
    }),
    event(7, 95, 'ExecutionSucceeded', { executionSucceededEventDetails: { output, outputDetails: whole } }),
  ] as unknown as HistoryEvent[];
  const { differences, events: replayed } = await replay(events, { definition });
  expect(differences).toEqual([]);
  expect(replayed.map(({ type, timestamp }) => [type, Math.round(timestamp / 1000)])).toEqual(
    events.map(({ type, timestamp }) => [type, timestamp / 1000]),
  );
  expect(replayed[3]).toMatchObject({ activityStartedEventDetails: { workerName: 'jane' } });
});
