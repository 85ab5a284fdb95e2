import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import {
  assertFailedWith,
  assertInvoked,
  assertNotInvoked,
  assertNotVisited,
  assertSucceededWith,
  assertVisited,
  definitionFile,
  deployDefinition,
  functionArn,
  returns,
  throws,
} from 'statewright/testing';

let workflow;

beforeEach(async () => {
  workflow = await deployDefinition(definitionFile('order.asl.json', { charge: functionArn('Charge') }));
});

test('an order is charged', async () => {
  workflow.replace('Charge', returns({ charged: 5 }));

  const execution = await workflow.run({ amount: 5 });

  assertSucceededWith(execution, { charged: 5 });
  assertVisited(execution, 'Charge');
  assertNotVisited(execution, 'Declined');
  assertInvoked(execution, 'Charge', { times: 1, with: { amount: 5 } });
  assertNotInvoked(execution, 'Charge', { with: { amount: 6 } });
});

test('a card that is declined fails the order', async () => {
  workflow.replace('Charge', throws('CardDeclined', 'no money'));

  assertFailedWith(await workflow.run(), 'Declined', /card/);
});

test('a mock answers, also while timers are mocked', async (t) => {
  t.mock.timers.enable();
  workflow.replace(
    'Charge',
    mock.fn(() => 'paid'),
  );

  assertSucceededWith(await workflow.run(), 'paid');
});

test('a failed assertion shows the path, and a misspelt state is an error', async () => {
  const execution = await workflow.replace('Charge', returns('paid')).run();

  assert.throws(() => assertSucceededWith(execution, 'free'), {
    name: 'AssertionError',
    actual: 'paid',
    expected: 'free',
    message: /Expected output: 'free'\nReceived output: 'paid'\n\nPath: Charge$/,
  });
  assert.throws(() => assertNotVisited(execution, 'Charge'), /Expected states: not Charge/);
  assert.throws(() => assertVisited(execution, 'Chrage'), /Charge/);
});
