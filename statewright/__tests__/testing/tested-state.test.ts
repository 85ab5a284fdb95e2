/** The matchers for states that were tested alone, and what the kit refuses. */
import { stripVTControlCharacters } from 'node:util';
import {
  assertCaughtError,
  assertFailedWith,
  assertNextState,
  assertRetriable,
  assertSucceededWith,
  type TestedState,
  type TestStateOptions,
  testState,
} from '../../src/testing';

const charge = {
  Type: 'Task',
  Resource: 'arn:aws:lambda:us-east-1:000000000000:function:Charge',
  Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 3 }],
  Catch: [{ ErrorEquals: ['Declined'], Next: 'Tell' }],
  Next: 'Ship',
};

const failing = (error: string) => testState(charge, { mock: { errorOutput: { error, cause: 'no money' } } });

let paid: TestedState;
let declined: TestedState;
let busy: TestedState;
let broken: TestedState;
beforeAll(async () => {
  paid = await testState(charge, { mock: { result: { id: 7 } } });
  declined = await failing('Declined');
  busy = await failing('Busy');
  broken = await failing('Broken');
});

/** The message of a failed expectation, without colours. */
function messageOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('The expectation was met.');
}

test('each status has its matcher', () => {
  expect(paid).toHaveSucceededWith({ id: expect.any(Number) });
  expect(paid).toHaveNextState('Ship');
  expect(declined).toHaveCaughtError('Declined');
  expect(declined).toHaveCaughtError('Declined', 'Tell');
  expect(busy).toBeRetriable();
  expect(busy).toBeRetriable(3);
  expect(broken).toHaveFailedWith('Broken', /money/);
});

test('no matcher takes another status for its own', () => {
  expect(declined).not.toHaveSucceededWith(declined.output);
  expect(declined).not.toHaveFailedWith('Declined');
  expect(busy).not.toHaveFailedWith('Busy');
  expect(busy).not.toHaveCaughtError('Busy');
  expect(broken).not.toBeRetriable();
  expect(declined).not.toHaveCaughtError('Declined', 'Ship');
  expect(busy).not.toBeRetriable(4);
  expect(broken).not.toHaveNextState('Ship');
});

test('a failure says how the state ended', () => {
  expect(messageOf(() => expect(declined).toBeRetriable(3))).toMatchInlineSnapshot(`
    "expect(state).toBeRetriable(seconds)

    Expected seconds: 3
    State: CAUGHT_ERROR with Declined: no money → Tell"
  `);
  expect(messageOf(() => expect(busy).toHaveSucceededWith({}))).toMatchInlineSnapshot(`
    "expect(execution).toHaveSucceededWith(output)

    Expected output: {}
    The tested state is RETRIABLE with Busy: no money

    State: RETRIABLE with Busy: no money, retried after 3 s
    A Retry comes before Catch and the failure: set stateConfiguration.retrierRetryCount to its MaxAttempts."
  `);
  expect(() => expect({}).toHaveNextState('Ship')).toThrow('needs the tested state that testState returns');
});

test('other test runners have functions', () => {
  assertSucceededWith(paid, { id: 7 });
  assertNextState(paid, 'Ship');
  assertCaughtError(declined, 'Declined', 'Tell');
  assertRetriable(busy, 3);
  assertFailedWith(broken, 'Broken', 'no money');
  expect(() => assertNextState(paid, 'Tell')).toThrow('assertNextState(state, name)');
});

test('the data flow has values, and INFO leaves it out', async () => {
  expect(paid.inspectionData).toEqual({
    input: {},
    afterInputPath: {},
    afterParameters: {},
    result: { id: 7 },
    afterResultSelector: { id: 7 },
    afterResultPath: { id: 7 },
  });
  const info = await testState({ Type: 'Succeed' }, { inspectionLevel: 'INFO' });
  expect(info.inspectionData).toBeUndefined();
});

const machine = { StartAt: 'Charge', States: { Charge: charge, Ship: { Type: 'Succeed' } } };

test.each<[object, (TestStateOptions & { readonly stateName?: string }) | undefined, string]>([
  [machine, undefined, 'the name of the state to test is missing. Its states: Charge, Ship.'],
  [machine, { stateName: 'Charg' }, 'The state machine has no state "Charg". Did you mean "Charge"?'],
  [charge, undefined, 'its test needs a mock, since nothing answers the call here'],
  [charge, { input: () => 1, mock: { result: 1 } }, 'The input is not a JSON value but a function.'],
])('refuses what it cannot run', async (definition, options, message) => {
  await expect(testState(definition, options)).rejects.toThrow(message);
});
