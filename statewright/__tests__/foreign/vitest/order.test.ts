import { deployDefinition, functionArn, returns, sequence, throws, type Workflow } from 'statewright/testing';
import 'statewright/testing/vitest';
import { beforeEach, expect, test, vi } from 'vitest';
import { order } from './order.ts';

let workflow: Workflow;

beforeEach(async () => {
  workflow = await deployDefinition(order(functionArn('Charge')));
});

test('an order is charged at the second attempt, in no time', async () => {
  workflow.replace('Charge', sequence(throws('Busy'), returns({ charged: 5 })));

  const execution = await workflow.run({ amount: 5 });

  expect(execution).toHaveSucceededWith({ charged: expect.any(Number) });
  expect(execution).toHaveVisited('Charge', 'Wait');
  expect(execution).toHaveInvoked('Charge', { times: 2, with: { amount: 5 } });
  expect(execution.duration).toBe((60 + 86400) * 1000);
});

test('a card that is declined fails the order', async () => {
  workflow.replace('Charge', throws('CardDeclined', 'no money'));

  const execution = await workflow.run();

  expect(execution).toHaveFailedWith('Declined', /declined/);
  expect(execution).not.toHaveVisited('Wait');
});

test('a mock answers, also while timers are fake', async () => {
  vi.useFakeTimers();
  workflow.replace(
    'Charge',
    vi.fn(() => 'paid'),
  );

  expect(await workflow.run()).toHaveSucceededWith('paid');
  vi.useRealTimers();
});

test('a failed expectation shows the difference and the path', async () => {
  const execution = await workflow.replace('Charge', returns({ charged: 5 })).run();

  expect(() => expect(execution).toHaveSucceededWith({ charged: 6 })).toThrow(
    /charged[\s\S]*Path: Charge → Wait/,
  );
  expect(() => expect(execution).not.toHaveVisited('Charge')).toThrow('Expected states: not Charge');
  // @ts-expect-error The name of a state is a string.
  expect(() => expect(execution).toHaveVisited(1)).toThrow('needs the names of states');
});
