import fc from 'fast-check';
import { Account } from '../../../src/local-aws/account';
import { awsApp } from '../../../src/local-aws/http/app';
import { iamApi } from '../../../src/local-aws/iam/requests';
import { logsApi } from '../../../src/local-aws/logs/requests';
import { statesApi } from '../../../src/local-aws/step-functions/requests';
import { trust } from './harness';

const account = new Account();
const app = awsApp(account, { host: '127.0.0.1' });
afterAll(() => account.close());

const { Role } = account.iam.createRole({
  RoleName: 'machine',
  AssumeRolePolicyDocument: trust('states.amazonaws.com'),
});
const definition = '{"StartAt":"Only","States":{"Only":{"Type":"Pass","End":true}}}';
const { stateMachineArn } = account.states.createStateMachine({
  name: 'state',
  definition,
  roleArn: Role.Arn,
});
const { executionArn } = account.states.startExecution({ stateMachineArn, name: 'first' });
const group = { logGroupName: '/group', logStreamName: 'stream' };
account.logs.createLogGroup(group);
account.logs.createLogStream(group);

/** Valid requests, so that a missing member does not hide what is wrong with another. */
const statesMembers = {
  ...{
    stateMachineArn,
    executionArn,
    name: 'other',
    definition,
    roleArn: Role.Arn,
    input: '{}',
    output: '{}',
  },
  ...{ stateMachineVersionArn: `${stateMachineArn}:1`, stateMachineAliasArn: `${stateMachineArn}:prod` },
  ...{ routingConfiguration: [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }] },
  ...{ resourceArn: stateMachineArn, tags: [{ key: 'a', value: 'b' }], tagKeys: ['a'], taskToken: 'token' },
  ...{ maxResults: 10, loggingConfiguration: { level: 'OFF' }, encryptionConfiguration: {}, nextToken: 'x' },
};
const logsMembers = {
  ...group,
  ...{
    retentionInDays: 7,
    tags: {},
    tagKeys: ['a'],
    resourceArn: 'arn:aws:logs:us-east-1:0:log-group:/group',
  },
  ...{ logEvents: [{ timestamp: 1, message: 'm' }], filterPattern: 'x', startTime: 0, endTime: 1, limit: 1 },
  ...{ nextToken: 'x', logStreamNames: ['stream'], logGroupNamePrefix: '/', orderBy: 'LogStreamName' },
};
const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*"}]}';
const iamMembers = {
  ...{ RoleName: 'machine', PolicyName: 'p', PolicyDocument: policy, AssumeRolePolicyDocument: policy },
  ...{
    PolicyArn: 'arn:aws:iam::000000000000:policy/p',
    VersionId: 'v1',
    Path: '/',
    MaxItems: '1',
    Marker: 'x',
  },
  ...{ 'Tags.member.1.Key': 'k', 'Tags.member.1.Value': 'v', 'TagKeys.member.1': 'k', SetAsDefault: 'true' },
};

/** Texts that almost have a meaning. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'arn:',
    'arn:aws:states:::',
    `${stateMachineArn}:`,
    '__proto__',
    '{',
    '{"a":',
    '[',
    '%',
    '%(%',
  ),
  fc.constantFrom(
    '{ $.a = ',
    '{ $.a = "x" } y',
    '[a, b]',
    '"',
    '-',
    '?',
    `${'x'.repeat(70_000)}`,
    policy,
    '{}',
  ),
  fc.nat().map((place) => Buffer.from(`item:${place}`).toString('base64url')),
  fc.stringMatching(/^[fb]\/\d{56}\/s$/),
);
const anything = fc.oneof(text, fc.jsonValue(), fc.integer(), fc.double(), fc.constant(null));

/** A request in which one or two members have other values. */
const spoilt = <T extends object>(members: T, value: fc.Arbitrary<unknown>) =>
  fc
    .dictionary(fc.constantFrom(...Object.keys(members)), value, { minKeys: 1, maxKeys: 2 })
    .map((changed) => ({ ...members, ...changed }));

/** Sends a request. @throws Error when the answer is a server error, which clients retry for minutes */
async function answerTo(headers: Record<string, string>, body: string): Promise<void> {
  const answer = await app.request('http://127.0.0.1/', { method: 'POST', headers, body });
  if (answer.status >= 500) throw new Error(`${answer.status} ${await answer.text()}`);
}

/** Few members of an operation can be wrong in few ways, and there are 200 operations. */
const runs = { numRuns: 40 };

describe('no value of a member leads to a server error', () => {
  test.each(Object.keys(statesApi.requests))('Step Functions %s', async (operation) => {
    const headers = { 'x-amz-target': `AWSStepFunctions.${operation}` };
    await fc.assert(
      fc.asyncProperty(spoilt(statesMembers, anything), (members) =>
        answerTo(headers, JSON.stringify(members)),
      ),
      runs,
    );
  });

  test.each(Object.keys(logsApi.requests))('CloudWatch Logs %s', async (operation) => {
    const headers = { 'x-amz-target': `Logs_20140328.${operation}` };
    await fc.assert(
      fc.asyncProperty(spoilt(logsMembers, anything), (members) =>
        answerTo(headers, JSON.stringify(members)),
      ),
      runs,
    );
  });

  test.each(Object.keys(iamApi.requests))('IAM %s', async (Action) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await fc.assert(
      fc.asyncProperty(spoilt(iamMembers, text), (members) =>
        answerTo(headers, new URLSearchParams({ ...(members as object), Action }).toString()),
      ),
      runs,
    );
  });

  test('arbitrary bodies', async () => {
    const target = { 'x-amz-target': 'AWSStepFunctions.StartExecution' };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(target, form, {}), (body, headers) => answerTo(headers, body)),
    );
  });
});
