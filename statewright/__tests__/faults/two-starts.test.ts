import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/local-aws/persistence/store';
import { killServers, ServerProcess } from './server-process';

jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'two-starts-'));
});
afterEach(() => {
  killServers();
  rmSync(folder, { recursive: true });
});

test('the process id of a killed process, now used by another one, does not lock the folder', async () => {
  writeFileSync(join(folder, 'lock'), String(process.ppid));
  (await openStore(folder)).close();
});

test('of many opens of a folder in one process one succeeds, and the next one after a close', async () => {
  const opened = await Promise.allSettled(Array.from({ length: 10 }, () => openStore(folder)));
  const stores = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const refusals = opened.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect([stores.length, refusals.length]).toEqual([1, 9]);
  for (const { name, message } of refusals) {
    expect([name, message]).toEqual(['FolderInUseError', `${folder} is in use by process ${process.pid}.`]);
  }
  stores[0]?.close();
  (await openStore(folder)).close();
});

test('of processes that start together on a new folder or that of a killed one, exactly one runs', async () => {
  const places = ['new', 'left'].map((name) => join(folder, name));
  mkdirSync(places[1] as string);
  const left = await ServerProcess.start(places[1] as string);
  await left.end('SIGKILL');
  expect(existsSync(join(places[1] as string, 'lock'))).toBe(true);

  for (const place of places) {
    const servers = Array.from({ length: 3 }, () => new ServerProcess(place));
    const running = await Promise.all(servers.map((server) => server.listens()));
    expect(running.filter(Boolean)).toHaveLength(1);
    for (const [i, server] of servers.entries()) {
      if (running[i]) continue;
      expect(await server.ended).toBe(1);
      expect(server.stderr).toMatch(/ is in use by (?:process \d+|another process)\./);
    }
  }
});
