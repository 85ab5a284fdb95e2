import { VirtualClock } from '../../src/engine';
import { eventsOf, LAMBDA, machineOf, run } from './run';

const machine = (retry: object[]) =>
  machineOf({ Type: 'Task', Resource: `${LAMBDA}Work`, Retry: retry, End: true });

/** The delays between the attempts, in seconds. */
async function pauses(retry: object[], error = 'Busy', random = () => 0.5): Promise<number[]> {
  const { events } = await run(machine(retry), { tasks: { State: { error } }, random });
  const times = eventsOf(events, 'LambdaFunctionScheduled').map(({ timestamp }) => timestamp / 1000);
  return times.slice(1).map((time, index) => time - (times[index] as number));
}

describe('the delays between the attempts', () => {
  test('three retries by default, after 1 second at first and then twice as long each time', async () => {
    expect(await pauses([{ ErrorEquals: ['States.ALL'] }])).toEqual([1, 2, 4]);
  });

  test('IntervalSeconds, BackoffRate, MaxAttempts', async () => {
    const retry = { ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 1.5, MaxAttempts: 4 };
    expect(await pauses([retry])).toEqual([2, 3, 4.5, 6.75]);
  });

  test('MaxDelaySeconds is the maximum', async () => {
    const retry = { ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxDelaySeconds: 5, MaxAttempts: 4 };
    expect(await pauses([retry])).toEqual([2, 4, 5, 5]);
  });

  test('JitterStrategy FULL takes a random part of each', async () => {
    const retry = { ErrorEquals: ['Busy'], IntervalSeconds: 4, JitterStrategy: 'FULL', MaxAttempts: 2 };
    expect(await pauses([retry], 'Busy', () => 0.25)).toEqual([1, 2]);
  });

  test('MaxAttempts 0 means never retry', async () => {
    expect(await pauses([{ ErrorEquals: ['States.ALL'], MaxAttempts: 0 }])).toEqual([]);
  });
});

describe('which retrier', () => {
  test('the first one that matches the error', async () => {
    const retry = [
      { ErrorEquals: ['Other'], IntervalSeconds: 9 },
      { ErrorEquals: ['Busy'], IntervalSeconds: 3, MaxAttempts: 1 },
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 7 },
    ];
    expect(await pauses(retry)).toEqual([3]);
  });

  test('each counts its own attempts', async () => {
    const { events } = await run(
      machine([
        { ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 1 },
        { ErrorEquals: ['B'], IntervalSeconds: 10, MaxAttempts: 2 },
      ]),
      { tasks: { State: [{ error: 'A' }, { error: 'B' }, { error: 'B' }, { error: 'A' }] } },
    );
    expect(eventsOf(events, 'LambdaFunctionScheduled')).toHaveLength(4);
  });

  test.each([
    ['States.TaskFailed', 'Busy', 1],
    ['States.TaskFailed', 'States.Timeout', 0],
    ['States.Timeout', 'States.Timeout', 1],
    ['States.ALL', 'States.Timeout', 1],
  ])('%s for %s', async (name, error, retries) => {
    expect(await pauses([{ ErrorEquals: [name], MaxAttempts: 1 }], error)).toHaveLength(retries);
  });
});

test('a retry writes no separate event, and the state is entered once', async () => {
  const { lines } = await run(machine([{ ErrorEquals: ['Busy'] }]), {
    tasks: { State: [{ error: 'Busy' }, { output: '1' }] },
  });
  expect(lines).toEqual([
    '1<-0 ExecutionStarted',
    '2<-0 TaskStateEntered State',
    '3<-2 LambdaFunctionScheduled',
    '4<-3 LambdaFunctionStarted',
    '5<-4 LambdaFunctionFailed',
    '6<-5 LambdaFunctionScheduled',
    '7<-6 LambdaFunctionStarted',
    '8<-7 LambdaFunctionSucceeded',
    '9<-8 TaskStateExited State',
    '10<-9 ExecutionSucceeded',
  ]);
});

test('the fields are evaluated again for each attempt', async () => {
  const definition = machineOf({
    Type: 'Task',
    Resource: `${LAMBDA}Work`,
    Parameters: { 'try.$': '$$.State.RetryCount' },
    Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }],
    End: true,
  });
  const { events } = await run(definition, { tasks: { State: { error: 'Busy' } } });
  expect(
    eventsOf(events, 'LambdaFunctionScheduled').map(
      (event) => event.lambdaFunctionScheduledEventDetails.input,
    ),
  ).toEqual(['{"try":0}', '{"try":1}', '{"try":2}']);
});

test('an error of the engine itself (States.Runtime) is neither retried nor caught', async () => {
  const clock = new VirtualClock(0);
  const { lines, outcome } = await run(
    {
      StartAt: 'State',
      States: {
        State: {
          Type: 'Task',
          Resource: `${LAMBDA}Work`,
          Parameters: { 'a.$': '$.missing' },
          Retry: [{ ErrorEquals: ['States.Runtime', 'Other'] }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', End: true },
      },
    },
    { clock },
  );
  expect(lines.slice(2)).toEqual(['3<-2 ExecutionFailed']);
  expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(clock.now()).toBe(0);
});
