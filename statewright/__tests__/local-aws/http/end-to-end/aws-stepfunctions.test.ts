/** Every `aws stepfunctions` command. */
import { execFile } from 'node:child_process';
import { Account } from '../../../../src/local-aws/account';
import { type RunningServer, startServer } from '../../../../src/local-aws/server';
import { describeWith } from '../../../support/tools';
import { allow, trust } from '../harness';

const activityArn = 'arn:aws:states:us-east-1:000000000000:activity:paint';
const role = 'arn:aws:iam::000000000000:role/m';
const machineOf = (state: object) =>
  JSON.stringify({ StartAt: 'Only', States: { Only: { ...state, End: true } } });
const painting = machineOf({ Type: 'Task', Resource: activityArn });
const passing = machineOf({ Type: 'Pass', Result: 'passed' });

describeWith(['aws'], 'aws stepfunctions', () => {
  let account: Account;
  let server: RunningServer;
  const used = new Set<string>();
  beforeAll(async () => {
    account = new Account();
    server = await startServer(account);
    account.iam.createRole({ RoleName: 'm', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
  });
  afterAll(() => Promise.all([server.close(), account.close()]));

  const run = (command: string, options: Readonly<Record<string, string | true>>) =>
    new Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }>(
      (resolve) => {
        const args = Object.entries(options).flatMap(([name, value]) => [
          `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
          ...(value === true ? [] : [value]),
        ]);
        const env = {
          ...process.env,
          AWS_ENDPOINT_URL: server.url,
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
          AWS_PAGER: '',
        };
        execFile('aws', ['stepfunctions', command, ...args], { env }, (error, stdout, stderr) =>
          resolve({ stdout, stderr, exitCode: error ? Number(error.code ?? 1) : 0 }),
        );
      },
    );

  /** Runs a command that must succeed, and returns its output. */
  async function aws(command: string, options: Readonly<Record<string, string | true>> = {}) {
    used.add(command);
    const { exitCode, stdout, stderr } = await run(command, options);
    expect({ command, exitCode, stderr }).toEqual({ command, exitCode: 0, stderr: '' });
    return stdout === '' ? undefined : JSON.parse(stdout);
  }
  const create = (name: string, definition: string, type = 'STANDARD') =>
    aws('create-state-machine', { name, definition, roleArn: role, type }).then(
      ({ stateMachineArn }) => stateMachineArn as string,
    );

  test('activities and their tasks', async () => {
    await aws('create-activity', { name: 'paint' });
    expect(await aws('describe-activity', { activityArn })).toMatchObject({ name: 'paint' });
    expect((await aws('list-activities')).activities).toMatchObject([{ activityArn }]);
    const stateMachineArn = await create('painting', painting);
    const start = async () => (await aws('start-execution', { stateMachineArn })).executionArn as string;
    const take = async () => {
      const { taskToken } = await aws('get-activity-task', { activityArn, workerName: 'Ann' });
      await aws('send-task-heartbeat', { taskToken });
      return taskToken as string;
    };
    const painted = await start();
    await aws('send-task-success', { taskToken: await take(), taskOutput: '"red"' });
    expect(await aws('describe-execution', { executionArn: painted })).toMatchObject({ output: '"red"' });

    const failed = await start();
    await aws('send-task-failure', { taskToken: await take(), error: 'NoPaint' });
    expect(await aws('describe-execution', { executionArn: failed })).toMatchObject({ error: 'NoPaint' });
    await aws('redrive-execution', { executionArn: failed });
    await aws('stop-execution', { executionArn: failed, cause: 'enough' });
    const { events } = await aws('get-execution-history', { executionArn: failed, reverseOrder: true });
    expect(events[0]).toMatchObject({
      type: 'ExecutionAborted',
      executionAbortedEventDetails: { cause: 'enough' },
    });
    expect((await aws('list-executions', { stateMachineArn })).executions).toHaveLength(2);
    expect(await aws('describe-state-machine-for-execution', { executionArn: failed })).toMatchObject({
      definition: painting,
    });
    await aws('delete-activity', { activityArn });
  }, 120_000);

  test('state machines, versions, aliases and tags', async () => {
    const stateMachineArn = await create('m', passing);
    const { stateMachineVersionArn: first } = await aws('publish-state-machine-version', { stateMachineArn });
    const { stateMachineVersionArn: second } = await aws('update-state-machine', {
      stateMachineArn,
      definition: machineOf({ Type: 'Succeed' }).replace(',"End":true', ''),
      publish: true,
    });
    expect((await aws('list-state-machine-versions', { stateMachineArn })).stateMachineVersions).toHaveLength(
      2,
    );
    const { stateMachineAliasArn } = await aws('create-state-machine-alias', {
      name: 'live',
      routingConfiguration: `stateMachineVersionArn=${first},weight=100`,
    });
    await aws('update-state-machine-alias', {
      stateMachineAliasArn,
      routingConfiguration: `stateMachineVersionArn=${second},weight=100`,
    });
    expect(await aws('describe-state-machine-alias', { stateMachineAliasArn })).toMatchObject({
      routingConfiguration: [{ stateMachineVersionArn: second }],
    });
    expect((await aws('list-state-machine-aliases', { stateMachineArn })).stateMachineAliases).toHaveLength(
      1,
    );
    await aws('delete-state-machine-alias', { stateMachineAliasArn });
    await aws('delete-state-machine-version', { stateMachineVersionArn: first });

    await aws('tag-resource', { resourceArn: stateMachineArn, tags: 'key=team,value=a' });
    expect(await aws('list-tags-for-resource', { resourceArn: stateMachineArn })).toEqual({
      tags: [{ key: 'team', value: 'a' }],
    });
    await aws('untag-resource', { resourceArn: stateMachineArn, tagKeys: 'team' });
    expect(await aws('describe-state-machine', { stateMachineArn })).toMatchObject({ status: 'ACTIVE' });
    await aws('delete-state-machine', { stateMachineArn });
    expect(JSON.stringify(await aws('list-state-machines'))).not.toContain(stateMachineArn);
  }, 120_000);

  test('Map Runs', async () => {
    // The role starts the child executions.
    account.iam.putRolePolicy({ RoleName: 'm', PolicyName: 'p', PolicyDocument: allow('states:*') });
    const ItemProcessor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'Hour',
      States: { Hour: { Type: 'Wait', Seconds: 3600, End: true } },
    };
    const stateMachineArn = await create('each', machineOf({ Type: 'Map', ItemProcessor }));
    const { executionArn } = await aws('start-execution', { stateMachineArn, input: '[1, 2]' });
    const { mapRuns } = await aws('list-map-runs', { executionArn });
    const { mapRunArn } = mapRuns[0];
    await aws('update-map-run', { mapRunArn, maxConcurrency: '5' });
    expect(await aws('describe-map-run', { mapRunArn })).toMatchObject({
      status: 'RUNNING',
      maxConcurrency: 5,
    });
    await aws('stop-execution', { executionArn });
  }, 120_000);

  test('without an execution that is kept', async () => {
    const stateMachineArn = await create('quick', passing, 'EXPRESS');
    expect(await aws('start-sync-execution', { stateMachineArn })).toMatchObject({ output: '"passed"' });
    expect(await aws('validate-state-machine-definition', { definition: passing })).toMatchObject({
      result: 'OK',
    });
    const definition = JSON.stringify({ Type: 'Pass', Result: 'tested', End: true });
    expect(await aws('test-state', { definition, roleArn: role })).toMatchObject({
      status: 'SUCCEEDED',
      output: '"tested"',
    });
  }, 120_000);

  test('these are all commands', async () => {
    const { stderr } = await run('unknown', {});
    const commands =
      stderr.slice(stderr.indexOf('valid choices are:')).match(/\b[a-z]+(?:-[a-z]+)+\b/g) ?? [];
    expect(commands).toContain('start-execution');
    expect(commands.filter((command) => !used.has(command))).toEqual([]);
  });
});
