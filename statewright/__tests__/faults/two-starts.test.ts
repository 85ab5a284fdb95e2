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

test('the number of a killed process that another process has now keeps nobody out', async () => {
  writeFileSync(join(folder, 'lock'), String(process.ppid));
  (await openStore(folder)).close();
});

test('of many that open a folder at once in one process, one gets it; the next one when it is closed', async () => {
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

test('of processes that start at once on a folder, new or left by a killed one, exactly one runs', async () => {
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
      expect(server.stderr).toMatch(/ is in use by process \d+\./);
    }
  }
});
