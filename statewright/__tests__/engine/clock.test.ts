import fc from 'fast-check';
import { SystemClock, VirtualClock } from '../../src/engine';
import { type Timer, Timers } from '../../src/engine/execution/timers';
import { start } from './run';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('VirtualClock', () => {
  test('jumps from one due timer to the next, in their order', async () => {
    const clock = new VirtualClock(1000);
    const log: [string, number][] = [];
    const note = (name: string) => () => log.push([name, clock.now()]);
    clock.setTimer(500, note('second'));
    clock.setTimer(100, note('first'));
    clock.setTimer(500, note('third'));
    expect(clock.now()).toBe(1000);
    await turn();
    await turn();
    expect(log).toEqual([
      ['first', 1100],
      ['second', 1500],
      ['third', 1500],
    ]);
  });

  test('a cancelled timer does not run and does not advance the time', async () => {
    const clock = new VirtualClock(0);
    const cancel = clock.setTimer(100, () => {
      throw new Error('was cancelled');
    });
    cancel();
    await turn();
    expect(clock.now()).toBe(0);
  });

  test('stands still while it is held', async () => {
    const clock = new VirtualClock(0);
    let rung = false;
    clock.setTimer(100, () => {
      rung = true;
    });
    const release = clock.hold();
    const other = clock.hold();
    await turn();
    release();
    release();
    await turn();
    expect(rung).toBe(false);
    other();
    await turn();
    expect(rung).toBe(true);
  });

  test('does not jump before all pending promises have settled', async () => {
    const clock = new VirtualClock(0);
    clock.setTimer(100, () => {});
    for (let step = 0; step < 100; step++) {
      await Promise.resolve();
      expect(clock.now()).toBe(0);
    }
    await turn();
    expect(clock.now()).toBe(100);
  });

  test('a timer can set the next one', async () => {
    const clock = new VirtualClock(0);
    const times: number[] = [];
    const again = () => {
      times.push(clock.now());
      if (times.length < 3) clock.setTimer(10, again);
    };
    clock.setTimer(10, again);
    while (times.length < 3) await turn();
    expect(times).toEqual([10, 20, 30]);
  });
});

describe('SystemClock', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 5000 });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('has the system time, and timers by it', () => {
    const clock = new SystemClock();
    const rung = jest.fn();
    clock.setTimer(1000, rung);
    jest.advanceTimersByTime(999);
    expect(rung).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(rung).toHaveBeenCalledTimes(1);
    expect(clock.now()).toBe(6000);
  });

  test('a timer may be longer than the maximum of Node.js', () => {
    const rung = jest.fn();
    const year = 365 * 86_400_000;
    const cancel = new SystemClock().setTimer(year, rung);
    jest.advanceTimersByTime(year - 1);
    expect(rung).not.toHaveBeenCalled();
    cancel();
    jest.advanceTimersByTime(2);
    expect(rung).not.toHaveBeenCalled();
  });
});

test('ten thousand timers of a system clock need one timer of Node.js', () => {
  const clock = new SystemClock();
  const ofNode = () => process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length;
  const before = ofNode();
  const cancels = Array.from({ length: 10_000 }, (_, i) =>
    clock.setTimer(60_000 + ((i * 7919) % 10_000), () => {}),
  );
  expect(ofNode()).toBe(before + 1);
  for (const cancel of cancels) cancel();
  expect(ofNode()).toBe(before);
});

test('timers run in the order in which they are due, also after others were cancelled', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ due: fc.nat(20), cancelled: fc.boolean() })), (set) => {
      const timers = new Timers();
      const run: number[] = [];
      const all = set.map(({ due }, index) => timers.set(due, () => run.push(index)));
      for (const [index, { cancelled }] of set.entries()) if (cancelled) timers.cancel(all[index] as Timer);
      timers.run(20);
      const kept = [...set.entries()].filter(([, { cancelled }]) => !cancelled);
      expect(run).toEqual(kept.sort(([, a], [, b]) => a.due - b.due).map(([index]) => index));
    }),
  );
});

describe('long work on the system clock', () => {
  /** How often the rest of the process had a turn while an execution ran. */
  async function turnsDuring(definition: object, input: unknown = {}): Promise<number> {
    let turns = 0;
    let ended = false;
    const execution = start(definition, { input, clock: new SystemClock() });
    void execution.outcome.then(() => {
      ended = true;
    });
    for (; !ended; turns++) await turn();
    return turns;
  }

  test('a loop up to the history limit leaves turns to the rest of the process', async () => {
    const rules = [{ Variable: '$.never', IsPresent: true, Next: 'End' }];
    const loop = {
      StartAt: 'Pass',
      States: {
        Pass: { Type: 'Pass', Next: 'Choice' },
        Choice: { Type: 'Choice', Choices: rules, Default: 'Pass' },
        End: { Type: 'Succeed' },
      },
    };
    expect(await turnsDuring(loop)).toBeGreaterThan(2);
  });

  test('so does a distributed Map of many items', async () => {
    const processor = { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } };
    const map = {
      Type: 'Map',
      ItemProcessor: { ...processor, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      ResultPath: null,
      End: true,
    };
    const items = Array(10_000).fill(1);
    expect(await turnsDuring({ StartAt: 'Map', States: { Map: map } }, items)).toBeGreaterThan(2);
  });

  test('what waits for a turn continues in order', async () => {
    const clock = new SystemClock();
    clock.nextTurn();
    let pause: Promise<void> | undefined;
    while (pause === undefined) pause = clock.nextTurn();
    const order: string[] = [];
    const first = pause.then(() => order.push('first'));
    const second = clock.nextTurn()?.then(() => order.push('second'));
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });
});
