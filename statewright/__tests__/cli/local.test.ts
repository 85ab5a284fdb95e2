import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { copyProject, STACK, synthesize } from '../fixture/synthesize';
import { describeWith } from '../support/tools';

jest.setTimeout(300_000);

const project = resolve(__dirname, '../../..');
const cli = [
  '--conditions=statewright-source',
  '--import',
  'tsx',
  join(project, 'statewright/src/cli/main.ts'),
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-test-'));
  copyProject(folder);
});
afterEach(() => {
  // What a failed test has left running.
  for (const { process } of LocalAws.started.splice(0)) process.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** How a command ended. */
interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end in the test's folder, or another one. */
function run(program: string, args: readonly string[], env = process.env, cwd = folder): Promise<Ran> {
  return new Promise((done) => {
    execFile(program, args, { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      done({ exitCode: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    );
  });
}

const command = (...args: string[]) => run(process.execPath, [...cli, ...args]);

/** The settings of a user who works with the real AWS, by way of other addresses than the usual ones. */
function realSettings(): NodeJS.ProcessEnv {
  const elsewhere = 'endpoint_url = https://elsewhere.invalid';
  const settings = [
    'role_arn = arn:aws:iam::123456789012:role/real',
    'credential_process = /bin/false',
    'use_fips_endpoint = true',
    'ignore_configured_endpoint_urls = true',
    'services = all',
    elsewhere,
  ].join('\n');
  const services = ['sfn', 'sts', 'iam', 'lambda', 'cloudwatch_logs'].map((id) => `${id} =\n  ${elsewhere}`);
  mkdirSync(join(folder, '.aws'));
  const profiles = `[default]\n${settings}\n[profile work]\n${settings}\n`;
  writeFileSync(join(folder, '.aws/config'), `${profiles}[services all]\n${services.join('\n')}\n`);
  writeFileSync(join(folder, '.aws/credentials'), '[work]\naws_access_key_id = real\n');
  return {
    ...process.env,
    HOME: folder,
    AWS_PROFILE: 'work',
    AWS_SESSION_TOKEN: 'real',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    AWS_ENDPOINT_URL_SFN: 'https://elsewhere.invalid',
    TF_AWS_STS_ENDPOINT: 'https://elsewhere.invalid',
  };
}

const trustOfStepFunctions = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** `statewright local` in the test's folder, which holds what it writes. */
class LocalAws {
  static readonly started: LocalAws[] = [];
  stdout = '';
  readonly exit: Promise<unknown[]>;

  private constructor(readonly process: ChildProcess) {
    this.exit = once(process, 'exit');
  }

  /** Started, and ready to be used. */
  static async start(...options: string[]): Promise<LocalAws> {
    const args = [...cli, 'local', '--port', '0', ...options];
    const local = new LocalAws(
      spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    LocalAws.started.push(local);
    local.process.stdout?.on('data', (chunk) => {
      local.stdout += chunk;
    });
    await local.prints(/Ctrl-C/);
    return local;
  }

  get url(): string {
    return /AWS_ENDPOINT_URL=(\S+)/.exec(this.stdout)?.[1] ?? '';
  }

  get port(): string {
    return new URL(this.url).port;
  }

  async prints(text: RegExp): Promise<void> {
    while (!text.test(this.stdout)) {
      await Promise.race([once(this.process.stdout as NodeJS.ReadableStream, 'data'), this.ended()]);
    }
  }

  async listStateMachines(): Promise<unknown> {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new SFNClient({ endpoint: this.url, region: 'us-east-1', credentials });
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand());
    client.destroy();
    return stateMachines.map(({ name }) => name);
  }

  /** The exit code, or the signal's name when it ended the process. */
  async stop(signal: NodeJS.Signals): Promise<unknown> {
    this.process.kill(signal);
    const [exitCode, endedBy] = await this.exit;
    return endedBy ?? exitCode;
  }

  private async ended(): Promise<never> {
    throw new Error(`it ended with ${(await this.exit)[0]}: ${this.stdout}`);
  }
}

describe('local', () => {
  test('answers API calls and logs them, shows the console, and ends well on SIGTERM', async () => {
    const local = await LocalAws.start();

    expect(await local.listStateMachines()).toEqual([]);
    await local.prints(/200 AWSStepFunctions\.ListStateMachines \d+ ms\n/);
    const page = await fetch(local.url);
    expect([page.url, page.status]).toEqual([`${local.url}/console/`, 200]);
    expect(local.stdout).toContain(`${local.url}/console`);

    expect(await local.stop('SIGTERM')).toBe(0);
    await expect(fetch(local.url)).rejects.toThrow('fetch failed');
  });

  test('--deploy --persist: has the stack at once, and still has it when it is started again', async () => {
    const first = await LocalAws.start('--deploy', '--persist', 'kept', '--quiet');
    expect(await first.listStateMachines()).toEqual(['state']);
    expect(await first.stop('SIGINT')).toBe(0);
    expect(first.stdout).not.toContain('ListStateMachines');
    expect(existsSync(join(folder, 'kept/lock'))).toBe(false);

    const second = await LocalAws.start('--persist', 'kept');
    expect(await second.listStateMachines()).toEqual(['state']);
    expect(await second.stop('SIGINT')).toBe(0);
  });

  test('ends when the shell has gone that npm started it with', async () => {
    // With a command after it, no shell puts it in its own place.
    const script = [process.execPath, ...cli, 'local --port 0 --persist kept; true'].join(' ');
    const shell = spawn('sh', ['-c', script], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, npm_lifecycle_event: 'local' },
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

  test('--deploy DIR --region: deploys a synthesized stack that leaves the region open', async () => {
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

    const local = await LocalAws.start('--deploy', 'stack', '--region', 'eu-west-1', '--quiet');

    expect(local.stdout).toContain('By name only, since they are not part of this AWS: aws_sqs_queue.orders');
    expect(local.stdout).toContain('Local AWS: account 000000000000, eu-west-1, ');
    expect(local.stdout).toContain('export AWS_REGION=eu-west-1\n');
    expect(await local.listStateMachines()).toEqual(['wait']);
    await local.stop('SIGTERM');
  });

  test('says that the port is in use, and leaves nothing locked', async () => {
    const local = await LocalAws.start();
    const { exitCode, stderr } = await command('local', '--port', local.port, '--persist', 'kept');
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(`Port ${local.port} of 127.0.0.1 is in use`),
    ]);
    expect(existsSync(join(folder, 'kept/lock'))).toBe(false);
    await local.stop('SIGTERM');
  });

  test.each([
    ['a port that is none', ['local', '--port', '70000'], '"70000" is not a port'],
    ['no number', ['local', '--port', '45x'], '"45x" is not a port'],
    ['any free port where one has to be known', ['env', '--port', '0'], '"0" is not a port'],
    ['an unknown option', ['local', '--prt', '4567'], 'Did you mean --port?'],
    ['a folder that is a file', ['local', '--persist', 'file'], 'The account cannot be kept in file'],
    [
      'a region that does not exist',
      ['local', '--region', 'mars-1'],
      '"mars-1" (--region) is not an AWS region',
    ],
    ['--stack without --deploy', ['local', '--stack', 'a'], '--stack chooses what to deploy'],
  ])('refuses %s', async (_, args, message) => {
    writeFileSync(join(folder, 'file'), '');
    const { exitCode, stdout, stderr } = await command(...args);
    expect([exitCode, stdout, stderr]).toEqual([1, '', expect.stringContaining(message)]);
    expect(stderr).not.toContain('    at ');
  });
});

describe('env', () => {
  test('prints nothing but exports, and sends nothing anywhere else', async () => {
    const { stdout } = await command('env', '--port', '4567');
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .filter((line) => !/^(?:export \w+=|unset )/.test(line)),
    ).toEqual([]);

    const shell = `${stdout}env`;
    const before = {
      PATH: process.env.PATH,
      AWS_PROFILE: 'work',
      AWS_SESSION_TOKEN: 't',
      TF_WORKSPACE: 'prod',
    };
    const variables = (await run('sh', ['-c', shell], before as NodeJS.ProcessEnv)).stdout.split('\n');
    expect(variables).toEqual(
      expect.arrayContaining([
        'AWS_ENDPOINT_URL=http://127.0.0.1:4567',
        'AWS_ACCESS_KEY_ID=local',
        'AWS_REGION=us-east-1',
        'AWS_EC2_METADATA_DISABLED=true',
        expect.stringMatching(
          /^TF_CLI_ARGS_init=-backend-config=path=\S+ -backend-config=workspace_dir=\S+$/,
        ),
      ]),
    );
    expect(variables).toContain('AWS_CONFIG_FILE=/dev/null');
    expect(variables.join('\n')).not.toMatch(/^(?:AWS_PROFILE|AWS_SESSION_TOKEN|TF_WORKSPACE)=/m);
  });
});

describe.each(['deploy:local', 'diff:local', 'destroy:local'])('%s', (name) => {
  test('refuses to run where no local AWS answers', async () => {
    const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    expect((await command(name, '--port', port)).stderr).toContain('is not the local AWS');

    await new Promise((closed) => other.close(closed));
    const { exitCode, stderr } = await command(name, '--port', port);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(`No local AWS answers at http://127.0.0.1:${port}`),
    ]);
    expect(stderr).toContain('npm run local');
  });

  test('says so where there is no Terraform', async () => {
    const local = await LocalAws.start('--quiet');
    const env = { ...process.env, TERRAFORM_BINARY_NAME: 'no-terraform' };
    const { exitCode, stdout, stderr } = await run(
      process.execPath,
      [...cli, name, '--port', local.port],
      env,
    );
    await local.stop('SIGTERM');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/Terraform cannot be run: .*no-terraform.*\n.*npm run local -- --deploy\n$/);
  });
});

describeWith(['aws'], 'the AWS CLI with the exports', () => {
  test('asks the local AWS, whatever the settings of its user say', async () => {
    const local = await LocalAws.start('--quiet', '--deploy');
    const { stdout: exports } = await command('env', '--port', local.port);
    const settings = realSettings();
    const aws = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await run(
        'sh',
        ['-ec', `${exports}\naws "$@"`, 'aws', ...args],
        settings,
      );
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      return JSON.parse(stdout);
    };
    const { stateMachines } = await aws('stepfunctions', 'list-state-machines');
    expect(stateMachines).toMatchObject([{ name: 'state' }]);
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: '000000000000' });

    const trust = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    };
    const role = ['--role-name', 'express', '--assume-role-policy-document', JSON.stringify(trust)];
    const { Role } = await aws('iam', 'create-role', ...role);
    const { stateMachineArn } = await aws(
      'stepfunctions',
      'create-state-machine',
      ...['--name', 'express', '--type', 'EXPRESS', '--role-arn', Role.Arn],
      ...['--definition', '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}'],
    );
    const execution = ['--state-machine-arn', stateMachineArn, '--input', '{"a": 1}'];
    expect(await aws('stepfunctions', 'start-sync-execution', ...execution)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"a": 1}',
    });
    await local.stop('SIGTERM');
  });
});

describeWith(['terraformProviders'], 'the state of real resources', () => {
  /** What only the state of real resources holds. */
  const sentinel = { real: { value: 'untouched', type: 'string' } };
  let stack: string;
  let realState: string;
  let before: string;

  beforeEach(() => {
    stack = join(folder, 'cdktf.out/stacks', STACK);
    realState = join(folder, `terraform.${STACK}.tfstate`);
    before = JSON.stringify({ version: 4, serial: 7, lineage: 'real', outputs: sentinel, resources: [] });
    writeFileSync(realState, before);
    mkdirSync(stack, { recursive: true });
    // Where no registry can be reached, this pins the versions that a mirror has.
    const override = process.env.TERRAFORM_OVERRIDE;
    if (override) copyFileSync(override, join(stack, 'override.tf.json'));
  });

  const localState = () => readFileSync(join(folder, `.local/terraform.${STACK}.tfstate`), 'utf8');

  test('is neither read nor written by terraform with the exports, also where it has been used before', async () => {
    synthesize(join(folder, 'cdktf.out'));
    const local = await LocalAws.start('--quiet');
    const { stdout: exports } = await command('env', '--port', local.port);
    const settings = realSettings();
    const shell = async (script: string) => {
      const { exitCode, stdout, stderr } = await run('sh', ['-ec', script], settings, stack);
      expect({ exitCode, output: exitCode === 0 ? '' : stdout + stderr }).toEqual({
        exitCode: 0,
        output: '',
      });
      return stdout;
    };

    const outputs = 'terraform init -input=false >&2; terraform output -json';
    expect(JSON.parse(await shell(outputs))).toHaveProperty('real');
    expect(JSON.parse(await shell(`${exports}\n${outputs}`))).toEqual({});
    await shell(`${exports}\nterraform apply -auto-approve -input=false`);

    expect(await local.listStateMachines()).toEqual(['state']);
    expect(localState()).toContain('aws_sfn_state_machine');
    expect(readFileSync(realState, 'utf8')).toBe(before);
    expect(JSON.parse(await shell('terraform output -json'))).toHaveProperty('real');
    await local.stop('SIGTERM');
  });

  test('is neither read nor written by deploy:local and destroy:local', async () => {
    // No state at all: whoever reads it fails.
    writeFileSync(realState, 'real');
    const local = await LocalAws.start('--quiet');
    const real = realSettings();
    const succeed = async (name: string) => {
      const { exitCode, stdout, stderr } = await run(
        process.execPath,
        [...cli, name, '--port', local.port],
        real,
      );
      expect({ exitCode, output: exitCode === 0 ? '' : stdout + stderr }).toEqual({
        exitCode: 0,
        output: '',
      });
    };

    await succeed('deploy:local');
    expect(await local.listStateMachines()).toEqual(['state']);
    expect(localState()).toContain('aws_sfn_state_machine');
    await succeed('destroy:local');
    expect(await local.listStateMachines()).toEqual([]);
    expect(readFileSync(realState, 'utf8')).toBe('real');
    await local.stop('SIGTERM');
  });
});
