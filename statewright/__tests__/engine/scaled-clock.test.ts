import { ScaledClock } from '../../src/engine';

/** Resolves after a time of the clock with how long that was, by the clock and by the system time. */
function wait(clock: ScaledClock, milliseconds: number) {
  const [start, began] = [clock.now(), performance.now()];
  return new Promise<{ passed: number; real: number }>((resolve) => {
    clock.setTimer(milliseconds, () =>
      resolve({ passed: clock.now() - start, real: performance.now() - began }),
    );
  });
}

const DAY = 86_400_000;

test('with 0, a day passes at once', async () => {
  const { passed, real } = await wait(new ScaledClock(0), DAY);
  expect(passed).toBeGreaterThanOrEqual(DAY);
  expect(passed).toBeLessThan(DAY + 5000);
  expect(real).toBeLessThan(5000);
});

test('with a factor, a wait takes that part of its time', async () => {
  const { passed, real } = await wait(new ScaledClock(0.001), 60_000);
  expect(passed).toBeGreaterThanOrEqual(60_000);
  expect(real).toBeGreaterThan(50);
  expect(real).toBeLessThan(10_000);
});

test.each([0, 0.000_001])('with %d, time is real while work is in progress', async (factor) => {
  const clock = new ScaledClock(factor);
  const release = clock.hold();
  const first = await Promise.race([wait(clock, DAY), wait(clock, 40).then(({ passed }) => passed)]);
  expect(first).toBeGreaterThanOrEqual(39);
  expect(first).toBeLessThan(DAY);
  const day = wait(clock, DAY);
  release();
  expect((await day).real).toBeLessThan(5000);
});

test('runs timers in the order in which they are due, and not those that were cancelled', async () => {
  const clock = new ScaledClock(0);
  const order: string[] = [];
  clock.setTimer(3000, () => order.push('3'));
  clock.setTimer(1000, () => order.push('1'));
  clock.setTimer(2000, () => order.push('2'))();
  clock.setTimer(1000, () => order.push('1 again'));
  await wait(clock, 4000);
  expect(order).toEqual(['1', '1 again', '3']);
});

test('is never behind the system time, and never goes back', async () => {
  const clock = new ScaledClock(0.01);
  let last = Date.now();
  for (const milliseconds of [500, 0, 700]) {
    await wait(clock, milliseconds);
    expect(clock.now()).toBeGreaterThanOrEqual(last);
    last = clock.now();
    expect(Number.isInteger(last)).toBe(true);
  }
});
