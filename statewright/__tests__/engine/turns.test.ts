import { VirtualClock } from '../../src/engine';
import { machineOf, run } from './run';

/** A clock on which every step of long work has a turn of its own. */
class SteppingClock extends VirtualClock {
  turns = 0;

  nextTurn(): Promise<void> {
    this.turns += 1;
    const release = this.hold();
    return Promise.resolve().then(release);
  }
}

const MANY = 300;
const each = <T>(make: (index: number) => T): T[] => Array.from({ length: MANY }, (_, index) => make(index));
const members = (make: (index: number) => string, suffix = '') =>
  Object.fromEntries(each((index) => [`m${index}${suffix}`, make(index)]));
const distributed = {
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
    StartAt: 'Item',
    States: { Item: { Type: 'Pass', End: true } },
  },
};

describe('others have their turn', () => {
  test.each<[string, object, unknown?]>([
    ['between the paths of a template', { Type: 'Pass', Parameters: members(() => '$.a', '.$'), End: true }],
    [
      'between the expressions of a template',
      { Type: 'Pass', QueryLanguage: 'JSONata', Output: members((i) => `{% ${i} %}`), End: true },
    ],
    [
      'between the items that a batch is made of',
      { Type: 'Map', End: true, ItemBatcher: { MaxItemsPerBatch: MANY }, ...distributed },
      each((index) => index),
    ],
  ])('%s', async (_, state, input = { a: 1 }) => {
    const clock = new SteppingClock();
    const { outcome } = await run(machineOf(state), { input, clock });
    expect(outcome.status).toBe('SUCCEEDED');
    expect(clock.turns).toBeGreaterThan(MANY);
  });

  test('between the rules of a Choice', async () => {
    const clock = new SteppingClock();
    const Choices = each((index) => ({ Variable: '$.a', NumericEquals: index + 2, Next: 'End' }));
    const states = { State: { Type: 'Choice', Choices, Default: 'End' }, End: { Type: 'Succeed' } };
    const { outcome } = await run({ StartAt: 'State', States: states }, { input: { a: 1 }, clock });
    expect(outcome.status).toBe('SUCCEEDED');
    expect(clock.turns).toBeGreaterThan(MANY);
  });
});

test('a Choice may have thousands of rules', async () => {
  const Choices = Array.from({ length: 10_000 }, () => ({ Variable: '$.a', NumericEquals: 2, Next: 'End' }));
  const states = { State: { Type: 'Choice', Choices, Default: 'End' }, End: { Type: 'Succeed' } };
  const { outcome } = await run({ StartAt: 'State', States: states }, { input: { a: 1 } });
  expect(outcome.status).toBe('SUCCEEDED');
});

test('a filter that looks through too much text ends the execution', async () => {
  const items = Array.from({ length: 1000 }, (_, index) => String(index));
  const state = { Type: 'Pass', InputPath: '$.items[?($.text contains @)]', End: true };
  const { outcome } = await run(machineOf(state), { input: { items, text: 'x'.repeat(50_000) } });
  expect(outcome).toMatchObject({
    status: 'FAILED',
    cause: expect.stringContaining('goes through more than'),
  });
});
