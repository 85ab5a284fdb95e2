import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployDefinition, functionArn, returns } from '../../src/testing';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(content: unknown): string {
  const file = join(folder, 'MockConfigFile.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** A file with one test case, `Case`, of the state machine `order`. */
const withCase = (states: object, MockedResponses: object) =>
  write({ StateMachines: { order: { TestCases: { Case: states } } }, MockedResponses });

const order = {
  StartAt: 'Charge',
  States: {
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'Pay', 'Payload.$': '$' },
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 3 }],
      Catch: [{ ErrorEquals: ['Declined'], ResultPath: '$.charge', Next: 'Declined' }],
      ResultPath: '$.charge',
      Next: 'Tell',
    },
    Tell: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl: 'https://queue', MessageBody: 'paid' },
      ResultPath: '$.message',
      End: true,
    },
    Declined: { Type: 'Pass', End: true },
  },
};
const deployOrder = () => deployDefinition(order, { name: 'order' });

const charged = { '0': { Return: { StatusCode: 200, Payload: { id: 1 } } } };
const told = { '0': { Return: { MessageId: 'm-1' } } };

test('answers with the whole result of a function and of a service', async () => {
  const file = withCase({ Charge: 'Charged', Tell: 'Told' }, { Charged: charged, Told: told });
  const execution = await (await deployOrder()).useTestCase(file, 'Case').run({ amount: 5 });
  expect(execution).toHaveSucceededWith({
    amount: 5,
    charge: { StatusCode: 200, Payload: { id: 1 } },
    message: { MessageId: 'm-1' },
  });
  expect(execution).toHaveInvoked('Pay');
  expect(execution).toHaveInvoked('Charge');
});

test('answers retries by their numbers and ranges', async () => {
  const busy = { Throw: { Error: 'Busy', Cause: 'try again' } };
  const file = withCase(
    { Charge: 'Retried', Tell: 'Told' },
    { Retried: { '3': charged['0'], '0': busy, '1-2': busy }, Told: told },
  );
  const execution = await (await deployOrder()).useTestCase(file, 'Case').run();
  expect(execution.status).toBe('SUCCEEDED');
  expect(execution.events.filter(({ type }) => type === 'TaskFailed')).toHaveLength(3);
});

test('throws an error with its cause, unchanged', async () => {
  const file = withCase(
    { Charge: 'No' },
    { No: { '0': { Throw: { Error: 'Declined', Cause: 'no funds' } } } },
  );
  const execution = await (await deployOrder()).useTestCase(file, 'Case').run();
  expect(execution).toHaveSucceededWith({ charge: { Error: 'Declined', Cause: 'no funds' } });
});

test('counts the calls of a state over the items of a Map, and starts again with each execution', async () => {
  const each = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: {
          StartAt: 'Call',
          States: { Call: { Type: 'Task', Resource: functionArn('Call'), End: true } },
        },
        End: true,
      },
    },
  };
  const file = withCase({ Call: 'Three' }, { Three: { '0': { Return: 'a' }, '1-2': { Return: null } } });
  const workflow = (await deployDefinition(each, { name: 'order' })).useTestCase(file, 'Case');
  expect(await workflow.run([1, 2, 3])).toHaveSucceededWith(['a', null, null]);
  expect(await workflow.run([1])).toHaveSucceededWith(['a']);
  await expect(workflow.run([1, 2, 3, 4])).rejects.toThrow(
    '"Call" was called 4 times, but the mocked response "Three" has only 3: add "3".',
  );
});

test.each([
  'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  'arn:aws:states:::states:startExecution.sync:2',
])('answers %s with the result at its end', async (Resource) => {
  const waiting = {
    StartAt: 'Wait',
    States: { Wait: { Type: 'Task', Resource, Parameters: {}, End: true } },
  };
  const valid = {
    ...waiting,
    States: {
      Wait: {
        ...waiting.States.Wait,
        Parameters: Resource.includes('sqs')
          ? { QueueUrl: 'https://queue', MessageBody: { 'token.$': '$$.Task.Token' } }
          : { StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:other', Input: {} },
      },
    },
  };
  const file = withCase({ Wait: 'Done' }, { Done: { '0': { Return: { done: true } } } });
  const workflow = await deployDefinition(valid, { name: 'order' });
  expect(await workflow.useTestCase(file, 'Case').run()).toHaveSucceededWith({ done: true });
});

test('a test case replaces the one before it, and no other replacement', async () => {
  const file = write({
    StateMachines: {
      order: { TestCases: { Both: { Charge: 'Charged', Tell: 'Told' }, One: { Charge: 'Charged' } } },
    },
    MockedResponses: { Charged: charged, Told: told },
  });
  const workflow = await deployOrder();
  workflow.replace('Tell', returns({ MessageId: 'own' }));
  expect((await workflow.useTestCase(file, 'Both').run()).output).toMatchObject({
    message: { MessageId: 'm-1' },
  });
  expect((await workflow.useTestCase(file, 'One').run()).output).toMatchObject({
    message: { MessageId: 'own' },
  });
});

test('a state machine may have another name in the file', async () => {
  const file = withCase({ Charge: 'Charged', Tell: 'Told' }, { Charged: charged, Told: told });
  const workflow = await deployDefinition(order, { name: 'orders' });
  expect(() => workflow.useTestCase(file, 'Case')).toThrow(
    /has no state machine "orders"\. Did you mean "order"\?/,
  );
  const execution = await workflow.useTestCase(file, 'Case', { stateMachine: 'order' }).run();
  expect(execution.status).toBe('SUCCEEDED');
});

test.each([
  ['not JSON', '{', /MockConfigFile\.json is not valid JSON: line 1, column 2/],
  ['a list', [], /MockConfigFile\.json must be an object\./],
  [
    'an unknown field',
    { StateMachine: {} },
    /has the unknown field "StateMachine"\. Did you mean StateMachines\?/,
  ],
  ['a missing field', { StateMachines: {} }, /has no field "MockedResponses"\./],
])('refuses %s', async (_, content, message) => {
  const workflow = await deployOrder();
  expect(() => workflow.useTestCase(write(content), 'Case')).toThrow(message);
});

test.each([
  [
    'an unknown state',
    { Chagre: 'A' },
    { A: told },
    /TestCases\."Case": The workflow has no Task "Chagre"\. Did you mean "Charge"\?/,
  ],
  [
    'an unknown response',
    { Charge: 'B' },
    { A: told },
    /"Charge": MockedResponses has no "B"\. The only one is "A"\./,
  ],
  [
    'a response in place of its name',
    { Charge: told },
    {},
    /"Charge" must be the name of a mocked response\./,
  ],
  [
    'a word as a number',
    {},
    { A: { first: {} } },
    /MockedResponses\."A" has the field "first", which is not the number/,
  ],
  [
    'a range that runs backwards',
    {},
    { A: { '2-1': {} } },
    /has the field "2-1", which is not the number of a call/,
  ],
  [
    'a gap',
    {},
    { A: { '0': told['0'], '2': told['0'] } },
    /MockedResponses\."A" has no response for the number 1\./,
  ],
  [
    'an overlap',
    {},
    { A: { '0-2': told['0'], '1': told['0'] } },
    /has more than one response for the number 1\./,
  ],
  ['neither Return nor Throw', {}, { A: { '0': {} } }, /"A"\."0" must have Return or Throw\./],
  [
    'both',
    {},
    { A: { '0': { Return: 1, Throw: { Error: 'E' } } } },
    /must have only one of Return and Throw\./,
  ],
  [
    'a misspelt Return',
    {},
    { A: { '0': { Retrun: 1 } } },
    /has the unknown field "Retrun"\. Did you mean Return\?/,
  ],
  [
    'an error without a name',
    {},
    { A: { '0': { Throw: { Cause: 'x' } } } },
    /"0"\.Throw has no field "Error"\./,
  ],
  ['a number as an error', {}, { A: { '0': { Throw: { Error: 1 } } } }, /Throw\.Error must be a string\./],
])('refuses %s', async (_, states, responses, message) => {
  const file = withCase(states, responses);
  const workflow = await deployOrder();
  expect(() => workflow.useTestCase(file, 'Case')).toThrow(message);
});

test('refuses an unknown test case', async () => {
  const workflow = await deployOrder();
  expect(() => workflow.useTestCase(withCase({}, {}), 'Csae')).toThrow(
    /StateMachines\."order"\.TestCases has no "Csae"\. Did you mean "Case"\?/,
  );
});
