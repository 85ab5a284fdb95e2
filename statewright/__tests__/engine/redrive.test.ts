import { type HistoryEvent, VirtualClock } from '../../src/engine';
import { executionPath } from '../../src/history/execution-path';
import { eventLine } from '../seed-cases';
import { eventsOf, LAMBDA, machineOf, type RunOptions, run, start } from './run';

const FAILED = { error: 'Broken', cause: 'no answer' };
const task = (more: object = { End: true }) => ({ Type: 'Task', Resource: `${LAMBDA}Work`, ...more });
const scope = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
const answer = (value: unknown) => ({ output: JSON.stringify(value) });

/** Runs an execution to its end, redrives it with other answers, and returns the redrive with its own events. */
async function redriven(definition: object, first: RunOptions, second: RunOptions) {
  const { events } = await run(definition, first);
  const again = await run(definition, { ...first, ...second, redrives: events });
  return { again, own: again.lines.slice(events.length) };
}

describe('a redrive continues', () => {
  const sequence = {
    StartAt: 'Before',
    States: {
      Before: { Type: 'Pass', Assign: { started: { 'at.$': '$$.State.EnteredTime' } }, Next: 'Work' },
      Work: task({
        Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1, IntervalSeconds: 10 }],
        Parameters: { 'state.$': '$$.State', 'execution.$': '$$.Execution', 'started.$': '$started.at' },
        Next: 'After',
      }),
      After: { Type: 'Pass', Parameters: { 'count.$': '$$.Execution.RedriveCount' }, End: true },
    },
  };

  test('from the Entered event of the state that failed, with the input, the variables and all retries', async () => {
    const { own, again } = await redriven(
      sequence,
      { tasks: { Work: FAILED } },
      { tasks: { Work: [FAILED, answer('done')] }, clock: new VirtualClock(Date.UTC(2024, 0, 2)) },
    );
    expect(own).toEqual([
      '12<-11 ExecutionRedriven',
      '13<-4 LambdaFunctionScheduled',
      '14<-13 LambdaFunctionStarted',
      '15<-14 LambdaFunctionFailed',
      '16<-15 LambdaFunctionScheduled',
      '17<-16 LambdaFunctionStarted',
      '18<-17 LambdaFunctionSucceeded',
      '19<-18 TaskStateExited Work',
      '20<-19 PassStateEntered After',
      '21<-20 PassStateExited After',
      '22<-21 ExecutionSucceeded',
    ]);
    expect(again.output).toEqual({ count: 1 });
    expect(eventsOf(again.events, 'ExecutionRedriven')).toMatchObject([
      { executionRedrivenEventDetails: { redriveCount: 1 } },
    ]);
    const inputs = eventsOf(again.events, 'LambdaFunctionScheduled').map((event) =>
      JSON.parse(event.lambdaFunctionScheduledEventDetails.input),
    );
    expect(inputs.slice(2)).toMatchObject([
      {
        started: '2024-01-01T00:00:00.000Z',
        state: { Name: 'Work', EnteredTime: '2024-01-01T00:00:00.000Z', RetryCount: 0 },
        execution: {
          StartTime: '2024-01-01T00:00:00.000Z',
          RedriveCount: 1,
          RedriveTime: '2024-01-02T00:00:00.000Z',
        },
      },
      { state: { RetryCount: 1 } },
    ]);
    expect(inputs[0].execution).not.toHaveProperty('RedriveTime');
  });

  test('again and again', async () => {
    const { events } = await run(sequence, { tasks: { Work: FAILED } });
    const second = await run(sequence, { tasks: { Work: FAILED }, redrives: events });
    const third = await run(sequence, { tasks: { Work: answer(1) }, redrives: second.events });
    expect(third.lines).toContain('21<-4 LambdaFunctionScheduled');
    expect(third.output).toEqual({ count: 2 });
  });

  test('with the branches of a Parallel that have not succeeded', async () => {
    const branches = ['Good', 'Bad', 'Slow'].map((name) => scope(name, task()));
    const definition = machineOf({ Type: 'Parallel', Branches: branches, End: true });
    const { own, again } = await redriven(
      definition,
      {
        tasks: { Good: answer('kept'), Bad: { ...FAILED, takes: 1000 }, Slow: { ...answer(0), takes: 5000 } },
      },
      { tasks: { Bad: answer('repaired'), Slow: answer('new') } },
    );
    expect(own).toEqual([
      '20<-19 ExecutionRedriven',
      '21<-6 LambdaFunctionScheduled',
      '22<-8 LambdaFunctionScheduled',
      '23<-21 LambdaFunctionStarted',
      '24<-22 LambdaFunctionStarted',
      '25<-23 LambdaFunctionSucceeded',
      '26<-24 LambdaFunctionSucceeded',
      '27<-25 TaskStateExited Bad',
      '28<-26 TaskStateExited Slow',
      '29<-28 ParallelStateSucceeded',
      '30<-28 ParallelStateExited State',
      '31<-30 ExecutionSucceeded',
    ]);
    expect(again.output).toEqual(['kept', 'repaired', 'new']);
  });

  test('with the iterations of a Map that have not succeeded, and those that were not started', async () => {
    const definition = machineOf({
      Type: 'Map',
      MaxConcurrency: 1,
      ItemProcessor: scope('Item', task({ Parameters: { 'index.$': '$$.Map.Item.Index' }, End: true })),
      End: true,
    });
    const { own, again } = await redriven(
      definition,
      { input: ['a', 'b', 'c'], tasks: { Item: [answer('first'), FAILED] } },
      { tasks: { Item: (call) => ({ output: call.input }) } },
    );
    expect(own).toEqual([
      '20<-19 ExecutionRedriven',
      '21<-12 LambdaFunctionScheduled',
      '22<-21 LambdaFunctionStarted',
      '23<-22 LambdaFunctionSucceeded',
      '24<-23 TaskStateExited Item',
      '25<-24 MapIterationSucceeded',
      '26<-24 MapIterationStarted',
      '27<-26 TaskStateEntered Item',
      '28<-27 LambdaFunctionScheduled',
      '29<-28 LambdaFunctionStarted',
      '30<-29 LambdaFunctionSucceeded',
      '31<-30 TaskStateExited Item',
      '32<-31 MapIterationSucceeded',
      '33<-32 MapStateSucceeded',
      '34<-32 MapStateExited State',
      '35<-34 ExecutionSucceeded',
    ]);
    expect(again.output).toEqual(['first', { index: 1 }, { index: 2 }]);
    expect(executionPath(again.events).visits.map(({ status }) => status)).toEqual(
      Array(4).fill('SUCCEEDED'),
    );
  });

  test('inside a Parallel in a Map, each branch with its own variables', async () => {
    const branch = {
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { own: { 'of.$': '$' } }, Next: 'Call' },
        Call: task({ Parameters: { 'own.$': '$own.of', 'outer.$': '$outer' }, End: true }),
      },
    };
    const definition = {
      StartAt: 'Start',
      States: {
        Start: { Type: 'Pass', Assign: { outer: 7 }, Next: 'Each' },
        Each: {
          Type: 'Map',
          ItemProcessor: scope('Both', {
            Type: 'Parallel',
            Branches: [branch, scope('Other', { Type: 'Pass', End: true })],
            End: true,
          }),
          End: true,
        },
      },
    };
    const { again } = await redriven(
      definition,
      { input: ['x', 'y'], tasks: { Call: FAILED } },
      { tasks: { Call: (call) => ({ output: call.input }) } },
    );
    expect(again.output).toEqual([
      [{ own: 'x', outer: 7 }, 'x'],
      [{ own: 'y', outer: 7 }, 'y'],
    ]);
  });

  test('a Parallel from its beginning, where all of its branches had succeeded', async () => {
    const definition = machineOf({
      Type: 'Parallel',
      Branches: [scope('Only', task())],
      ResultSelector: { 'found.$': '$[0].found' },
      End: true,
    });
    const { own, again } = await redriven(
      definition,
      { tasks: { Only: answer({}) } },
      { tasks: { Only: answer({ found: true }) } },
    );
    expect(own.slice(0, 3)).toEqual([
      '11<-10 ExecutionRedriven',
      '12<-2 ParallelStateStarted',
      '13<-12 TaskStateEntered Only',
    ]);
    expect(again.output).toEqual({ found: true });
  });

  test('a Fail state, which fails again without another entry', async () => {
    const { own, again } = await redriven(machineOf({ Type: 'Fail', Error: 'Always' }), {}, {});
    expect(own).toEqual(['4<-3 ExecutionRedriven', '5<-4 ExecutionFailed']);
    expect(executionPath(again.events).visits).toMatchObject([{ status: 'FAILED', error: 'Always' }]);
  });

  test('an execution that was stopped or has timed out; its own timeout begins anew', async () => {
    const waiting = machineOf({ Type: 'Wait', Seconds: 60, End: true });
    const stopped = start(waiting);
    stopped.stop();
    await stopped.outcome;
    expect((await run(waiting, { redrives: stopped.events })).lines.slice(3)).toEqual([
      '4<-3 ExecutionRedriven',
      '5<-2 WaitStateExited State',
      '6<-5 ExecutionSucceeded',
    ]);

    const slow = machineOf(task(), { TimeoutSeconds: 10 });
    const { events, outcome } = await run(slow, { tasks: { State: { ...answer(1), takes: 11_000 } } });
    expect(outcome.status).toBe('TIMED_OUT');
    const again = await run(slow, {
      redrives: events,
      clock: new VirtualClock(Date.UTC(2024, 0, 2)),
      tasks: { State: { ...answer(1), takes: 9000 } },
    });
    expect(again.outcome).toEqual({ status: 'SUCCEEDED', output: '1' });
  });

  test('an execution that had entered no state, from its first one', async () => {
    const definition = machineOf({ Type: 'Pass', End: true });
    const { events } = await run(definition);
    const [started] = events as [HistoryEvent];
    expect((await run(definition, { redrives: [started] })).events.map(eventLine).slice(1)).toEqual([
      '2<-1 ExecutionRedriven',
      '3<-0 PassStateEntered State',
      '4<-3 PassStateExited State',
      '5<-4 ExecutionSucceeded',
    ]);
  });
});
