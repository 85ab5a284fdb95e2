import { SystemClock } from '../../src/engine';
import { eventLine } from '../seed-cases';
import { LAMBDA, machineOf, run, start } from './run';

const TASK = { Type: 'Task', Resource: `${LAMBDA}Slow`, End: true };
const scope = (state: object) => ({ StartAt: 'Inner', States: { Inner: state } });

/** Lets everything continue that does not wait for a time. */
async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await undefined;
}

describe('stop', () => {
  test('ends the execution with its reason, at once', async () => {
    const execution = start(machineOf({ Type: 'Wait', Seconds: 60, End: true }));
    execution.stop({ error: 'Operator', cause: 'wrong input' });
    expect(await execution.outcome).toEqual({ status: 'ABORTED', error: 'Operator', cause: 'wrong input' });
    expect(execution.events.map(eventLine)).toEqual([
      '1<-0 ExecutionStarted',
      '2<-0 WaitStateEntered State',
      '3<-0 ExecutionAborted',
    ]);
  });

  test('a wait that has not begun never begins', async () => {
    for (let turns = 0; turns < 30; turns++) {
      let timers = 0;
      const clock = new SystemClock();
      clock.nextTurn = () => Promise.resolve();
      clock.setTimer = () => {
        timers++;
        return () => timers--;
      };
      const execution = start(
        {
          StartAt: 'Pass',
          States: { Pass: { Type: 'Pass', Next: 'Wait' }, Wait: { Type: 'Wait', Seconds: 60, End: true } },
        },
        { clock },
      );
      for (let turn = 0; turn < turns; turn++) await undefined;
      execution.stop();
      await new Promise(setImmediate);
      expect([turns, timers]).toEqual([turns, 0]);
    }
  });

  test('works without a reason', async () => {
    const execution = start(machineOf({ Type: 'Wait', Seconds: 60, End: true }));
    execution.stop();
    expect(await execution.outcome).toEqual({ status: 'ABORTED' });
    expect(execution.events.at(-1)).toMatchObject({ executionAbortedEventDetails: {} });
  });

  test('aborts the signal of a call, and ignores its result', async () => {
    let answer: (result: { output: string }) => void = () => {};
    let signal: AbortSignal | undefined;
    const execution = start(machineOf(TASK), {
      tasks: {
        State: (call) => {
          signal = call.signal;
          return new Promise((resolve) => {
            answer = resolve;
          });
        },
      },
    });
    await new Promise(setImmediate);
    execution.stop();
    const count = execution.events.length;
    answer({ output: '1' });
    await new Promise(setImmediate);
    expect(signal?.aborted).toBe(true);
    expect(execution.events).toHaveLength(count);
  });

  test('writes the Aborted events of branches and iterations', async () => {
    const map = { Type: 'Map', ItemProcessor: scope({ Type: 'Wait', Seconds: 60, End: true }), End: true };
    const parallel = {
      Type: 'Parallel',
      Branches: [scope(map), scope({ Type: 'Wait', Seconds: 60, End: true })],
      End: true,
    };
    const execution = start(machineOf(parallel), { input: [1, 2] });
    await microtasks();
    execution.stop();
    await execution.outcome;
    expect(execution.events.map(({ type }) => type).slice(-7)).toEqual([
      'MapStateAborted',
      'MapIterationAborted',
      'WaitStateAborted',
      'MapIterationAborted',
      'WaitStateAborted',
      'WaitStateAborted',
      'ExecutionAborted',
    ]);
  });

  test('does nothing after the end', async () => {
    const execution = start(machineOf({ Type: 'Succeed' }));
    const outcome = await execution.outcome;
    execution.stop();
    expect(execution.events.at(-1)?.type).toBe('ExecutionSucceeded');
    expect(await execution.outcome).toBe(outcome);
  });

  test('ends a Map Run', async () => {
    const processor = {
      ...scope({ Type: 'Wait', Seconds: 60, End: true }),
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    };
    const execution = start(machineOf({ Type: 'Map', ItemProcessor: processor, End: true }), { input: [1] });
    await microtasks();
    execution.stop();
    expect(execution.events.map(({ type }) => type).slice(3)).toEqual([
      'MapRunStarted',
      'MapRunAborted',
      'ExecutionAborted',
    ]);
  });
});

describe("the state machine's TimeoutSeconds", () => {
  test('ends an execution that takes longer', async () => {
    const { lines, outcome, events } = await run(
      machineOf({ Type: 'Wait', Seconds: 60, End: true }, { TimeoutSeconds: 10 }),
    );
    expect(outcome).toEqual({ status: 'TIMED_OUT' });
    expect(lines.at(-1)).toBe('3<-0 ExecutionTimedOut');
    expect(events.at(-1)).toMatchObject({ executionTimedOutEventDetails: { error: 'States.Timeout' } });
    expect((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0)).toBe(10_000);
  });

  test('an Express execution times out after five minutes', async () => {
    const definition = machineOf({ Type: 'Wait', Seconds: 301, End: true });
    expect((await run(definition, { type: 'EXPRESS' })).outcome).toEqual({ status: 'TIMED_OUT' });
    expect((await run(definition)).outcome.status).toBe('SUCCEEDED');
  });
});
