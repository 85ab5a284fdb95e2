/** Stand-ins for services: jobs (.sync) and task tokens, with the events that AWS writes for them. */
import { deployDefinition, never, returns, runs, takes, throws } from '../../src/testing';
import { task } from './machines';

const call = (resource: string, more: object = {}) => task(`arn:aws:states:::${resource}`, more);

describe('a job', () => {
  const job = call('ecs:runTask.sync', {
    Parameters: { Cluster: 'c', TaskDefinition: 't' },
    TimeoutSeconds: 100,
  });

  test.each([
    ['ends at once', returns({ ok: true }), ['TaskSubmitted 0', 'TaskSucceeded 0']],
    ['takes its time', takes(90_000, returns({ ok: true })), ['TaskSubmitted 0', 'TaskSucceeded 90000']],
    ['fails', takes(90_000, throws('States.TaskFailed', '{}')), ['TaskSubmitted 0', 'TaskFailed 90000']],
    ['never ends', never(), ['TaskSubmitted 0', 'TaskTimedOut 100000']],
    ['is refused', throws('ECS.ClusterNotFoundException'), ['TaskSubmitFailed 0']],
    ['is refused by another name', throws('AmazonECS.Unknown'), ['TaskSubmitFailed 0']],
  ])('%s', async (_, answer, expected) => {
    const workflow = await deployDefinition(job);
    const { events } = await workflow.replace('Call', answer).run();
    const since = events[0]?.timestamp ?? 0;
    expect(
      events.filter(({ type }) => /^Task(?!State)/.test(type)).map((e) => `${e.type} ${e.timestamp - since}`),
    ).toEqual(['TaskScheduled 0', 'TaskStarted 0', ...expected]);
  });
});

test('a service without .sync and task tokens fails its call', async () => {
  const workflow = await deployDefinition(
    call('sqs:sendMessage', { Parameters: { QueueUrl: 'q', MessageBody: 'b' } }),
  );
  const execution = await workflow.replace('Call', throws('SQS.QueueDoesNotExist', 'gone')).run();
  expect(execution).toHaveFailedWith('SQS.QueueDoesNotExist', 'gone');
  expect(execution.events.map(({ type }) => type)).toContain('TaskFailed');
});

describe('with a task token', () => {
  const approval = call('sqs:sendMessage.waitForTaskToken', {
    Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
    HeartbeatSeconds: 60,
    TimeoutSeconds: 3600,
  });

  test('an error is the failure that is sent with it, also when a function got the token', async () => {
    const invoke = call('lambda:invoke.waitForTaskToken', {
      Parameters: { FunctionName: 'render', Payload: { 'token.$': '$$.Task.Token' } },
    });
    const workflow = await deployDefinition(invoke);
    workflow.replace('render', throws('RenderFailed', 'no disk'));
    expect(await workflow.run()).toHaveFailedWith('RenderFailed', 'no disk');
  });

  test('a call waits for its answer as long as heartbeats come', async () => {
    const workflow = await deployDefinition(approval);
    workflow.replace('Call', takes(500_000, returns('yes'), { heartbeat: 30_000 }));
    const approved = await workflow.run();
    expect(approved).toHaveSucceededWith('yes');
    expect(approved.duration).toBe(500_000);

    const lost = await workflow.replace('Call', takes(300_000, never(), { heartbeat: 30_000 })).run();
    expect(lost).toHaveFailedWith('States.Timeout');
    expect(lost.duration).toBe(270_000 + 60_000);

    workflow.replace('Call', takes(500_000, returns('yes'), { heartbeat: 90_000 }));
    expect((await workflow.run()).duration).toBe(60_000);
  });

  test('a service that refuses never sends the token', async () => {
    const workflow = await deployDefinition(approval);
    const execution = await workflow.replace('Call', throws('SQS.QueueDoesNotExist', 'gone')).run();
    expect(execution).toHaveFailedWith('SQS.QueueDoesNotExist', 'gone');
    expect(execution.events.map(({ type }) => type)).not.toContain('TaskSubmitted');
  });

  test('a test can return the token itself', async () => {
    const workflow = await deployDefinition(approval);
    const { states } = workflow.account;
    workflow.replace('Call', ({ MessageBody: { token } }: { MessageBody: { token: string } }) => {
      states.sendTaskFailure({ taskToken: token, error: 'Rejected', cause: 'too expensive' });
    });
    expect(await workflow.run()).toHaveFailedWith('Rejected', 'too expensive');
  });
});

describe('a nested execution', () => {
  const child = {
    StartAt: 'Rest',
    States: {
      Rest: { Type: 'Wait', Seconds: 5, Next: 'Work' },
      Work: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish',
        Parameters: { Message: 'm' },
        End: true,
      },
    },
  };
  const parent = (mode: string, Input: unknown = { 'a.$': '$.a' }) =>
    call(`states:startExecution${mode}`, { Parameters: { StateMachineArn: 'child', Input } });
  const started = {
    ExecutionArn: 'arn:aws:states:us-east-1:000000000000:execution:child:run-1',
    StartDate: Date.UTC(2024, 0, 1),
  };
  const ended = {
    ...started,
    InputDetails: { Included: true },
    Name: 'run-1',
    StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:child',
    StopDate: Date.UTC(2024, 0, 1) + 5000,
  };
  const succeeded = { ...ended, Status: 'SUCCEEDED', OutputDetails: { Included: true } };

  test.each([
    ['', started, 0],
    ['.sync', { ...succeeded, Input: '{"a":1}', Output: '{"n":2}' }, 5000],
    ['.sync:2', { ...succeeded, Input: { a: 1 }, Output: { n: 2 } }, 5000],
  ])('startExecution%s runs the other workflow', async (mode, output, duration) => {
    const other = (await deployDefinition(child, { name: 'child' })).replace('Work', returns({ n: 2 }));
    const workflow = await deployDefinition(parent(mode));
    const execution = await workflow.replace('Call', runs(other)).run({ a: 1 });
    expect(execution).toHaveSucceededWith(output);
    expect(execution.duration).toBe(duration);
    expect(execution.nested).toHaveLength(1);
    expect(execution.nested[0]).toHaveSucceededWith({ n: 2 });
  });

  test('accepts its input as text too', async () => {
    const other = (await deployDefinition(child, { name: 'child' })).replace('Work', returns(2));
    const workflow = await deployDefinition(parent('.sync:2', '{"b":1}'));
    expect(await workflow.replace('Call', runs(other)).run()).toHaveSucceededWith(
      expect.objectContaining({ Input: { b: 1 }, Output: 2 }),
    );
  });

  test('cannot start with a text that is not JSON', async () => {
    const other = await deployDefinition(child, { name: 'child' });
    const workflow = await deployDefinition(parent('.sync', '{b}'));
    await expect(workflow.replace('Call', runs(other)).run()).rejects.toThrow(
      "The Task's Input is not valid JSON: line 1, column 2: expected a field name in double quotes, found 'b'",
    );
  });

  test('that fails, fails the Task with its error', async () => {
    const other = (await deployDefinition(child, { name: 'child' })).replace(
      'Work',
      throws('SNS.NotFound', 'x'),
    );
    const workflow = await deployDefinition(parent('.sync:2'));
    const execution = await workflow.replace('Call', runs(other)).run({ a: 1 });
    expect(execution).toHaveFailedWith('States.TaskFailed');
    expect(JSON.parse(execution.cause ?? '')).toEqual({
      ...ended,
      Status: 'FAILED',
      Input: '{"a":1}',
      Error: 'SNS.NotFound',
      Cause: 'x',
    });
  });

  test('with a call that has no stand-in is an error of the test', async () => {
    const other = await deployDefinition(child, { name: 'child' });
    const workflow = await deployDefinition(parent('.sync:2'));
    await expect(workflow.replace('Call', runs(other)).run({ a: 1 })).rejects.toThrow(
      '"Work" calls arn:aws:states:::sns:publish, which does not exist',
    );
  });
});
