import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { Account } from '../../src/local-aws/account';
import { openStore } from '../../src/local-aws/persistence/store';
import { awsErrorOf } from './context';
import { allow, type LocalAws, startLocalAws, trust, zipOf } from './http/harness';

const definition = (functionArn: string) =>
  JSON.stringify({ StartAt: 'Call', States: { Call: { Type: 'Task', Resource: functionArn, End: true } } });
const pass = JSON.stringify({ StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } });

const code = `exports.handler = async () => ({ region: process.env.AWS_REGION });`;

const addRoles = ({ iam }: Account) => {
  for (const service of ['states', 'lambda']) {
    iam.createRole({ RoleName: service, AssumeRolePolicyDocument: trust(`${service}.amazonaws.com`) });
    iam.putRolePolicy({
      RoleName: service,
      PolicyName: 'p',
      PolicyDocument: allow('lambda:InvokeFunction', 'logs:*'),
    });
  }
};
const roleArn = (service: string) => `arn:aws:iam::123456789012:role/${service}`;

/** Not by `fetch`, which does not set the header Host. */
const post = (url: string, headers: Readonly<Record<string, string>>): Promise<unknown> =>
  new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers }, (answer) => json(answer).then(resolve, reject))
      .on('error', reject)
      .end();
  });

describe('over HTTP', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
    addRoles(aws.account);
  });
  afterAll(() => aws.close());

  const clients = (region: string) => ({
    sfn: new SFNClient({ ...aws.client, region, disableHostPrefix: true }),
    lambda: new LambdaClient({ ...aws.client, region }),
    logs: new CloudWatchLogsClient({ ...aws.client, region }),
  });

  test('each region has its own functions, state machines and log groups, with its own ARNs', async () => {
    for (const region of ['eu-west-1', 'us-west-2']) {
      const { sfn, lambda, logs } = clients(region);
      const { FunctionArn } = await lambda.send(
        new CreateFunctionCommand({
          FunctionName: 'Where',
          Role: roleArn('lambda'),
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: { ZipFile: zipOf(code) },
        }),
      );
      expect(FunctionArn).toBe(`arn:aws:lambda:${region}:123456789012:function:Where`);
      const { stateMachineArn } = await sfn.send(
        new CreateStateMachineCommand({
          name: 'call',
          type: 'EXPRESS',
          roleArn: roleArn('states'),
          definition: definition(FunctionArn as string),
        }),
      );
      expect(stateMachineArn).toBe(`arn:aws:states:${region}:123456789012:stateMachine:call`);
      const execution = await sfn.send(new StartSyncExecutionCommand({ stateMachineArn }));
      expect(execution.output).toBe(`{"region":"${region}"}`);
      const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
      expect(logGroups?.map(({ arn }) => arn)).toEqual([
        `arn:aws:logs:${region}:123456789012:log-group:/aws/lambda/Where:*`,
      ]);
    }
    const { stateMachines } = await clients('us-east-1').sfn.send(new ListStateMachinesCommand({}));
    expect(stateMachines).toEqual([]);
    expect(aws.account.regions.map(({ region }) => region)).toEqual(['us-east-1', 'eu-west-1', 'us-west-2']);
  });

  test('a resource of another region does not exist', async () => {
    const { sfn, lambda } = clients('eu-west-1');
    const stateMachineArn = 'arn:aws:states:us-west-2:123456789012:stateMachine:call';
    await expect(sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${stateMachineArn}'`,
    });
    const FunctionName = 'arn:aws:lambda:us-west-2:123456789012:function:Where';
    await expect(lambda.send(new InvokeCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Functions from 'us-west-2' are not reachable in this region ('eu-west-1')",
    });
  });

  test('a Task cannot call a function of another region', async () => {
    const { sfn } = clients('us-east-1');
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({
        name: 'far',
        type: 'EXPRESS',
        roleArn: roleArn('states'),
        definition: definition('arn:aws:lambda:us-west-2:123456789012:function:Where'),
      }),
    );
    expect(await sfn.send(new StartSyncExecutionCommand({ stateMachineArn }))).toMatchObject({
      error: 'Lambda.ResourceNotFoundException',
      cause: expect.stringMatching(/^Functions from 'us-west-2' are not reachable in this region/),
    });
  });

  test('the address of a package is that of the function in its region', async () => {
    const { lambda } = clients('us-west-2');
    const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName: 'Where' }));
    const answer = await fetch(Code?.Location as string);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(zipOf(code)));
  });

  test('an unsigned request is for the region of its host', async () => {
    const list = async (host: string) => {
      const { stateMachines } = (await post(aws.server.url, {
        host,
        'x-amz-target': 'AWSStepFunctions.ListStateMachines',
      })) as { stateMachines: { stateMachineArn: string }[] };
      return stateMachines.map(({ stateMachineArn }) => stateMachineArn.split(':')[3]);
    };
    expect(await list('states.eu-west-1.localhost')).toEqual(['eu-west-1']);
    expect(await list('127.0.0.1')).toEqual(['us-east-1']);
  });

  test('a region that AWS does not have is refused', async () => {
    const { sfn, lambda } = clients('eu-wset-1');
    const refusal = {
      name: 'InvalidSignatureException',
      message: 'Credential should be scoped to a valid region: "eu-wset-1" is not an AWS region.',
    };
    await expect(sfn.send(new ListStateMachinesCommand({}))).rejects.toMatchObject(refusal);
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'Where' }))).rejects.toMatchObject(
      refusal,
    );
  });
});

describe('roles', () => {
  let account: Account;
  beforeEach(() => {
    account = new Account({ accountId: '123456789012' });
  });
  afterEach(() => account.close());

  const addFunction = (region: string) =>
    account.in(region).lambda.createFunction({
      FunctionName: 'Where',
      Role: roleArn('role'),
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf(code) },
    });
  const addMachine = (region: string) =>
    account
      .in(region)
      .states.createStateMachine({ name: 'pass', roleArn: roleArn('role'), definition: pass });

  test.each([
    ['lambda', addFunction],
    ['states', addMachine],
  ])('a trust policy may name %s with its region', async (service, add) => {
    const AssumeRolePolicyDocument = trust(`${service}.eu-west-1.amazonaws.com`);
    account.iam.createRole({ RoleName: 'role', AssumeRolePolicyDocument });
    expect(() => add('eu-west-1')).not.toThrow();
    expect(await awsErrorOf(() => add('us-east-1'))).toMatch(/assume/);
  });

  test('aws:RequestedRegion is the region of the service that acts', async () => {
    account.iam.createRole({ RoleName: 'role', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    account.iam.putRolePolicy({
      RoleName: 'role',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'logs:*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
          },
        ],
      }),
    });
    const groupsIn = async (region: string) => {
      addFunction(region);
      const { lambda, logs } = account.in(region);
      await lambda.invoke({ FunctionName: 'Where' });
      return logs.describeLogGroups().logGroups.map(({ logGroupName }) => logGroupName);
    };
    expect(await groupsIn('eu-west-1')).toEqual(['/aws/lambda/Where']);
    expect(await groupsIn('us-east-1')).toEqual([]);
  });

  test('a log destination of another region is not found', async () => {
    account.iam.createRole({ RoleName: 'role', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
    account.in('eu-west-1').logs.createLogGroup({ logGroupName: 'far' });
    account.logs.createLogGroup({ logGroupName: 'far' });
    const logGroupArn = 'arn:aws:logs:eu-west-1:123456789012:log-group:far:*';
    const create = () =>
      account.states.createStateMachine({
        name: 'pass',
        roleArn: roleArn('role'),
        definition: pass,
        loggingConfiguration: { level: 'ALL', destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] },
      });
    expect(await awsErrorOf(create)).toMatch('Log Destination not found.');
  });
});

describe('on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'regions-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function use<T>(
    options: ConstructorParameters<typeof Account>[0],
    work: (account: Account) => T,
  ): Promise<T> {
    const store = await openStore(folder);
    try {
      const account = new Account({ ...options, openTable: store.openTable });
      const result = work(account);
      await account.close();
      return result;
    } finally {
      store.close();
    }
  }
  const addMachine = (account: Account, region: string) => {
    account
      .in(region)
      .states.createStateMachine({ name: 'pass', roleArn: roleArn('states'), definition: pass });
  };
  const machines = (account: Account) =>
    account.regions.map(({ region, states }) => [region, states.listStateMachines().stateMachines.length]);

  test('an account keeps its regions, whichever is the default', async () => {
    await use({ accountId: '123456789012' }, (account) => {
      addRoles(account);
      addMachine(account, 'us-east-1');
      addMachine(account, 'eu-west-1');
    });
    expect(await use({ region: 'eu-west-1' }, machines)).toEqual([
      ['eu-west-1', 1],
      ['us-east-1', 1],
    ]);
    expect(await use({ region: 'sa-east-1' }, machines)).toEqual([
      ['sa-east-1', 0],
      ['eu-west-1', 1],
      ['us-east-1', 1],
    ]);
  });

  test('an account of an earlier version opens with its own region and id', async () => {
    // What an earlier version wrote: the same records, and no identity.
    await use({ accountId: '123456789012', region: 'eu-west-1' }, (account) => {
      addRoles(account);
      addMachine(account, 'eu-west-1');
    });
    const store = await openStore(folder);
    store.openTable('account.identity').delete('account');
    store.close();

    expect(await use({ region: 'us-east-1' }, (account) => [account.accountId, machines(account)])).toEqual([
      '123456789012',
      [
        ['us-east-1', 0],
        ['eu-west-1', 1],
      ],
    ]);
  });

  test('an account cannot be opened under another id', async () => {
    await use({ accountId: '123456789012' }, () => {});
    await expect(use({ accountId: '210987654321' }, () => {})).rejects.toThrow(
      'The account in this folder is 123456789012, not 210987654321.',
    );
    expect(await use({}, ({ accountId }) => accountId)).toBe('123456789012');
  });
});
