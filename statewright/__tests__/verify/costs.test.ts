import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployDefinition, functionArn, returns, sequence, takes, throws } from '../../src/testing';
import { expressUsage, type UsedExecution } from '../../src/verify/costs';
import { costOf, readPrices } from '../../src/verify/costs-in-money';

const work = (more: object = {}) => ({
  StartAt: 'Work',
  States: {
    Work: { Type: 'Task', Resource: functionArn('work'), Next: 'Done', ...more },
    Done: { Type: 'Succeed' },
  },
});

test('STANDARD: each step is a state transition, and each retry another one', async () => {
  const workflow = await deployDefinition(work({ Retry: [{ ErrorEquals: ['Busy'] }] }));
  workflow.replace('work', sequence(throws('Busy'), throws('Busy'), takes(250, returns(1))));
  expect((await workflow.run()).usage).toEqual({
    executions: 1,
    stateTransitions: 4,
    express: { requests: 0, billedDuration: 0, gbSeconds: 0 },
    functions: { work: { requests: 3, billedDuration: 250 } },
  });
});

test('EXPRESS: the duration in steps of 100 ms, the memory in chunks of 64 MB', async () => {
  const workflow = await deployDefinition(work(), { type: 'EXPRESS' });
  workflow.replace('work', takes(101, returns(1)));
  expect((await workflow.run()).usage).toMatchObject({
    stateTransitions: 0,
    express: { requests: 1, billedDuration: 200, gbSeconds: 0.2 * (64 / 1024) },
  });
});

/** An EXPRESS execution with a Map of this many items, each with a payload of this size. */
function mapOf(items: number, payload: number, definitionSize: number): UsedExecution {
  const started = { timestamp: 0, id: 1, previousEventId: 0, type: 'ExecutionStarted' };
  const entered = (type: string, id: number, previousEventId: number, input = '') => ({
    timestamp: 0,
    type: `${type}StateEntered`,
    id,
    previousEventId,
    stateEnteredEventDetails: { name: type, input, inputDetails: { truncated: false } },
  });
  const each = Array.from({ length: items }, (_, index) => [
    {
      timestamp: 0,
      type: 'MapIterationStarted',
      id: 4 + index * 2,
      previousEventId: 3,
      mapIterationStartedEventDetails: { name: 'Map', index },
    },
    entered('Pass', 5 + index * 2, 4 + index * 2, 'x'.repeat(payload)),
  ]);
  const map = { timestamp: 0, type: 'MapStateStarted', id: 3, previousEventId: 2 };
  const events = [started, entered('Map', 2, 0), map, ...each.flat()] as unknown as UsedExecution['events'];
  return { events, type: 'EXPRESS', definitionSize };
}

test.each([
  ['400 steps of 32 KB: 62.5 MB', 400, 64],
  ['500 steps of 32 KB: 65.6 MB', 500, 128],
])('EXPRESS memory: 50 MB, the definition, the payload of each step: %s', (_, items, billed) => {
  expect(expressUsage(mapOf(items, 32 * 1024, 50 * 1024))).toEqual({
    billedDuration: 100,
    billedMemory: billed,
  });
});

const usage = {
  executions: 2,
  stateTransitions: 1_000,
  express: { requests: 0, billedDuration: 0, gbSeconds: 0 },
  functions: {
    known: { requests: 10, billedDuration: 1_000, gbSeconds: 2 },
    unknown: { requests: 10, billedDuration: 1_000 },
  },
};

test('money: what has no price or no known amount is named', () => {
  const prices = { date: '2026-11-01', currency: 'USD', stateTransition: 0.001, lambdaGbSecond: 0.5 };
  expect(costOf(usage, prices)).toEqual({
    amount: 2,
    missing: ['the price "lambdaRequest"', 'the memory of the function unknown'],
  });
});

test.each([
  [{ currency: 'USD' }, /has no "date"/],
  [{ date: '2026-11-01' }, /has no "currency"/],
  [{ date: '2026-11-01', currency: 'USD', stateTransitions: 1 }, /unknown field "stateTransitions"/],
  [{ date: '2026-11-01', currency: 'USD', stateTransition: '1' }, /"stateTransition" must be a price/],
])('a file of prices that cannot be used: %j', (content, message) => {
  const file = join(mkdtempSync(join(tmpdir(), 'prices-')), 'prices.json');
  writeFileSync(file, JSON.stringify(content));
  expect(() => readPrices(file)).toThrow(message);
});
