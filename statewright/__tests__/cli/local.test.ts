import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyProject } from '../fixture/synthesize';
import { LocalAws, plainSettings } from './running-local';
import { cli, run } from './shell';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-test-'));
  copyProject(folder);
  plain = plainSettings(folder);
});
afterEach(() => {
  LocalAws.killAll();
  rmSync(folder, { recursive: true });
});

let plain: NodeJS.ProcessEnv;

const command = (...args: string[]) => run(process.execPath, [...cli, ...args], { cwd: folder, env: plain });

/** Starts `statewright local` in the test's folder, which holds what it writes. */
const start = (...options: string[]) => LocalAws.start(options, { cwd: folder, env: plain });

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return String(port);
}

const trustOfStepFunctions = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

describe('local', () => {
  test('answers API calls and logs them, shows the console, and ends with 0 on SIGTERM', async () => {
    const local = await start();

    expect(await local.listStateMachines()).toEqual([]);
    await local.prints(/200 AWSStepFunctions\.ListStateMachines \d+ ms\n/);
    expect((await fetch(`${local.url}/console/`)).status).toBe(403);
    const address = /Console: +(\S+)/.exec(local.stdout)?.[1] ?? '';
    const entered = await fetch(address, { redirect: 'manual' });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/console']);
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(local.url, { headers: { cookie } });
    expect([page.url, page.status]).toEqual([`${local.url}/console/`, 200]);

    expect(await local.stop('SIGTERM')).toBe(0);
    await expect(fetch(local.url)).rejects.toThrow('fetch failed');
  });

  test('--deploy --persist: has the stack at the start, after the next start, and when it is deployed again', async () => {
    const first = await start('--deploy', '--persist', 'kept', '--quiet');
    expect(await first.listStateMachines()).toEqual(['error-handling']);
    expect(await first.stop('SIGINT')).toBe(0);
    expect(first.stdout).not.toContain('ListStateMachines');
    expect(existsSync(join(folder, 'kept/lock'))).toBe(false);

    const second = await start('--persist', 'kept');
    expect(await second.listStateMachines()).toEqual(['error-handling']);
    expect(await second.stop('SIGKILL')).toBe('SIGKILL');

    const third = await start('--deploy', '--persist', 'kept');
    expect(await third.listStateMachines()).toEqual(['error-handling']);
    expect(await third.stop('SIGINT')).toBe(0);
  });

  test('--deploy --persist: what a stack of a template with another name has created stays', async () => {
    const resources = {
      Orders: {
        Type: 'AWS::Serverless::StateMachine',
        Properties: {
          Name: { 'Fn::Sub': `orders-\${AWS::StackName}` },
          Definition: { StartAt: 'A', States: { A: { Type: 'Succeed' } } },
        },
      },
    };
    const template = { Transform: 'AWS::Serverless-2016-10-31', Resources: resources };
    writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
    const deployed = async (name: string) => {
      const named = ['--substitution', `AWS::StackName=${name}`];
      const local = await start('--deploy', 'template.json', ...named, '--persist', 'kept', '--quiet');
      const names = await local.listStateMachines();
      await local.stop('SIGTERM');
      return names;
    };
    expect(await deployed('one')).toEqual(['orders-one']);
    expect(await deployed('two')).toEqual(['orders-one', 'orders-two']);
  });

  test('ends when the shell that npm started it with has ended', async () => {
    // Because of the second command, the shell does not replace itself with the first (exec).
    const script = [process.execPath, ...cli, 'local --port 0 --persist kept; true'].join(' ');
    const shell = spawn('sh', ['-c', script], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...plain, npm_lifecycle_event: 'local' },
    });
    let stdout = '';
    shell.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    while (!/Ctrl-C/.test(stdout)) await once(shell.stdout, 'data');
    expect(existsSync(join(folder, 'kept/lock'))).toBe(true);

    const ended = once(shell.stdout, 'close');
    shell.kill('SIGTERM');
    await ended;
    expect(existsSync(join(folder, 'kept/lock'))).toBe(false);
  });

  test('--deploy DIR --region --account: deploys a synthesized stack without a region', async () => {
    const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
    const resource = {
      aws_sqs_queue: { orders: { name: 'orders' } },
      aws_iam_role: { role: { name: 'role', assume_role_policy: trustOfStepFunctions } },
      aws_sfn_state_machine: {
        wait: { name: 'wait', role_arn: `\${aws_iam_role.role.arn}`, definition },
      },
    };
    mkdirSync(join(folder, 'stack'));
    writeFileSync(join(folder, 'stack/cdk.tf.json'), JSON.stringify({ resource }));

    const local = await start(
      ...['--deploy', 'stack', '--region', 'eu-west-1', '--account', '123456789012', '--quiet'],
    );

    expect(local.stdout).toContain('By name only, since this AWS does not have them: aws_sqs_queue.orders');
    expect(local.stdout).toContain('Local AWS: account 123456789012, eu-west-1, ');
    expect(local.stdout).toContain('export AWS_REGION=eu-west-1\n');
    expect(await local.listStateMachines('eu-west-1')).toEqual(['wait']);
    expect(await local.listStateMachines('us-east-1')).toEqual([]);
    await local.stop('SIGTERM');
  });

  test('reports that the port is in use, and leaves no lock', async () => {
    const local = await start();
    const { exitCode, stderr } = await command('local', '--port', local.port, '--persist', 'kept');
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(`Port ${local.port} of 127.0.0.1 is in use`),
    ]);
    expect(existsSync(join(folder, 'kept/lock'))).toBe(false);
    await local.stop('SIGTERM');
  });

  test.each([
    ['a port out of range', ['local', '--port', '70000'], '"70000" is not a port'],
    ['a port that is not a number', ['local', '--port', '45x'], '"45x" is not a port'],
    ['port 0 where the port has to be known', ['env', '--port', '0'], '"0" is not a port'],
    ['an unknown option', ['local', '--prt', '4567'], 'Did you mean --port?'],
    ['a folder that is a file', ['local', '--persist', 'file'], 'file is a file, not a folder'],
    ['a folder in /proc', ['local', '--persist', '/proc/x'], '/proc/x cannot be created'],
    [
      'a region that does not exist',
      ['local', '--region', 'mars-1'],
      '"mars-1" (--region) is not an AWS region',
    ],
    ['an account id of three digits', ['local', '--account', '123'], '"123" (--account)'],
    [
      'the real AWS for everybody',
      ['local', '--no-auth', '--endpoint', 's3=aws'],
      'every user and program of this machine could use your credentials',
    ],
    ['--stack without --deploy', ['local', '--stack', 'a'], '--stack is about what to deploy'],
  ])('refuses %s', async (_, args, message) => {
    writeFileSync(join(folder, 'file'), '');
    const { exitCode, stdout, stderr } = await command(...args);
    expect([exitCode, stdout, stderr]).toEqual([1, '', expect.stringContaining(message)]);
    expect(stderr).not.toContain('    at ');
  });
});

describe('the access key', () => {
  const key = (text: string) => /AWS_ACCESS_KEY_ID=(\w+)/.exec(text)?.[1];
  const keys = () =>
    readdirSync(join(folder, 'state/statewright')).filter((name) => name.startsWith('access-key-'));

  test('is that of the port, for a server, `env` and `exec`, also when the server is started again', async () => {
    const port = await freePort();
    const { stdout: exports } = await command('env', '--port', port);
    expect(key(exports)).toMatch(/^LOCAL[\dA-F]{32}$/);
    for (let times = 0; times < 2; times++) {
      const local = await start('--port', port);
      expect(key(local.stdout)).toBe(key(exports));
      expect(await local.listStateMachines()).toEqual([]);
      const { stdout } = await command('exec', '--port', port, '--', 'sh', '-c', 'echo $AWS_ACCESS_KEY_ID');
      expect(stdout.trim()).toBe(key(exports));
      await local.stop('SIGTERM');
    }
    expect(keys()).toEqual([`access-key-${port}`]);
    expect(statSync(join(folder, 'state/statewright')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'state/statewright', `access-key-${port}`)).mode & 0o777).toBe(0o600);
  });

  test('is not kept for a port that was any free one', async () => {
    const local = await start('--port', '0');
    expect(keys()).toEqual([`access-key-${local.port}`]);
    await local.stop('SIGTERM');
    expect(keys()).toEqual([]);
  });

  test('exec says that a local AWS has another one', async () => {
    const local = await start();
    plain.XDG_STATE_HOME = join(folder, 'other');
    const { exitCode, stdout, stderr } = await command('exec', '--port', local.port, '--', 'echo', 'run');
    expect([exitCode, stdout, stderr]).toEqual([1, '', expect.stringContaining('has another access key')]);
    await local.stop('SIGTERM');
  });

  test('--no-auth takes any, and says so', async () => {
    const local = await start('--no-auth');
    expect(local.stdout).toContain('every user and program of this machine is let in');
    expect(key(local.stdout)).toBe('local');
    expect(await local.listStateMachines()).toEqual([]);
    expect((await fetch(`${local.url}/console/`)).status).toBe(200);
    await local.stop('SIGTERM');
  });
});
