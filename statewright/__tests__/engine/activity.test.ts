import { type TaskCall, type TaskInvoker, VirtualClock } from '../../src/engine';
import { eventsOf, machineOf, run, start } from './run';

const resource = 'arn:aws:states:us-east-1:123456789012:activity:paint';
const activity = (more: object = {}) => machineOf({ Type: 'Task', Resource: resource, End: true, ...more });

/** Schedules the task, and lets a worker act on it. */
const scheduled =
  (work: (task: TaskCall) => void): TaskInvoker =>
  (task) => {
    work(task);
    return { scheduled: true };
  };

describe('an invoker that answers acts as the worker', () => {
  test('the events have both timeouts', async () => {
    const { events, lines, output } = await run(activity({ TimeoutSeconds: 60, HeartbeatSeconds: 5 }), {
      input: { wall: 1 },
      tasks: { State: { output: '"red"' } },
    });
    expect(lines.slice(2)).toEqual([
      '3<-2 ActivityScheduled',
      '4<-3 ActivityStarted',
      '5<-4 ActivitySucceeded',
      '6<-5 TaskStateExited State',
      '7<-6 ExecutionSucceeded',
    ]);
    expect(eventsOf(events, 'ActivityScheduled')[0]?.activityScheduledEventDetails).toEqual({
      resource,
      input: '{"wall":1}',
      inputDetails: { truncated: false },
      timeoutInSeconds: 60,
      heartbeatInSeconds: 5,
    });
    expect(output).toBe('red');
  });

  test.each([
    [{ error: 'NoPaint', cause: 'empty' }, 'ActivityFailed', { error: 'NoPaint', cause: 'empty' }],
    [{ error: 'NoWorker', stage: 'start' as const }, 'ActivityScheduleFailed', { error: 'NoWorker' }],
    [{ output: '1', takes: 61_000 }, 'ActivityTimedOut', { error: 'States.Timeout' }],
  ])('%j is %s', async (answer, type, details) => {
    const { events } = await run(activity({ TimeoutSeconds: 60 }), { tasks: { State: answer } });
    const member = `${type[0]?.toLowerCase()}${type.slice(1)}EventDetails`;
    expect(events.at(-2)).toMatchObject({ type, [member]: details });
  });
});

test('an activity that does not exist ends the execution, whatever is caught', async () => {
  const definition = activity({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'State' }] });
  const { lines, outcome } = await run(definition, { hasActivity: () => false });
  expect(lines.slice(1)).toEqual(['2<-0 TaskStateEntered State', '3<-2 ExecutionFailed']);
  const cause = `The activity ${resource} does not exist.`;
  expect(outcome).toEqual({ status: 'FAILED', error: 'States.Runtime', cause });
});

describe('a scheduled task', () => {
  test('starts when a worker takes it, and ends when its token is returned', async () => {
    const clock = new VirtualClock(0);
    const execution = start(activity({ TimeoutSeconds: 60 }), {
      clock,
      tasks: {
        State: scheduled((task) => {
          // Longer than TimeoutSeconds, which begins only with the worker.
          clock.setTimer(100_000, () => task.started('Ann'));
          clock.setTimer(150_000, () =>
            execution.completeTask(task.taskToken as string, { output: '"red"' }),
          );
        }),
      },
    });
    expect(await execution.outcome).toEqual({ status: 'SUCCEEDED', output: '"red"' });
    expect(execution.events.slice(2, 5).map(({ type, timestamp }) => [type, timestamp])).toEqual([
      ['ActivityScheduled', 0],
      ['ActivityStarted', 100_000],
      ['ActivitySucceeded', 150_000],
    ]);
    expect(eventsOf(execution.events, 'ActivityStarted')[0]?.activityStartedEventDetails).toEqual({
      workerName: 'Ann',
    });
  });

  test('that a waiting worker takes at once has both events, too', async () => {
    const { types } = await run(activity({ TimeoutSeconds: 60 }), {
      tasks: { State: scheduled((task) => task.started()) },
    });
    expect(types.slice(2)).toEqual([
      'ActivityScheduled',
      'ActivityStarted',
      'ActivityTimedOut',
      'ExecutionFailed',
    ]);
  });

  test('times out without a heartbeat, counted from its start', async () => {
    const clock = new VirtualClock(0);
    const execution = start(
      activity({
        HeartbeatSeconds: 10,
        Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'State' }],
      }),
      {
        clock,
        tasks: {
          State: scheduled((task) => {
            if (clock.now() > 0) return;
            clock.setTimer(20_000, () => task.started());
            clock.setTimer(28_000, () => execution.heartbeat(task.taskToken as string));
          }),
        },
      },
    );
    const timedOut = () => execution.events.find(({ type }) => type === 'ActivityTimedOut');
    await new Promise<void>((resolve) => clock.setTimer(50_000, resolve));
    expect(timedOut()?.timestamp).toBe(38_000);
    execution.stop();
  });

  test('is withdrawn when the execution stops, and its token has no effect', async () => {
    let task: TaskCall | undefined;
    const execution = start(activity(), {
      tasks: {
        State: scheduled((made) => {
          task = made;
        }),
      },
    });
    await new Promise(setImmediate);
    execution.stop();
    expect(task?.signal.aborted).toBe(true);
    expect(execution.completeTask(task?.taskToken as string, { output: '1' })).toBe(false);
  });

  test('gives its token to no field: the context object has none', async () => {
    const { outcome } = await run(activity({ ResultSelector: { 'token.$': '$$.Task.Token' } }), {
      tasks: { State: { output: '{}' } },
    });
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});
