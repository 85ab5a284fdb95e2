import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { describeWith } from '../support/tools';
import { createMachine, killServers, ServerProcess, start, statusAtEnd } from './server-process';

jest.setTimeout(60_000);

const SIZE = 2 ** 21;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
});
afterEach(() => {
  killServers();
  rmSync(folder, { recursive: true });
});

/**
 * Works until the disk is full, and again when it has space.
 * @param wrapper a program that runs the server
 * @param makeSpace removes the limit
 */
async function fillAndContinue(
  wrapper: readonly string[],
  makeSpace: (server: ServerProcess) => void,
): Promise<void> {
  const account = join(folder, 'account');
  const server = await ServerProcess.start(account, wrapper);
  const { clients } = server;
  const machine = await createMachine(clients, 'state', { A: { Type: 'Pass', End: true } });
  const begin = () => start(clients, machine, { pad: randomBytes(20_000).toString('hex') });
  const begun: string[] = [];
  const refusal = async (): Promise<Error> => {
    for (;;) {
      try {
        begun.push(await begin());
      } catch (error) {
        return error as Error;
      }
    }
  };
  const error = await refusal();
  expect(error.name).toBe('InsufficientStorage');
  expect(error.message).toMatch(
    /^The disk has no space left for the account in .*Free some space and try again\.$/,
  );
  expect(begun.length).toBeGreaterThan(5);
  const code = zipSync({ 'index.js': strToU8(''), data: randomBytes(2 * SIZE) });
  const request = {
    FunctionName: 'large',
    Role: 'arn:aws:iam::000000000000:role/state',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: code },
  } as const;
  await expect(clients.lambda.send(new CreateFunctionCommand(request))).rejects.toThrow('no space left');
  // Finished executions can always be read.
  expect(await statusAtEnd(clients, begun[0] as string)).toBe('SUCCEEDED');

  makeSpace(server);
  begun.push(await begin());
  await clients.lambda.send(new CreateFunctionCommand(request));
  // Executions whose end did not fit end now too.
  for (const arn of begun) expect(await statusAtEnd(clients, arn)).toBe('SUCCEEDED');
  expect(await server.end('SIGINT')).toBe(0);

  const { clients: again } = await ServerProcess.start(account);
  for (const arn of begun) expect(await statusAtEnd(again, arn)).toBe('SUCCEEDED');
}

describeWith(['tmpfs'], 'a file system that is full', () => {
  const mount = (...args: string[]) => execFileSync('mount', args);
  beforeEach(() => mount('-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder));
  afterEach(() => {
    killServers();
    execFileSync('umount', ['--lazy', folder]);
  });

  test('refuses new work, loses nothing, and works again when it has space', async () => {
    await fillAndContinue([], () => mount('-o', `remount,size=${32 * SIZE}`, folder));
  });

  test('refuses to start if it is full at the start', async () => {
    mount('-o', 'remount,size=4k', folder);
    const server = new ServerProcess(join(folder, 'account'));
    expect(await server.ended).toBe(1);
    expect(server.stderr).toMatch(/no space left/);
    expect(server.stderr).not.toContain('    at ');
  });
});

describeWith(['prlimit'], 'a limit on the size of files', () => {
  test('refuses new work, loses nothing, and works again when it is gone', async () => {
    await fillAndContinue(['prlimit', `--fsize=${SIZE}:unlimited`], ({ pid }) =>
      execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:unlimited']),
    );
  });
});
