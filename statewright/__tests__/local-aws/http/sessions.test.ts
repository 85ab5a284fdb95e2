import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListProvisionedConcurrencyConfigsCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateStateMachineAliasCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { SystemClock } from '../../../src/engine';
import { Account } from '../../../src/local-aws/account';
import { type RunningServer, startServer } from '../../../src/local-aws/server';
import { allow, trust, zipOf } from './harness';

/** A clock that can be set forward. */
class TestClock extends SystemClock {
  ahead = 0;

  override now(): number {
    return super.now() + this.ahead;
  }
}

const accessKeyId = 'LOCAL0123456789ABCDEF0123456789ABCDEF';
const accountId = '123456789012';
const deployArn = `arn:aws:iam::${accountId}:role/team/deploy`;
const machineArn = `arn:aws:states:us-east-1:${accountId}:stateMachine:m`;
const functionArn = `arn:aws:lambda:us-east-1:${accountId}:function:f`;
const deployer = `arn:aws:sts::${accountId}:assumed-role/deploy/laptop`;

const trustOf = (Principal: object, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more }],
  });

let clock: TestClock;
let account: Account;
let server: RunningServer;
beforeAll(async () => {
  clock = new TestClock();
  account = new Account({ accountId, clock });
  server = await startServer(account, { accessKeyOf: () => accessKeyId });
  account.iam.createRole({ RoleName: 'machine', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
  account.iam.createRole({ RoleName: 'f', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  account.states.createStateMachine({
    name: 'm',
    roleArn: `arn:aws:iam::${accountId}:role/machine`,
    definition: JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }),
  });
  account.lambda.createFunction({
    FunctionName: 'f',
    Role: `arn:aws:iam::${accountId}:role/f`,
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Code: {
      // The library signs with the variables of the environment.
      ZipFile: zipOf(`const { request } = require('node:http');
      const { sign } = require(${JSON.stringify(require.resolve('aws4'))});
      exports.handler = ({ target, body }) => new Promise((resolve, reject) => {
        const { hostname, port, host } = new URL(process.env.AWS_ENDPOINT_URL);
        const signed = sign({
          hostname, port, host, service: 'states', region: 'us-east-1', method: 'POST', path: '/',
          headers: { host, 'x-amz-target': target }, body: JSON.stringify(body),
        });
        request({ ...signed, host: hostname }, async (answer) => {
          let text = '';
          for await (const chunk of answer) text += chunk;
          resolve({ status: answer.statusCode, ...JSON.parse(text) });
        }).on('error', reject).end(signed.body);
      });`),
    },
  });
});
afterAll(async () => {
  await server.close();
  await account.close();
});

type Given = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
const owner: Given = { accessKeyId, secretAccessKey: 'local' };
const settings = (credentials: Given = owner) => ({
  endpoint: server.url,
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
});
const given = ({ AccessKeyId = '', SecretAccessKey = '', SessionToken = '' }: Partial<Credentials> = {}) => ({
  accessKeyId: AccessKeyId,
  secretAccessKey: SecretAccessKey,
  sessionToken: SessionToken,
});

const assume = async (
  request: Partial<ConstructorParameters<typeof AssumeRoleCommand>[0]> = {},
  as: Given = owner,
) => {
  const command = new AssumeRoleCommand({ RoleArn: deployArn, RoleSessionName: 'laptop', ...request });
  return given((await new STSClient(settings(as)).send(command)).Credentials);
};
const identity = async (as: Given) => {
  const { Arn, UserId } = await new STSClient(settings(as)).send(new GetCallerIdentityCommand());
  return [Arn, UserId];
};
const denies = (action: string, resource: string, user = deployer) =>
  `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

/** The role that the tests assume, anew for each. */
beforeEach(() => {
  const AssumeRolePolicyDocument = trustOf({ AWS: accountId });
  account.iam.createRole({ RoleName: 'deploy', Path: '/team/', AssumeRolePolicyDocument });
});
afterEach(() => {
  for (const PolicyName of account.iam.listRolePolicies({ RoleName: 'deploy' }).PolicyNames)
    account.iam.deleteRolePolicy({ RoleName: 'deploy', PolicyName });
  account.iam.deleteRole({ RoleName: 'deploy' });
});
const grant = (PolicyDocument: string, RoleName = 'deploy') =>
  account.iam.putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument });

describe('a function', () => {
  const user = `arn:aws:sts::${accountId}:assumed-role/f/f`;
  const call = async (target: string, body: object) => {
    const Payload = JSON.stringify({ target, body });
    return JSON.parse((await account.lambda.invoke({ FunctionName: 'f', Payload })).Payload as string);
  };

  test('calls as its role', async () => {
    const start = () => call('AWSStepFunctions.StartExecution', { stateMachineArn: machineArn });
    expect(await start()).toEqual({
      status: 400,
      __type: 'AccessDeniedException',
      message: denies('states:StartExecution', machineArn, user),
    });
    grant(allow('states:StartExecution'), 'f');
    expect(await start()).toMatchObject({ status: 200, executionArn: expect.any(String) });
    expect(await call('AWSStepFunctions.ListStateMachines', {})).toMatchObject({ status: 400 });
  });

  test('cannot name the resource by a member that the operation ignores', async () => {
    const executionArn = `arn:aws:states:us-east-1:${accountId}:execution:other:name`;
    grant(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'states:DescribeExecution', Resource: machineArn },
      }),
      'f',
    );
    expect(
      await call('AWSStepFunctions.DescribeExecution', { executionArn, stateMachineArn: machineArn }),
    ).toMatchObject({ status: 400, message: denies('states:DescribeExecution', executionArn, user) });
  });
});

describe('an assumed role', () => {
  test('says who it is, without a permission', async () => {
    const session = await assume();
    const { RoleId } = account.iam.getRole({ RoleName: 'deploy' }).Role;
    expect(await identity(session)).toEqual([deployer, `${RoleId}:laptop`]);
    expect(await identity(owner)).toEqual([`arn:aws:iam::${accountId}:root`, accountId]);
  });

  test("is denied in each service's own words, and allowed with a policy", async () => {
    const session = settings(await assume());
    const calls: [string, string, string, number, () => Promise<unknown>][] = [
      [
        'AccessDeniedException',
        'states:ListStateMachines',
        '*',
        400,
        () => new SFNClient(session).send(new ListStateMachinesCommand()),
      ],
      [
        'AccessDeniedException',
        'logs:DescribeLogGroups',
        `arn:aws:logs:us-east-1:${accountId}:log-group::log-stream:`,
        400,
        () => new CloudWatchLogsClient(session).send(new DescribeLogGroupsCommand()),
      ],
      [
        'AccessDeniedException',
        'lambda:InvokeFunction',
        functionArn,
        403,
        () =>
          new LambdaClient(session).send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'DryRun' })),
      ],
      [
        'AccessDeniedException',
        'lambda:ListProvisionedConcurrencyConfigs',
        functionArn,
        403,
        () =>
          new LambdaClient(session).send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'f' })),
      ],
      [
        'AccessDenied',
        'iam:GetRole',
        deployArn,
        403,
        () => new IAMClient(session).send(new GetRoleCommand({ RoleName: 'deploy' })),
      ],
      [
        'AccessDenied',
        'iam:ListRoles',
        `arn:aws:iam::${accountId}:role/`,
        403,
        () => new IAMClient(session).send(new ListRolesCommand()),
      ],
    ];
    for (const [name, action, resource, httpStatusCode, call] of calls) {
      const denial = { name, message: denies(action, resource), $metadata: { httpStatusCode } };
      await expect(call()).rejects.toMatchObject(denial);
      grant(allow(action));
      await call();
    }
  });

  test('needs a permission for each log group of a query', async () => {
    const session = settings(await assume());
    const groupArn = (name: string) => `arn:aws:logs:us-east-1:${accountId}:log-group:${name}:log-stream:`;
    for (const logGroupName of ['a', 'b']) account.logs.createLogGroup({ logGroupName });
    const start = (...logGroupNames: string[]) =>
      new CloudWatchLogsClient(session).send(
        new StartQueryCommand({ logGroupNames, startTime: 0, endTime: 1, queryString: 'limit 1' }),
      );
    grant(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'logs:StartQuery', Resource: groupArn('a') },
      }),
    );
    expect((await start('a')).queryId).toEqual(expect.any(String));
    await expect(start('a', 'b')).rejects.toMatchObject({
      message: denies('logs:StartQuery', groupArn('b')),
    });
    const logGroupIdentifiers = [`arn:aws:logs:us-east-1:${accountId}:log-group:b`];
    await expect(
      new CloudWatchLogsClient(session).send(
        new StartQueryCommand({ logGroupIdentifiers, startTime: 0, endTime: 1, queryString: 'limit 1' }),
      ),
    ).rejects.toMatchObject({ message: denies('logs:StartQuery', groupArn('b')) });
  });

  test('is denied with the ARN of an OpenID Connect provider, or of a service-linked role', async () => {
    const session = settings(await assume());
    const client = new IAMClient(session);
    const provider = `arn:aws:iam::${accountId}:oidc-provider/example.com`;
    await expect(
      client.send(new CreateOpenIDConnectProviderCommand({ Url: 'https://example.com' })),
    ).rejects.toMatchObject({ message: denies('iam:CreateOpenIDConnectProvider', provider) });
    await expect(
      client.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: provider })),
    ).rejects.toMatchObject({ message: denies('iam:DeleteOpenIDConnectProvider', provider) });
    const role = `arn:aws:iam::${accountId}:role/aws-service-role/ecs.amazonaws.com/*`;
    await expect(
      client.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' })),
    ).rejects.toMatchObject({ message: denies('iam:CreateServiceLinkedRole', role) });
  });

  test('needs iam:PassRole for the role of what it creates', async () => {
    const session = settings(await assume());
    grant(allow('lambda:*'));
    const Role = `arn:aws:iam::${accountId}:role/f`;
    const command = { FunctionName: 'g', Role, Handler: 'index.handler', Runtime: 'nodejs24.x' } as const;
    const create = () =>
      new LambdaClient(session).send(
        new CreateFunctionCommand({ ...command, Code: { ZipFile: zipOf('exports.handler = () => 1;') } }),
      );
    await expect(create()).rejects.toMatchObject({ message: denies('iam:PassRole', Role) });
    const pass = (service: string) => ({
      Effect: 'Allow',
      Action: ['lambda:*', 'iam:PassRole'],
      Resource: '*',
      Condition: { StringEqualsIfExists: { 'iam:PassedToService': service } },
    });
    const document = (service: string) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ ...pass(service) }] });
    grant(document('states.amazonaws.com'));
    await expect(create()).rejects.toMatchObject({ message: denies('iam:PassRole', Role) });
    grant(document('lambda.amazonaws.com'));
    await create();
  });

  test("may call what a function's own policy allows", async () => {
    const call = new InvokeCommand({ FunctionName: 'f', InvocationType: 'DryRun' });
    const client = new LambdaClient(settings(await assume()));
    await expect(client.send(call)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const permission = { FunctionName: 'f', StatementId: 'deploy' };
    account.lambda.addPermission({ ...permission, Principal: deployArn, Action: 'lambda:InvokeFunction' });
    await client.send(call);
    account.lambda.removePermission(permission);
  });

  test('of a version is asked for as its state machine, with the qualifier as a condition key', async () => {
    const { stateMachineVersionArn } = account.states.publishStateMachineVersion({
      stateMachineArn: machineArn,
    });
    const client = new SFNClient(settings(await assume()));
    const only = (qualifier: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'states:StartExecution',
            Resource: machineArn,
            Condition: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': [qualifier] } },
          },
        ],
      });
    const start = () => client.send(new StartExecutionCommand({ stateMachineArn: stateMachineVersionArn }));
    grant(only('PROD'));
    await expect(start()).rejects.toMatchObject({ message: denies('states:StartExecution', machineArn) });
    grant(only('1'));
    await start();
  });

  test("needs a permission for the state machine of an alias, not for one with the alias's name", async () => {
    const { stateMachineVersionArn } = account.states.publishStateMachineVersion({
      stateMachineArn: machineArn,
    });
    const client = new SFNClient(settings(await assume()));
    const create = () =>
      client.send(
        new CreateStateMachineAliasCommand({
          name: 'allowed',
          routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
        }),
      );
    const on = (name: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Action: 'states:CreateStateMachineAlias',
          Resource: `arn:aws:states:us-east-1:${accountId}:stateMachine:${name}`,
        },
      });
    grant(on('allowed'));
    await expect(create()).rejects.toMatchObject({
      message: denies('states:CreateStateMachineAlias', machineArn),
    });
    grant(on('m'));
    await create();
  });

  test('is limited by its session policies', async () => {
    grant(allow('*'));
    const Policy = allow('states:*');
    const session = settings(await assume({ Policy }));
    await new SFNClient(session).send(new ListStateMachinesCommand());
    await expect(new IAMClient(session).send(new ListRolesCommand())).rejects.toMatchObject({
      message: expect.stringMatching(/ because no session policy allows the iam:ListRoles action$/),
    });
  });

  test('expires', async () => {
    const session = await assume({ DurationSeconds: 900 });
    clock.ahead += 899_000;
    await identity(session);
    clock.ahead += 2000;
    await expect(identity(session)).rejects.toMatchObject({
      name: 'ExpiredToken',
      message: 'The security token included in the request is expired',
    });
    await expect(new SFNClient(settings(session)).send(new ListStateMachinesCommand())).rejects.toMatchObject(
      {
        name: 'ExpiredTokenException',
      },
    );
  });

  test('ends with its role, and needs its token', async () => {
    const session = await assume();
    await expect(identity({ ...session, sessionToken: 'x' })).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    });
    account.iam.deleteRole({ RoleName: 'deploy' });
    account.iam.createRole({
      RoleName: 'deploy',
      Path: '/team/',
      AssumeRolePolicyDocument: trustOf({ AWS: accountId }),
    });
    await expect(identity(session)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });
});

describe('who may assume a role', () => {
  const refused = (user: string) => ({
    name: 'AccessDenied',
    message: `User: ${user} is not authorized to perform: sts:AssumeRole on resource: ${deployArn}`,
  });
  const setTrust = (PolicyDocument: string) =>
    account.iam.updateAssumeRolePolicy({ RoleName: 'deploy', PolicyDocument });
  const root = `arn:aws:iam::${accountId}:root`;

  test('the owner, if the trust policy names the account', async () => {
    setTrust(trust('lambda.amazonaws.com'));
    await expect(assume()).rejects.toMatchObject(refused(root));
    setTrust(trustOf({ AWS: '210987654321' }));
    await expect(assume()).rejects.toMatchObject(refused(root));
    setTrust(trustOf({ AWS: root }, { Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } }));
    await expect(assume()).rejects.toMatchObject(refused(root));
    await assume({ ExternalId: 'secret' });
    await expect(assume({ RoleArn: `${deployArn}2` })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('another role: if the trust policy names it, or the account, and its own policies allow it', async () => {
    account.iam.createRole({ RoleName: 'ci', AssumeRolePolicyDocument: trustOf({ AWS: accountId }) });
    const roleArn = `arn:aws:iam::${accountId}:role/ci`;
    const ci = await assume({ RoleArn: roleArn, RoleSessionName: 'run' });
    const user = `arn:aws:sts::${accountId}:assumed-role/ci/run`;
    await expect(assume({}, ci)).rejects.toMatchObject(refused(user));
    grant(allow('sts:AssumeRole'), 'ci');
    expect(await identity(await assume({}, ci))).toEqual([deployer, expect.any(String)]);
    grant(allow('s3:*'), 'ci');
    setTrust(trustOf({ AWS: roleArn }));
    await assume({}, ci);
    await expect(assume({ DurationSeconds: 7200 }, ci)).rejects.toMatchObject({
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    });
    account.iam.updateRole({ RoleName: 'deploy', MaxSessionDuration: 7200 });
    await expect(assume({ DurationSeconds: 7200 }, ci)).rejects.toMatchObject({
      message: expect.stringContaining('1 hour session limit'),
    });
  });

  test('the owner gets a session of its own, and a role does not', async () => {
    const token = (as: Given) => new STSClient(settings(as)).send(new GetSessionTokenCommand());
    const session = given((await token(owner)).Credentials);
    expect(await identity(session)).toEqual([root, accountId]);
    await new IAMClient(settings(session)).send(
      new CreateRoleCommand({
        RoleName: 'by-session',
        AssumeRolePolicyDocument: trustOf({ AWS: accountId }),
      }),
    );
    await expect(token(await assume())).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Cannot call GetSessionToken with session credentials',
    });
  });
});

test('a user calls with its access key, by its own policies and those of its groups', async () => {
  const { iam } = account;
  iam.createUser({ UserName: 'ci' });
  const { AccessKey } = iam.createAccessKey({ UserName: 'ci' });
  const { AccessKeyId, SecretAccessKey } = AccessKey;
  const user = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
  const arn = `arn:aws:iam::${accountId}:user/ci`;
  expect((await identity(user))[0]).toBe(arn);
  const list = () => new SFNClient(settings(user)).send(new ListStateMachinesCommand());
  await expect(list()).rejects.toMatchObject({ message: denies('states:ListStateMachines', '*', arn) });

  iam.createGroup({ GroupName: 'readers' });
  iam.addUserToGroup({ GroupName: 'readers', UserName: 'ci' });
  iam.putGroupPolicy({ GroupName: 'readers', PolicyName: 'own', PolicyDocument: allow('states:List*') });
  await list();
  iam.putUserPermissionsBoundary({
    UserName: 'ci',
    PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
  });
  await expect(list()).rejects.toMatchObject({ message: expect.stringContaining('no permissions boundary') });
  iam.deleteUserPermissionsBoundary({ UserName: 'ci' });
  iam.putUserPolicy({ UserName: 'ci', PolicyName: 'own', PolicyDocument: allow('sts:AssumeRole') });
  expect((await identity(await assume({}, user)))[0]).toBe(deployer);

  iam.updateAccessKey({ UserName: 'ci', AccessKeyId, Status: 'Inactive' });
  await expect(identity(user)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
});

describe('a web identity', () => {
  const provider = 'token.actions.githubusercontent.com';
  const now = () => Math.floor(clock.now() / 1000);
  const token = (claims: object) =>
    [
      '{}',
      JSON.stringify({ iss: `https://${provider}`, aud: 'sts.amazonaws.com', exp: now() + 60, ...claims }),
    ]
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.')
      .concat('.signature');
  const request = (WebIdentityToken: string) => ({
    RoleArn: deployArn,
    RoleSessionName: 'run',
    WebIdentityToken,
  });

  test('assumes a role whose trust policy names its provider and its subject', async () => {
    const open = await startServer(account);
    const client = new STSClient({ endpoint: open.url, region: 'us-east-1', maxAttempts: 1 });
    const call = (claims: object) =>
      client.send(new AssumeRoleWithWebIdentityCommand(request(token(claims))));
    account.iam.updateAssumeRolePolicy({
      RoleName: 'deploy',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${provider}` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringLike: { [`${provider}:sub`]: 'repo:org/app:*' } },
          },
        ],
      }),
    });
    const { Credentials } = await call({ sub: 'repo:org/app:main' });
    expect((await identity(given(Credentials)))[0]).toBe(`arn:aws:sts::${accountId}:assumed-role/deploy/run`);
    await expect(call({ sub: 'repo:other/app:main' })).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(call({ sub: 'repo:org/app:main', exp: now() - 1 })).rejects.toMatchObject({
      name: 'ExpiredTokenException',
    });
    for (const Url of [`https://${provider}`, `https://${provider}/`]) {
      const ClientIDList = ['another client'];
      const { OpenIDConnectProviderArn } = account.iam.createOpenIDConnectProvider({ Url, ClientIDList });
      await expect(call({ sub: 'repo:org/app:main' })).rejects.toThrow('Incorrect token audience');
      account.iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn });
    }
    await expect(
      client.send(new AssumeRoleWithWebIdentityCommand(request('no token'))),
    ).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' });
    await open.close();
  });

  test('is not let in without the access key', async () => {
    const client = new STSClient({ endpoint: server.url, region: 'us-east-1', maxAttempts: 1 });
    await expect(
      client.send(new AssumeRoleWithWebIdentityCommand(request(token({ sub: 'x' })))),
    ).rejects.toMatchObject({ name: 'MissingAuthenticationToken' });
  });
});
