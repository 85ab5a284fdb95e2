import fc from 'fast-check';
import { type HistoryEvent, type TaskInvoker, type TaskResult, VirtualClock } from '../../src/engine';
import { arbitraryInput, arbitraryLoop, arbitraryMachine, ERRORS } from './arbitrary-machine';
import { run, start } from './run';

/** A random source with the same numbers for the same seed (a linear congruential generator). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Returns one of many results for each call, directly or as a promise. */
function randomInvoker(random: () => number): TaskInvoker {
  return () => {
    const takes = random() < 0.3 ? { takes: random() * 10_000 } : {};
    const error = ERRORS[Math.floor(random() * ERRORS.length)] as string;
    const result: TaskResult =
      random() < 0.5 ? { output: '{"n":1,"items":[1,2]}', ...takes } : { error, ...takes };
    return random() < 0.5 ? result : Promise.resolve(result);
  };
}

async function runRandomly(machine: object, input: unknown, seed: number) {
  const random = randomOf(seed);
  const invoke = randomInvoker(random);
  const tasks = new Proxy({}, { get: () => invoke });
  return run(machine, { input, tasks, random, clock: new VirtualClock(0) });
}

const executions = fc.tuple(arbitraryMachine, arbitraryInput, fc.integer());
const RUNS = { numRuns: 150 };

const nameOf = (event: HistoryEvent): string => {
  const { stateEnteredEventDetails, stateExitedEventDetails } = event as never as Record<
    string,
    { name: string }
  >;
  return (stateEnteredEventDetails ?? stateExitedEventDetails)?.name ?? '';
};

test('every execution ends, with one final event for its status', async () => {
  await fc.assert(
    fc.asyncProperty(executions, async ([machine, input, seed]) => {
      const { outcome, types } = await runRandomly(machine, input, seed);
      expect(types.at(-1)).toBe(outcome.status === 'SUCCEEDED' ? 'ExecutionSucceeded' : 'ExecutionFailed');
      expect(
        types.filter((type) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type)),
      ).toHaveLength(1);
      expect(outcome).not.toMatchObject({ cause: expect.stringContaining('The engine failed') });
    }),
    RUNS,
  );
});

test('so does every execution with cycles', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(arbitraryLoop, arbitraryInput, fc.integer()),
      async ([machine, input, seed]) => {
        const { events } = await runRandomly(machine, input, seed);
        expect(events.length).toBeLessThanOrEqual(25_000);
        expect(events.at(-1)?.type).toMatch(/^Execution(Succeeded|Failed)$/);
      },
    ),
    { numRuns: 10 },
  );
});

test('ids run from 1 without a gap, previous ids point back, times never decrease', async () => {
  await fc.assert(
    fc.asyncProperty(executions, async ([machine, input, seed]) => {
      const { events } = await runRandomly(machine, input, seed);
      const wrong = events.filter(
        ({ id, previousEventId, timestamp }, index) =>
          id !== index + 1 || previousEventId >= id || timestamp < (events[index - 1]?.timestamp ?? 0),
      );
      expect(wrong).toEqual([]);
    }),
    RUNS,
  );
});

test('every Exited event belongs to an Entered event of the same type', async () => {
  await fc.assert(
    fc.asyncProperty(executions, async ([machine, input, seed]) => {
      const { events } = await runRandomly(machine, input, seed);
      const open = new Map<string, number>();
      const wrong = events.filter((event) => {
        const [, type, what] = /^(\w+)State(Entered|Exited)$/.exec(event.type) ?? [];
        if (!type) return false;
        const key = `${type} ${nameOf(event)}`;
        const count = (open.get(key) ?? 0) + (what === 'Entered' ? 1 : -1);
        open.set(key, count);
        return count < 0;
      });
      expect(wrong).toEqual([]);
    }),
    RUNS,
  );
});

test('the same seed results in the same history', async () => {
  await fc.assert(
    fc.asyncProperty(executions, async ([machine, input, seed]) => {
      const first = await runRandomly(machine, input, seed);
      const second = await runRandomly(machine, input, seed);
      expect(second.events).toEqual(first.events);
    }),
    { numRuns: 50 },
  );
});

test('an execution can be stopped at any time, and then writes nothing more', async () => {
  await fc.assert(
    fc.asyncProperty(executions, fc.nat(40), async ([machine, input, seed], turns) => {
      const random = randomOf(seed);
      const invoke = randomInvoker(random);
      const execution = start(machine, { input, tasks: new Proxy({}, { get: () => invoke }), random });
      for (let turn = 0; turn < turns; turn++) await undefined;
      execution.stop();
      const { status } = await execution.outcome;
      const count = execution.events.length;
      await new Promise(setImmediate);
      await new Promise(setImmediate);
      expect(execution.events).toHaveLength(count);
      expect(execution.events.at(-1)?.type).toBe(
        {
          ABORTED: 'ExecutionAborted',
          SUCCEEDED: 'ExecutionSucceeded',
          FAILED: 'ExecutionFailed',
          TIMED_OUT: '',
        }[status],
      );
    }),
    RUNS,
  );
});
