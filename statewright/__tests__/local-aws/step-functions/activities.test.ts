import { SystemClock } from '../../../src/engine';
import { awsErrorOf } from '../context';
import { calling, machineArn, statesHarness } from './harness';

const activityArn = 'arn:aws:states:us-east-1:123456789012:activity:paint';
const unknownArn = activityArn.replace('paint', 'other');
const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/k';

const harness = () => {
  const made = statesHarness();
  return { ...made, created: made.states.createActivity({ name: 'paint' }) };
};

describe('an activity', () => {
  test('is created, described, listed and deleted', () => {
    const { states, created } = harness();
    expect(created).toEqual({ activityArn, creationDate: expect.any(Date) });
    expect(states.describeActivity({ activityArn })).toEqual({
      ...created,
      name: 'paint',
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
    states.createActivity({ name: 'dry' });
    const page = states.listActivities({ maxResults: 1 });
    expect(page).toEqual({ activities: [{ ...created, name: 'paint' }], nextToken: expect.any(String) });
    expect(
      states.listActivities({ nextToken: page.nextToken as string }).activities.map(({ name }) => name),
    ).toEqual(['dry']);
    states.deleteActivity({ activityArn });
    expect(states.deleteActivity({ activityArn })).toEqual({});
    expect(() => states.describeActivity({ activityArn })).toThrow(
      `Activity Does Not Exist: '${activityArn}'`,
    );
  });

  test('that exists is returned again, but not with another encryption', async () => {
    const { states, created } = harness();
    expect(states.createActivity({ name: 'paint', tags: [{ key: 'a' }] })).toEqual(created);
    const encryptionConfiguration = { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: keyArn } as const;
    expect(await awsErrorOf(() => states.createActivity({ name: 'paint', encryptionConfiguration }))).toBe(
      `ActivityAlreadyExists: Activity Already Exists: '${activityArn}'`,
    );
    const { activityArn: other } = states.createActivity({ name: 'other', encryptionConfiguration });
    expect(states.describeActivity({ activityArn: other })).toMatchObject({ encryptionConfiguration });
  });

  test('has tags', () => {
    const { states } = statesHarness();
    const { activityArn: resourceArn } = states.createActivity({
      name: 'paint',
      tags: [{ key: 'team', value: 'a' }],
    });
    states.tagResource({ resourceArn, tags: [{ key: 'cost', value: '1' }] });
    states.untagResource({ resourceArn, tagKeys: ['team'] });
    expect(states.listTagsForResource({ resourceArn }).tags).toEqual([{ key: 'cost', value: '1' }]);
  });

  test.each([
    ['CreateActivity', { name: 'a b' }, "InvalidName: Invalid Name: 'a b'"],
    ['DescribeActivity', { activityArn: 'paint' }, "InvalidArn: Invalid Arn: 'Invalid ARN prefix: paint'"],
    [
      'DeleteActivity',
      { activityArn: machineArn },
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: stateMachine'",
    ],
    [
      'GetActivityTask',
      { activityArn: unknownArn },
      `ActivityDoesNotExist: Activity Does Not Exist: '${unknownArn}'`,
    ],
  ] as const)('%s of %j is refused', async (operation, request, error) => {
    const { states } = harness();
    const method = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}` as 'describeActivity';
    expect(await awsErrorOf(() => states[method](request as never))).toBe(error);
  });
});

describe('a Task of an activity', () => {
  /** Starts an execution with a Task of the activity. */
  const starting = (more: object = {}, clock?: SystemClock) => {
    const made = statesHarness(undefined, clock && { clock });
    made.states.createActivity({ name: 'paint' });
    made.create(calling(activityArn, more));
    const start = (input: unknown) =>
      made.states.startExecution({ stateMachineArn: machineArn, input: JSON.stringify(input) }).executionArn;
    return { ...made, start };
  };

  test('is taken by a worker, who reports its result', async () => {
    const { states, start } = starting();
    const executionArn = start({ wall: 1 });
    const task = await states.getActivityTask({ activityArn, workerName: 'Ann' });
    expect(task).toEqual({ taskToken: expect.any(String), input: '{"wall":1}' });
    states.sendTaskHeartbeat({ taskToken: task.taskToken as string });
    states.sendTaskSuccess({ taskToken: task.taskToken as string, output: '"red"' });
    expect(await states.executionEnded(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"red"' });
    const { events } = states.getExecutionHistory({ executionArn });
    expect(events.slice(2, 5)).toMatchObject([
      {
        type: 'ActivityScheduled',
        activityScheduledEventDetails: { resource: activityArn, input: '{"wall":1}' },
      },
      { type: 'ActivityStarted', activityStartedEventDetails: { workerName: 'Ann' } },
      { type: 'ActivitySucceeded', activitySucceededEventDetails: { output: '"red"' } },
    ]);
  });

  test('fails with the error that the worker sends', async () => {
    const { states, start } = starting();
    const executionArn = start({});
    const { taskToken = '' } = await states.getActivityTask({ activityArn });
    states.sendTaskFailure({ taskToken, error: 'NoPaint', cause: 'empty' });
    expect(await states.executionEnded(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'NoPaint',
      cause: 'empty',
    });
  });

  test('goes to the worker that has waited longest, the first task first', async () => {
    const { states, start } = starting({}, new SystemClock());
    const workers = [states.getActivityTask({ activityArn }), states.getActivityTask({ activityArn })];
    for (const n of [1, 2, 3]) start({ n });
    const tasks = [...(await Promise.all(workers)), await states.getActivityTask({ activityArn })];
    expect(tasks.map(({ input }) => input)).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
    await states.close();
  });

  test('times out after its start only', async () => {
    const { states, start } = starting({ TimeoutSeconds: 5 });
    const executionArn = start({});
    const { taskToken = '' } = await states.getActivityTask({ activityArn });
    expect(await states.executionEnded(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
    });
    expect(await awsErrorOf(() => states.sendTaskHeartbeat({ taskToken }))).toMatch(/^TaskTimedOut: /);
  });

  test('is no longer offered when its execution has stopped', async () => {
    const { states, start } = starting();
    const executionArn = start({});
    await states.stopExecution({ executionArn });
    expect(await states.getActivityTask({ activityArn })).toEqual({});
  });

  test('of an activity that does not exist ends the execution', async () => {
    const { run, states } = statesHarness();
    const { executionArn, ...ended } = await run(calling(unknownArn));
    const cause = `The activity ${unknownArn} does not exist.`;
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause });
    expect(states.getExecutionHistory({ executionArn }).events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'ExecutionFailed',
    ]);
  });

  test('can be answered by a stand-in', async () => {
    const { run } = statesHarness(undefined, {}, [
      { resource: unknownArn, invoke: () => ({ output: '"blue"' }) },
    ]);
    expect(await run(calling(unknownArn))).toMatchObject({ output: '"blue"' });
  });
});

describe('a worker that waits', () => {
  test('gets an empty answer after 60 seconds', async () => {
    const { states, context } = harness();
    const before = context.clock.now();
    expect(await states.getActivityTask({ activityArn })).toEqual({});
    expect(context.clock.now() - before).toBe(60_000);
  });

  test('gets one when it hangs up, and the task stays for the next worker', async () => {
    const { states, create } = statesHarness(undefined, { clock: new SystemClock() });
    states.createActivity({ name: 'paint' });
    create(calling(activityArn));
    const hangUp = new AbortController();
    const hungUp = states.getActivityTask({ activityArn }, () => hangUp.signal);
    hangUp.abort();
    expect(await hungUp).toEqual({});
    states.startExecution({ stateMachineArn: machineArn, input: '{"n":1}' });
    expect(await states.getActivityTask({ activityArn })).toMatchObject({ input: '{"n":1}' });
    await states.close();
  });

  test('gets one when the account closes, also afterwards', async () => {
    const { states } = statesHarness(undefined, { clock: new SystemClock() });
    states.createActivity({ name: 'paint' });
    const waiting = Array.from({ length: 20 }, () => states.getActivityTask({ activityArn }));
    await states.close();
    expect(await Promise.all(waiting)).toEqual(Array(20).fill({}));
    expect(await states.getActivityTask({ activityArn })).toEqual({});
  });
});
