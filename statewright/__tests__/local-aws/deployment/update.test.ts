import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account } from '../../../src/local-aws/account';
import { deployTerraformJson, type Progress } from '../../../src/local-aws/deployment';
import { RunningVersions, UpdatableStack } from '../../../src/local-aws/deployment/update';
import { lastingTables } from '../context';

let folder: string;
let account: Account;
let versions: RunningVersions;
let stack: UpdatableStack;
let onProgress: (progress: Progress) => void = () => {};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'update-'));
  versions = new RunningVersions();
  account = new Account({ lambdaInvoker: (lambda) => versions.invoker(lambda) });
  versions.watch(account.in(account.region));
  stack = new UpdatableStack(account, { beforeChange: (lambda, name) => versions.keep(lambda, name) });
  onProgress = () => {};
});
afterEach(async () => {
  await account.close();
  rmSync(folder, { recursive: true });
});

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
const allow = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

const call = { Type: 'Task', Resource: `\${aws_lambda_function.f.arn}` };
/** Waits for a message, with a task token, between two calls of the function. */
const callTwice = {
  StartAt: 'First',
  States: {
    First: { ...call, Next: 'Pause' },
    Pause: { Type: 'Task', Resource: `\${aws_sfn_activity.pause.id}`, Next: 'Second' },
    Second: { ...call, End: true },
  },
};

interface Parts {
  readonly code?: string;
  readonly definition?: object;
  readonly timeout?: number;
  readonly action?: string;
  readonly type?: string;
  readonly more?: object;
}

const code = (answer: string) => `exports.handler = async () => ${JSON.stringify(answer)};`;

/** Deploys the stack with these parts, and describes the changes. */
async function deploy({ code: text = code('one'), definition = callTwice, ...parts }: Parts = {}) {
  const { timeout = 3, action = 'lambda:InvokeFunction', type = 'STANDARD', more = {} } = parts;
  writeFileSync(join(folder, 'index.js'), text);
  const json = {
    data: {
      archive_file: {
        f: { type: 'zip', source_file: `\${path.module}/index.js`, output_path: 'f.zip' },
      },
    },
    resource: {
      aws_iam_role: {
        f: { name: 'function', assume_role_policy: trust('lambda.amazonaws.com') },
        m: { name: 'machine', assume_role_policy: trust('states.amazonaws.com') },
      },
      aws_iam_role_policy: { m: { name: 'invoke', role: `\${aws_iam_role.m.id}`, policy: allow(action) } },
      aws_lambda_function: {
        f: {
          function_name: 'f',
          handler: 'index.handler',
          runtime: 'nodejs22.x',
          role: `\${aws_iam_role.f.arn}`,
          filename: `\${data.archive_file.f.output_path}`,
          timeout,
        },
      },
      aws_sfn_activity: { pause: { name: 'pause' } },
      aws_sfn_state_machine: {
        m: { name: 'm', type, role_arn: `\${aws_iam_role.m.arn}`, definition: JSON.stringify(definition) },
      },
      ...more,
    },
  };
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(json));
  const { changes } = await stack.deploy((target) => deployTerraformJson(target, folder, { onProgress }));
  return changes.map(({ action, subject, members }) => [`${action} ${subject}`, ...members].join(' '));
}

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
const activityArn = 'arn:aws:states:us-east-1:000000000000:activity:pause';
const start = () => account.states.startExecution({ stateMachineArn }).executionArn;

/** Lets the execution that waits for the activity continue. */
async function resume() {
  const { taskToken } = await account.states.getActivityTask({ activityArn });
  account.states.sendTaskSuccess({ taskToken: String(taskToken), output: '{}' });
}

const outputOf = async (executionArn: string) => (await account.states.executionEnded(executionArn)).output;

test('the first deployment creates everything, and the same again changes nothing', async () => {
  expect(await deploy()).toEqual([
    'created role function',
    'created role machine',
    'created policy invoke of role machine',
    'created Lambda function f',
    'created activity pause',
    'created state machine m',
  ]);
  expect(await deploy()).toEqual([]);
});

test.each<[string, Parts, string[]]>([
  ['code', { code: code('two') }, ['updated Lambda function f Code']],
  ['a setting of a function', { timeout: 9 }, ['updated Lambda function f Timeout']],
  [
    'a definition',
    { definition: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } } },
    ['updated state machine m definition'],
  ],
  ['a policy', { action: 'lambda:*' }, ['updated policy invoke of role machine PolicyDocument']],
])('a change of %s changes that alone', async (_, parts, changes) => {
  await deploy();
  expect(await deploy(parts)).toEqual(changes);
  expect(await deploy(parts)).toEqual([]);
});

test('what the stack no longer has is deleted', async () => {
  const other = { aws_cloudwatch_log_group: { g: { name: 'g', retention_in_days: 7 } } };
  await deploy({ more: other });
  expect(account.logs.describeLogGroups().logGroups.map(({ logGroupName }) => logGroupName)).toContain('g');

  expect(await deploy()).toEqual(['deleted retention of log group g', 'deleted log group g']);
  expect(account.logs.describeLogGroups().logGroups).toEqual([]);
});

test('what was deleted in the console is created again, and nothing else changes', async () => {
  const more = {
    aws_sfn_state_machine: {
      v: {
        name: 'v',
        role_arn: `\${aws_iam_role.m.arn}`,
        publish: true,
        definition: JSON.stringify(callTwice),
      },
    },
    aws_sfn_alias: {
      live: {
        name: 'live',
        routing_configuration: {
          state_machine_version_arn: `\${aws_sfn_state_machine.v.state_machine_version_arn}`,
          weight: 100,
        },
      },
    },
  };
  await deploy({ more });
  account.states.deleteStateMachine({ stateMachineArn: stateMachineArn.replace(/m$/, 'v') });
  account.states.deleteActivity({ activityArn });
  expect(await deploy({ more })).toEqual([
    'created activity pause',
    'created state machine v',
    'created alias live of state machine v',
  ]);
  expect(await deploy({ more })).toEqual([]);
});

test('a second role with the same name is refused, as AWS does, also in an update', async () => {
  const trusted = (name: string, service: string) => ({ name, assume_role_policy: trust(service) });
  const roles = (name: string) => ({
    aws_iam_role: {
      f: trusted('function', 'lambda.amazonaws.com'),
      m: trusted('machine', 'states.amazonaws.com'),
      other: trusted(name, 'events.amazonaws.com'),
    },
  });
  await expect(deploy({ more: roles('machine') })).rejects.toThrow('Role with name machine already exists.');
  await deploy({ more: roles('other') });
  await expect(deploy({ more: roles('machine') })).rejects.toThrow('Role with name machine already exists.');
});

test('an OpenID Connect provider is changed and deleted', async () => {
  const provider = (...client_id_list: string[]) => ({
    more: { aws_iam_openid_connect_provider: { p: { url: 'https://example.com', client_id_list } } },
  });
  const OpenIDConnectProviderArn = 'arn:aws:iam::000000000000:oidc-provider/example.com';
  await deploy(provider('a'));
  expect(await deploy(provider('b'))).toEqual([
    'updated OpenID Connect provider https://example.com ClientIDList',
  ]);
  expect(account.iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn }).ClientIDList).toEqual(['b']);
  expect(await deploy()).toEqual(['deleted OpenID Connect provider https://example.com']);
  expect(account.iam.listOpenIDConnectProviders().OpenIDConnectProviderList).toEqual([]);
});

test('what UpdateStateMachine cannot change replaces the state machine', async () => {
  await deploy();
  await deploy({ type: 'EXPRESS', definition: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } } });

  expect(account.states.describeStateMachine({ stateMachineArn }).type).toBe('EXPRESS');
});

test('a definition that Step Functions refuses leaves the state machine as it was', async () => {
  await deploy();
  const before = account.states.describeStateMachine({ stateMachineArn }).definition;

  await expect(deploy({ definition: { StartAt: 'None', States: {} } })).rejects.toThrow('InvalidDefinition');
  expect(account.states.describeStateMachine({ stateMachineArn }).definition).toBe(before);
  expect(await deploy()).toEqual([]);
});

test('a running execution continues with the definition and the code that it started with', async () => {
  await deploy();
  const before = start();
  const { taskToken } = await account.states.getActivityTask({ activityArn });
  await deploy({ code: code('two') });
  await deploy({
    code: code('three'),
    definition: { StartAt: 'Only', States: { Only: { ...call, End: true } } },
  });
  expect(await outputOf(start())).toBe('"three"');

  account.states.sendTaskSuccess({ taskToken: String(taskToken), output: '{}' });
  expect(await outputOf(before)).toBe('"one"');
  const { Versions } = account.lambda.listVersionsByFunction({ FunctionName: 'f' });
  expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST']);
});

test('an execution that starts after a change calls the new code, also while an earlier one runs', async () => {
  await deploy();
  const first = start();
  await deploy({ code: code('two') });
  const second = start();
  await resume();
  await resume();

  expect(await outputOf(first)).toBe('"one"');
  expect(await outputOf(second)).toBe('"two"');
});

test('resources that exist in an account are taken over', async () => {
  await deploy();
  stack = new UpdatableStack(account);

  expect(await deploy({ code: code('two') })).toContain('updated Lambda function f');
  expect(await deploy({ code: code('two') })).toEqual([]);
});

test('the role of a state machine is changed in an account that another process has deployed to', async () => {
  await deploy();
  stack = new UpdatableStack(account);
  const other = { name: 'other', assume_role_policy: trust('states.amazonaws.com') };
  const roles = {
    aws_iam_role: { f: { name: 'function', assume_role_policy: trust('lambda.amazonaws.com') }, m: other },
  };

  await deploy({ more: roles });
  expect(account.states.describeStateMachine({ stateMachineArn }).roleArn).toMatch(/role\/other$/);
});

test('a managed policy gets a new version only if its document differs, and its tags', async () => {
  const PolicyArn = 'arn:aws:iam::000000000000:policy/p';
  const policy = (action: string, tags: object) => ({
    more: { aws_iam_policy: { p: { name: 'p', policy: allow(action), tags } } },
  });
  const found = () => [
    account.iam.getPolicy({ PolicyArn }).Policy.DefaultVersionId,
    account.iam.listPolicyTags({ PolicyArn }).Tags,
  ];
  await deploy(policy('s3:*', { team: 'a' }));
  stack = new UpdatableStack(account);
  await deploy(policy('s3:*', { other: 'b' }));
  expect(found()).toEqual(['v1', [{ Key: 'other', Value: 'b' }]]);
  await deploy(policy('sqs:*', {}));
  expect(found()).toEqual(['v2', []]);
});

test('what something else uses is not deleted: AWS says why, and the next deployment deletes it', async () => {
  const PolicyArn = 'arn:aws:iam::000000000000:policy/p';
  await deploy({ more: { aws_iam_policy: { p: { name: 'p', policy: allow('s3:*') } } } });
  account.iam.attachRolePolicy({ RoleName: 'machine', PolicyArn });
  await expect(deploy()).rejects.toThrow(
    'The stack no longer has the policy p, which cannot be deleted: DeleteConflict: ',
  );
  account.iam.detachRolePolicy({ RoleName: 'machine', PolicyArn });
  expect(await deploy()).toEqual(['deleted policy p']);
});

test('an unchanged layer is not published again by another process', async () => {
  const layer = (description: string) => ({
    more: {
      aws_lambda_layer_version: {
        l: { layer_name: 'l', description, filename: `\${data.archive_file.f.output_path}` },
      },
    },
  });
  const versionsOfLayer = () =>
    account.lambda.listLayerVersions({ LayerName: 'l' }).LayerVersions.map(({ Version }) => Version);
  await deploy(layer('first'));
  stack = new UpdatableStack(account);
  await deploy(layer('first'));
  expect(versionsOfLayer()).toEqual([1]);

  stack = new UpdatableStack(account);
  await deploy(layer('second'));
  expect(versionsOfLayer()).toEqual([2, 1]);
});

describe('after a restart', () => {
  const restart = (name = folder, workspace = 'default') => {
    stack = new UpdatableStack(account, { folder: name, workspace });
  };
  const more = {
    aws_iam_policy: { p: { name: 'p', policy: allow('s3:*') } },
    aws_cloudwatch_log_group: { g: { name: 'g', retention_in_days: 7 } },
    aws_lambda_alias: { a: { name: 'live', function_name: 'f', function_version: '$LATEST' } },
    aws_sfn_activity: { pause: { name: 'pause' }, other: { name: 'other' } },
  };
  const MORE = [
    'deleted activity other',
    'deleted alias live of Lambda function f',
    'deleted log group g',
    'deleted policy p',
    'deleted retention of log group g',
  ];
  const deletedIn = (changes: readonly string[]) =>
    changes.filter((change) => change.startsWith('deleted')).sort();
  beforeEach(() => restart());

  test('what the stack no longer has is deleted, and executions are kept', async () => {
    await deploy({ more });
    const executionArn = start();
    await resume();
    await account.states.executionEnded(executionArn);
    restart();

    expect(deletedIn(await deploy())).toEqual(MORE);
    expect(account.states.describeExecution({ executionArn }).status).toBe('SUCCEEDED');
    restart();
    expect(deletedIn(await deploy())).toEqual([]);
  });

  test('a stack that is deployed to another region deletes nothing in the first one', async () => {
    const openTable = lastingTables();
    for (const region of ['us-east-1', 'eu-west-1']) {
      await account.close();
      account = new Account({ openTable, region });
      restart();
      await deploy();
    }
    const machines = account.regions.map(({ states }) => states.listStateMachines({}).stateMachines.length);
    expect(machines).toEqual([1, 1]);
  });

  test('a stack in another workspace deletes nothing of the first one', async () => {
    await deploy({ more });
    restart(folder, 'prod');
    expect(deletedIn(await deploy())).toEqual([]);
    restart();
    expect(deletedIn(await deploy())).toEqual(MORE);
  });

  test('what the stack never had stays, and so does what another stack has taken over', async () => {
    account.logs.createLogGroup({ logGroupName: 'own' });
    await deploy({ more });
    restart('/another');
    await deploy({ more });
    restart();

    await deploy();
    expect(account.logs.describeLogGroups().logGroups.map(({ logGroupName }) => logGroupName)).toEqual([
      'g',
      'own',
    ]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'a deployment that ended at resource %i is completed',
    async (last) => {
      let done = 0;
      onProgress = ({ status }) => {
        if (status === 'done' && ++done === last) throw new Error('killed');
      };
      await expect(deploy({ more })).rejects.toThrow('killed');
      onProgress = () => {};
      restart();

      await deploy({ more });
      expect(account.states.describeStateMachine({ stateMachineArn }).status).toBe('ACTIVE');
      expect(deletedIn(await deploy())).toEqual(MORE);
    },
  );
});

test('two functions of one name are refused, as AWS does', async () => {
  const named = {
    function_name: 'twice',
    handler: 'index.handler',
    runtime: 'nodejs22.x',
    role: `\${aws_iam_role.f.arn}`,
    filename: `\${data.archive_file.f.output_path}`,
  };
  const more = { aws_lambda_function: { one: named, two: { ...named, timeout: 9 } } };
  await expect(
    deploy({ more, definition: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } } }),
  ).rejects.toThrow('Function already exist: twice');
});
