import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Account } from '../../src/local-aws/account';
import { type RunningServer, startServer } from '../../src/local-aws/server';
import { cli, run } from './shell';

const root = resolve(__dirname, '../../..');
let account: Account;
let server: RunningServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exec-test-'));
  account = new Account();
  server = await startServer(account);
});
afterAll(async () => {
  await Promise.all([server.close(), account.close()]);
  rmSync(folder, { recursive: true });
});

const exec = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  run(process.execPath, [...cli, 'exec', ...args], {
    cwd: root,
    env: { ...process.env, STATEWRIGHT_PORT: new URL(server.url).port, XDG_STATE_HOME: folder, ...env },
  });

test('runs a command with the environment of the local AWS, and ends as it does', async () => {
  const script = 'echo $AWS_ENDPOINT_URL $TF_WORKSPACE $AWS_PROFILE "$@"; exit 5';
  const args = ['--workspace', 'mine', '--', 'sh', '-c', script, 'sh', '--port', '1'];
  expect(await exec(args, { AWS_PROFILE: 'work' })).toEqual({
    exitCode: 5,
    stdout: `${server.url} mine --port 1\n`,
    stderr: '',
  });
});

test('reports the signal that ended the command, as a shell does', async () => {
  expect((await exec(['--', 'sh', '-c', 'kill -TERM $$'])).exitCode).toBe(143);
});

test.each([
  ['no command', ['--port', '1'], 'The command to run is missing.'],
  ['a command that does not exist', ['--', 'no-such-command'], 'The command no-such-command was not found.'],
  ['an argument before --', ['terraform', '--', 'plan'], 'Unexpected argument "terraform".'],
])('refuses %s', async (_, args, message) => {
  const { exitCode, stdout, stderr } = await exec(args);
  expect([exitCode, stdout, stderr]).toEqual([1, '', expect.stringContaining(message)]);
  expect(stderr).not.toContain('    at ');
});

test('refuses to run when no local AWS answers', async () => {
  const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  const args = ['--port', port, '--', 'echo', 'run'];
  expect(await exec(args)).toMatchObject({
    stdout: '',
    stderr: expect.stringContaining('is not the local AWS'),
  });

  await new Promise((closed) => other.close(closed));
  const { exitCode, stdout, stderr } = await exec(args, { npm_lifecycle_event: undefined });
  const message = `No local AWS answers at http://127.0.0.1:${port}`;
  expect([exitCode, stdout, stderr]).toEqual([1, '', expect.stringContaining(message)]);
  expect(stderr).toContain(`npx statewright local --port ${port}`);
});

describe('--wait', () => {
  test('waits until a local AWS that was just started answers', async () => {
    let refused = 0;
    const starting = createTcpServer((socket) => {
      if (refused++ < 2) socket.destroy();
      else socket.pipe(connect(Number(new URL(server.url).port), '127.0.0.1')).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(starting, 'listening');
    const port = String((starting.address() as AddressInfo).port);

    expect(await exec(['--port', port, '--wait', '60', '--', 'echo', 'run'])).toMatchObject({
      exitCode: 0,
      stdout: 'run\n',
    });

    starting.close();
  });

  test('needs a number', async () => {
    const { exitCode, stderr } = await exec(['--wait', 'long', '--', 'echo', 'run']);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('--wait long is not a number of seconds.'),
    ]);
  });
});

test('npm run deploy:local reports that Terraform is not installed', async () => {
  const env = {
    ...process.env,
    STATEWRIGHT_PORT: new URL(server.url).port,
    XDG_STATE_HOME: folder,
    TERRAFORM_BINARY_NAME: 'no-terraform',
  };
  const { exitCode, stdout, stderr } = await run('npm', ['run', '-s', 'deploy:local'], { cwd: root, env });
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/Terraform cannot be run: .*no-terraform.*\n.*npm run local -- --deploy\n/);
});
