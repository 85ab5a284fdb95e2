import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  childEnvironment,
  exportLines,
  localEnvironment,
  readPort,
  readWorkspace,
} from '../../src/cli/local-environment';
import { cli, run } from './shell';

const guard = resolve(__dirname, '../../bin/guard');
const url = 'http://127.0.0.1:4567';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'environment-test-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that prints its arguments. */
function program(name: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "${name}" "$@"\ncat\nexit 7\n`);
  chmodSync(file, 0o755);
  return file;
}

/** The PATH of a user with the test's Terraform. */
const path = () => [join(folder, 'bin'), process.env.PATH].join(':');

describe('env', () => {
  test('prints only lines for a shell, which point every request to the local AWS', async () => {
    const { stdout } = await run(process.execPath, [...cli, 'env', '--port', '4567'], {
      cwd: resolve(__dirname, '../../..'),
      env: { ...process.env, XDG_STATE_HOME: folder },
    });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .filter((line) => !/^(?:export \w+=|unset )/.test(line)),
    ).toEqual([]);

    const before = {
      PATH: process.env.PATH,
      AWS_PROFILE: 'work',
      AWS_SESSION_TOKEN: 'secret',
      AWS_ENDPOINT_URL_S3: 'https://elsewhere.invalid',
      TF_WORKSPACE: 'prod',
    };
    const { stdout: after } = await run('sh', ['-c', `${stdout}env`], {
      cwd: folder,
      env: before as NodeJS.ProcessEnv,
    });
    const variables = after.split('\n');
    expect(variables).toEqual(
      expect.arrayContaining([
        'AWS_ENDPOINT_URL=http://127.0.0.1:4567',
        expect.stringMatching(/^AWS_ACCESS_KEY_ID=LOCAL[\dA-F]{32}$/),
        'AWS_REGION=us-east-1',
        'AWS_EC2_METADATA_DISABLED=true',
        `AWS_CONFIG_FILE=${join(folder, 'statewright/aws-config-4567')}`,
        `AWS_SHARED_CREDENTIALS_FILE=${join(folder, 'statewright/aws-credentials-4567')}`,
        'TF_WORKSPACE=statewright',
        'TF_DATA_DIR=.terraform-local',
        `PATH=${guard}:${process.env.PATH}`,
      ]),
    );
    expect(after).not.toMatch(/^(?:AWS_PROFILE|AWS_SESSION_TOKEN|AWS_ENDPOINT_URL_S3)=/m);
    expect(stdout).not.toContain('secret');
  });

  test('unsets the endpoint of every service in the environment', () => {
    process.env.AWS_ENDPOINT_URL_KMS = 'https://elsewhere.invalid';
    try {
      expect(exportLines(localEnvironment(url))).toMatch(/^unset .*\bAWS_ENDPOINT_URL_KMS\b/);
    } finally {
      delete process.env.AWS_ENDPOINT_URL_KMS;
    }
  });

  test('uses the port and the workspace of the options', () => {
    expect(readPort({ port: '4567' })).toBe(4567);
    expect(localEnvironment(url, 'key', readWorkspace({ workspace: 'mine' })).TF_WORKSPACE).toBe('mine');
    expect(readWorkspace({})).toBe('statewright');
  });

  test.each(['default', '', 'a b', '../x', '..'])('refuses the workspace "%s"', (workspace) => {
    expect(() => readWorkspace({ workspace })).toThrow('cannot be the workspace of local deployments');
  });

  test('STATEWRIGHT_PORT is the default port', () => {
    process.env.STATEWRIGHT_PORT = '4599';
    try {
      expect([readPort({}), readPort({ port: '1' })]).toEqual([4599, 1]);
    } finally {
      delete process.env.STATEWRIGHT_PORT;
    }
  });
});

describe.each(['sh', 'bash'])('the guard in %s', (shell) => {
  const inShell = (script: string) =>
    run(shell, ['-c', script], { cwd: folder, env: { ...process.env, PATH: path() } });
  const exports = () => exportLines(localEnvironment(url));

  test('becomes Terraform: arguments, standard input and exit code', async () => {
    program('bin/terraform');
    program('bin/tofu');
    const script = `${exports()}\n${exports()}\necho in | terraform version 'a b' "'" '' '$x'; echo $?; tofu fmt </dev/null`;
    const ran = await inShell(script);
    expect(ran).toEqual({
      exitCode: 7,
      stdout: "bin/terraform version a b '  $x\nin\n7\nbin/tofu fmt\n",
      stderr: '',
    });
  });

  test('prints the reason when it refuses', async () => {
    program('bin/terraform');
    writeFileSync(join(folder, 'main.tf'), 'terraform {\n  cloud {}\n}\n');
    const ran = await inShell(`${exports()}\nterraform plan`);
    expect(ran).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^statewright: terraform was not run.*\n.*HCP Terraform.*\n/),
    });
  });
});

describe('the guard', () => {
  const environment = (env: NodeJS.ProcessEnv = {}) => ({
    ...process.env,
    ...localEnvironment(url),
    PATH: `${guard}:${path()}`,
    ...env,
  });

  test('ends as Terraform does on a signal', async () => {
    writeFileSync(program('bin/terraform'), '#!/bin/sh\nkill -TERM $$\n');
    const { stdout } = await run('sh', ['-c', 'terraform version; echo $?'], {
      cwd: folder,
      env: environment(),
    });
    expect(stdout).toBe('143\n');
  });

  test('searches the PATH after itself, and skips the guard of another installation', async () => {
    program('bin/terraform');
    const other = join(folder, 'other/bin');
    mkdirSync(other, { recursive: true });
    await run('cp', ['-r', guard, other], { cwd: folder });
    // Another installation has its compiled files; here they are a link to the same sources.
    await run('ln', ['-s', resolve(guard, '../../src'), join(folder, 'other/src')], { cwd: folder });
    await run('ln', ['-s', resolve(guard, '../../source.cjs'), join(folder, 'other')], { cwd: folder });
    await run('ln', ['-s', resolve(guard, '../../../node_modules'), join(folder, 'other/node_modules')], {
      cwd: folder,
    });
    const PATH = [join(other, 'guard'), guard, join(other, 'guard'), guard, path()].join(':');
    const { stdout } = await run('terraform', ['version'], { cwd: folder, env: environment({ PATH }) });
    expect(stdout).toBe('bin/terraform version\n');
  });

  test('reports that Terraform is not installed', async () => {
    const { exitCode, stderr } = await run('tofu', ['version'], { cwd: folder, env: environment() });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('tofu was not found on the PATH')]);
  });

  test('runs the program that TERRAFORM_BINARY_NAME names, also when the exports are evaluated again', async () => {
    const terraform = program('opt/terraform-1.9');
    const saved = { ...process.env };
    try {
      process.env.TERRAFORM_BINARY_NAME = terraform;
      for (let times = 0; times < 2; times++) {
        const environment = childEnvironment(url);
        Object.assign(process.env, environment, { PATH: saved.PATH });
        const binary = environment.TERRAFORM_BINARY_NAME as string;
        expect(binary).toBe(join(guard, 'cdktf-terraform'));
        const { stdout } = await run(binary, ['version'], { cwd: folder, env: environment });
        expect(stdout).toBe('opt/terraform-1.9 version\n');
      }
    } finally {
      process.env = saved;
    }
  });
});
