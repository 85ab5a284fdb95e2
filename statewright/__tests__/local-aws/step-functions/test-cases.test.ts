import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCasesOf } from '../../../src/cli/mock-config';
import { Account } from '../../../src/local-aws/account';
import { trustPolicy } from './harness';

/** A state machine whose Task is mocked, in an account with a mock configuration file. */
const definition = JSON.stringify({
  StartAt: 'Send',
  States: {
    Send: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'https://queue', MessageBody: { 'token.$': '$$.Task.Token' } },
      Retry: [{ ErrorEquals: ['SQS.Busy'], IntervalSeconds: 1 }],
      End: true,
    },
  },
});

let folder: string;
let account: Account;
let stateMachineArn: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'test-cases-'));
  const file = join(folder, 'MockConfigFile.json');
  writeFileSync(
    file,
    JSON.stringify({
      StateMachines: {
        order: {
          TestCases: { Sent: { Send: 'Sent' }, Refused: { Send: 'Refused' }, Wrong: { Sned: 'Sent' } },
        },
      },
      MockedResponses: {
        Sent: { '0': { Return: { answer: 1 } } },
        Refused: { '0': { Throw: { Error: 'SQS.Gone', Cause: 'no queue' } } },
      },
    }),
  );
  account = new Account(testCasesOf({ 'mock-config': file }, () => account));
  const roleArn = createMachineRole(account);
  ({ stateMachineArn } = account.states.createStateMachine({ name: 'order', definition, roleArn }));
});
afterEach(async () => {
  await account.close();
  rmSync(folder, { recursive: true });
});

function createMachineRole({ iam }: Account, RoleName = 'machine'): string {
  const AssumeRolePolicyDocument = trustPolicy('states.amazonaws.com');
  return iam.createRole({ RoleName, AssumeRolePolicyDocument }).Role.Arn;
}

async function run(testCase: string) {
  const { executionArn } = account.states.startExecution({
    stateMachineArn: `${stateMachineArn}#${testCase}`,
  });
  return account.states.executionEnded(executionArn);
}

test('StartExecution uses the test case of ARN#TestCase, each execution from its first response', async () => {
  for (const _ of [1, 2]) {
    expect(await run('Sent')).toMatchObject({ status: 'SUCCEEDED', output: '{"answer":1}', stateMachineArn });
  }
  expect(await run('Refused')).toMatchObject({ status: 'FAILED', error: 'SQS.Gone', cause: 'no queue' });
});

test('StartSyncExecution uses it too', async () => {
  const express = definition
    .replace('.waitForTaskToken', '')
    .replace('{"token.$":"$$.Task.Token"}', '"hello"');
  const { roleArn } = account.states.describeStateMachine({ stateMachineArn });
  const request = { name: 'order', type: 'EXPRESS', definition: express, roleArn } as const;
  await account.states.deleteStateMachine({ stateMachineArn });
  account.states.createStateMachine(request);
  expect(
    await account.states.startSyncExecution({ stateMachineArn: `${stateMachineArn}#Sent` }),
  ).toMatchObject({ status: 'SUCCEEDED', output: '{"answer":1}', stateMachineArn });
});

test('a nested execution uses the test case of its StateMachineArn, as the role may', async () => {
  const roleArn = createMachineRole(account, 'outer');
  const Parameters = { StateMachineArn: `${stateMachineArn}#Sent` };
  const nested = (Resource: string) => ({
    StartAt: 'Nested',
    States: { Nested: { Type: 'Task', Resource, Parameters, OutputPath: '$.Output', End: true } },
  });
  const allowed = (Action: string | string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });
  const Statement = [
    allowed('states:StartExecution', stateMachineArn),
    allowed(
      ['states:DescribeExecution', 'states:StopExecution'],
      stateMachineArn.replace(':stateMachine:', ':execution:').concat(':*'),
    ),
    allowed(['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], '*'),
  ];
  account.iam.putRolePolicy({
    RoleName: 'outer',
    PolicyName: 'nested',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
  });
  const { stateMachineArn: outer } = account.states.createStateMachine({
    name: 'outer',
    roleArn,
    definition: JSON.stringify(nested('arn:aws:states:::states:startExecution.sync:2')),
  });
  const { executionArn } = account.states.startExecution({ stateMachineArn: outer });
  expect(await account.states.executionEnded(executionArn)).toMatchObject({ output: '{"answer":1}' });
});

test.each([
  ['Snet', /TestCases has no "Snet"\. Did you mean "Sent"\?/],
  ['Wrong', /TestCases\."Wrong": The workflow has no Task "Sned"\. Did you mean "Send"\?/],
])('refuses the test case %s', (testCase, message) => {
  expect(() => account.states.startExecution({ stateMachineArn: `${stateMachineArn}#${testCase}` })).toThrow(
    expect.objectContaining({ code: 'ValidationException', message: expect.stringMatching(message) }),
  );
});

test('without a mock configuration file, such a state machine does not exist, as on AWS', async () => {
  const plain = new Account();
  const roleArn = createMachineRole(plain);
  const created = plain.states.createStateMachine({ name: 'order', definition, roleArn });
  expect(() => plain.states.startExecution({ stateMachineArn: `${created.stateMachineArn}#Sent` })).toThrow(
    expect.objectContaining({
      code: 'StateMachineDoesNotExist',
      message: expect.stringContaining('statewright local --mock-config FILE'),
    }),
  );
  await plain.close();
});
