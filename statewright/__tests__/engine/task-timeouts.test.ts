import { VirtualClock } from '../../src/engine';
import { eventsOf, LAMBDA, machineOf, run, start } from './run';

const NEVER = { output: 'null', takes: Number.POSITIVE_INFINITY };

const task = (more: object) => machineOf({ Type: 'Task', Resource: `${LAMBDA}Slow`, End: true, ...more });
const callback = (more: object = {}) =>
  machineOf({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Parameters: { FunctionName: 'f', Payload: { 'token.$': '$$.Task.Token' } },
    End: true,
    ...more,
  });

describe('TimeoutSeconds', () => {
  test('ends a task that takes longer, at that time', async () => {
    const { lines, events, outcome } = await run(task({ TimeoutSeconds: 5 }), { tasks: { State: NEVER } });
    expect(lines.slice(3)).toEqual([
      '4<-3 LambdaFunctionStarted',
      '5<-4 LambdaFunctionTimedOut',
      '6<-5 ExecutionFailed',
    ]);
    expect(outcome).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    const [started, timedOut] = events.slice(3);
    expect((timedOut?.timestamp ?? 0) - (started?.timestamp ?? 0)).toBe(5000);
  });

  test('does not affect a task that ends in time, and leaves no timer', async () => {
    const clock = new VirtualClock(0);
    const { output } = await run(task({ TimeoutSeconds: 5 }), {
      clock,
      tasks: { State: { output: '1', takes: 4000 } },
    });
    expect(output).toBe(1);
    expect(clock.now()).toBe(4000);
  });

  test('is a path in TimeoutSecondsPath, and a number in the event', async () => {
    const { events } = await run(task({ TimeoutSecondsPath: '$.limit' }), {
      input: { limit: 7 },
      tasks: { State: NEVER },
    });
    expect(
      eventsOf(events, 'LambdaFunctionScheduled')[0]?.lambdaFunctionScheduledEventDetails.timeoutInSeconds,
    ).toBe(7);
  });

  test('that is not a positive integer fails the execution', async () => {
    const { outcome } = await run(task({ TimeoutSecondsPath: '$.limit' }), { input: { limit: -1 } });
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('aborts the signal of the call', async () => {
    let signal: AbortSignal | undefined;
    await run(task({ TimeoutSeconds: 5 }), {
      tasks: {
        State: (call) => {
          signal = call.signal;
          return NEVER;
        },
      },
    });
    expect(signal?.aborted).toBe(true);
  });

  test('can be caught, with an empty cause', async () => {
    const { output } = await run(
      {
        StartAt: 'State',
        States: {
          State: {
            Type: 'Task',
            Resource: `${LAMBDA}Slow`,
            TimeoutSeconds: 1,
            Catch: [
              { ErrorEquals: ['States.TaskFailed'], Next: 'Wrong' },
              { ErrorEquals: ['States.Timeout'], Next: 'Caught' },
            ],
            End: true,
          },
          Caught: { Type: 'Pass', End: true },
          Wrong: { Type: 'Fail' },
        },
      },
      { tasks: { State: NEVER } },
    );
    expect(output).toEqual({ Error: 'States.Timeout', Cause: '' });
  });
});

describe('a task token', () => {
  test('ends the task that waits for it, with a result', async () => {
    const execution = start(callback(), {
      tasks: {
        State: (call) => {
          const { token } = JSON.parse(call.input).Payload;
          expect(token).toBe(call.taskToken);
          setImmediate(() => expect(execution.completeTask(token, { output: '"signed"' })).toBe(true));
          return { output: '{"StatusCode":200}' };
        },
      },
    });
    expect(await execution.outcome).toEqual({ status: 'SUCCEEDED', output: '"signed"' });
    expect(execution.events.map(({ type }) => type).slice(2, 7)).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
    ]);
  });

  test('may be returned before the call ends', async () => {
    const execution = start(callback(), {
      tasks: {
        State: (call) => {
          execution.completeTask(call.taskToken as string, { error: 'Refused', cause: 'no' });
          return { output: '{}' };
        },
      },
    });
    expect(await execution.outcome).toEqual({ status: 'FAILED', error: 'Refused', cause: 'no' });
  });

  test('can be returned once', async () => {
    const execution = start(callback(), { tasks: { State: { output: '{}' } } });
    await new Promise(setImmediate);
    const token = '00000000-0000-4000-8000-000000000001';
    expect(execution.completeTask('another', { output: '1' })).toBe(false);
    expect(execution.completeTask(token, { output: '1' })).toBe(true);
    expect(execution.completeTask(token, { output: '2' })).toBe(false);
    expect(execution.heartbeat(token)).toBe(false);
    expect(await execution.outcome).toMatchObject({ output: '1' });
  });

  test('that is not returned in time ends the task', async () => {
    const { types, outcome } = await run(callback({ TimeoutSeconds: 60 }), {
      tasks: { State: { output: '{}' } },
    });
    expect(types.slice(4)).toEqual(['TaskSubmitted', 'TaskTimedOut', 'ExecutionFailed']);
    expect(outcome).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  });

  test('keeps its task alive by heartbeats', async () => {
    const clock = new VirtualClock(0);
    const execution = start(callback({ HeartbeatSeconds: 10 }), {
      clock,
      tasks: {
        State: (call) => {
          clock.setTimer(8000, () => execution.heartbeat(call.taskToken as string));
          return { output: '{}' };
        },
      },
    });
    expect(await execution.outcome).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(clock.now()).toBe(18_000);
  });

  test.each(['States.HeartbeatTimeout', 'States.Timeout'])(
    'a missed heartbeat is caught as %s',
    async (error) => {
      const { types } = await run(
        {
          StartAt: 'State',
          States: {
            State: {
              Type: 'Task',
              Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
              HeartbeatSeconds: 1,
              Catch: [{ ErrorEquals: [error], Next: 'Late' }],
              End: true,
            },
            Late: { Type: 'Succeed' },
          },
        },
        { tasks: { State: { output: '{}' } } },
      );
      expect(types.at(-1)).toBe('ExecutionSucceeded');
    },
  );
});
