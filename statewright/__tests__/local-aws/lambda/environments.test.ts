import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { MemoryTable } from '../../../src/local-aws/memory-table';
import type { OpenTable } from '../../../src/local-aws/table';
import { handlerZip, isRunning, localLambda, sharedFolder, until } from './support';

/** A handler that returns its process id once a file of the given name exists; it logs when it has started. */
const WAITING = `
  const fs = require('fs');
  fs.writeFileSync(event.begun, '');
  while (!fs.existsSync(event.go)) await new Promise((resolve) => setTimeout(resolve, 2));
  return process.pid;`;

describe('execution environments', () => {
  let folder: string;
  beforeEach(() => {
    folder = sharedFolder('environments-');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string) => join(folder, name);
  const touch = (name: string) => writeFileSync(file(name), '');

  test('work in parallel up to a limit; further invocations wait, in order', async () => {
    const { lambda, create, call } = localLambda({ maxEnvironments: 2 });
    create('wait', WAITING, { Timeout: 60 });
    const finished: number[] = [];
    const calls = [0, 1, 2, 3].map(async (number) => {
      const { value } = await call('wait', { begun: file(`begun-${number}`), go: file(`go-${number}`) });
      finished.push(number);
      return value;
    });
    await until(() => existsSync(file('begun-0')) && existsSync(file('begun-1')));
    expect(existsSync(file('begun-2'))).toBe(false);
    touch('go-1');
    await until(() => existsSync(file('begun-2')));
    expect(existsSync(file('begun-3'))).toBe(false);
    touch('go-0');
    touch('go-3');
    await until(() => finished.includes(3));
    touch('go-2');
    const pids = await Promise.all(calls);
    expect(finished).toEqual([1, 0, 3, 2]);
    expect(new Set(pids).size).toBe(2);
    await lambda.close();
  });

  test('that all wait for an invocation that waits for them let go of it, but not of other work', async () => {
    const { lambda, create, call } = localLambda({
      maxEnvironments: 1,
      processorsIdle: () => true,
      stuckTime: 100,
    });
    create('wait', WAITING, { Timeout: 60 });
    const files = { begun: file('begun'), go: file('go') };
    const outer = call('wait', files);
    await until(() => existsSync(file('begun')));
    // As from Step Functions, which chooses the id.
    const patient = call('wait', files, { RequestId: '00000000-0000-4000-8000-000000000000' });
    await expect(call('wait', files)).rejects.toMatchObject({
      code: 'TooManyRequestsException',
      message: expect.stringContaining('All 1 environments of the local AWS are in use'),
    });
    touch('go');
    expect((await outer).value).toBe((await patient).value);
    await lambda.close();
  });

  test('become more when the busy ones only wait and the processors are idle', async () => {
    const atFirst = 2 * availableParallelism();
    let idle = false;
    let looks = 0;
    const processorsIdle = () => {
      looks++;
      return idle;
    };
    const { lambda, create, call } = localLambda({ processorsIdle });
    create('wait', WAITING, { Timeout: 60 });
    // Each waits for what the last one creates.
    const calls = Array.from({ length: atFirst + 1 }, (_, number) =>
      call('wait', { begun: file(`begun-${number}`), go: file(`begun-${atFirst}`) }),
    );
    await until(() => existsSync(file(`begun-${atFirst - 1}`)) && looks > 2);
    expect(existsSync(file(`begun-${atFirst}`))).toBe(false);
    idle = true;
    const pids = (await Promise.all(calls)).map(({ value }) => value);
    expect(new Set(pids).size).toBe(atFirst + 1);
    await lambda.close();
  });

  test('end when other functions need environments', async () => {
    const { lambda, create, call } = localLambda({ maxEnvironments: 1 });
    create('a', 'return process.pid');
    create('b', 'return process.pid');
    const { value: first } = await call('a');
    await call('b');
    await until(() => !isRunning(first));
    expect((await call('a')).value).not.toBe(first);
    await lambda.close();
  });

  test('do not exceed the reserved concurrency', async () => {
    const { lambda, create, call, timers, logged } = localLambda();
    create('wait', WAITING, { Timeout: 60 });
    lambda.putFunctionConcurrency({ FunctionName: 'wait', ReservedConcurrentExecutions: 1 });
    const event = { begun: file('begun'), go: file('go') };
    const first = call('wait', event);
    const Reason = 'ReservedFunctionConcurrentInvocationLimitExceeded';
    const throttled = {
      code: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      status: 429,
      members: { Reason },
    };
    await expect(call('wait', event)).rejects.toMatchObject(throttled);

    await lambda.invoke({ FunctionName: 'wait', InvocationType: 'Event', Payload: JSON.stringify(event) });
    await until(() => existsSync(file('begun')));
    touch('go');
    await first;
    expect(timers.fire()).toEqual([1000]);
    await until(() => logged('wait').filter((line) => line.startsWith('REPORT')).length === 2);

    lambda.putFunctionConcurrency({ FunctionName: 'wait', ReservedConcurrentExecutions: 0 });
    await expect(call('wait', event)).rejects.toMatchObject(throttled);
    await lambda.close();
  });

  test('end when they have been idle for long enough', async () => {
    const { lambda, create, call } = localLambda({ idleTime: 1 });
    create('brief', 'return process.pid');
    const { value } = await call('brief');
    await until(() => !isRunning(value));
    await lambda.close();
  });

  test('stand still between invocations', async () => {
    const { lambda, create, call } = localLambda({ maxEnvironments: 1 });
    const turning =
      'const turn = () => { globalThis.turns++; setImmediate(turn) }; globalThis.turns = 0; turn();';
    create('frozen', `if (!globalThis.turns) { ${turning} } return globalThis.turns`);
    expect((await call('frozen')).value).toBe(1);
    // The event loop turns a few times around the answer, and no more until the next invocation.
    expect((await call('frozen')).value).toBeLessThan(10);
    await lambda.close();
  });

  test('keep their own temporary files, as long as they are warm', async () => {
    const { lambda, create, call } = localLambda();
    const body = `
      const place = require('os').tmpdir() + '/seen';
      const seen = require('fs').existsSync(place);
      require('fs').writeFileSync(place, '');
      if (event.exit) process.exit();
      return { place, seen };`;
    create('notes', body);
    const first = (await call('notes')).value;
    expect([first.seen, (await call('notes')).value.seen]).toEqual([false, true]);
    await call('notes', { exit: true });
    await until(() => !existsSync(first.place));
    expect((await call('notes')).value.seen).toBe(false);
    await lambda.close();
  });

  test('end with everything that they started', async () => {
    const { lambda, create, call } = localLambda();
    const start = "return require('child_process').spawn('sleep', ['1000'], { stdio: 'inherit' }).pid";
    create('parent', start);
    create('suicide', `console.log((() => { ${start} })()); process.exit(1)`);
    const { value } = await call('parent');
    expect(isRunning(value)).toBe(true);
    const orphan = Number(/\tINFO\t(\d+)/.exec((await call('suicide')).log)?.[1]);
    await until(() => !isRunning(orphan));
    await lambda.close();
    await until(() => !isRunning(value));
  });

  test('end without those of another service whose log streams have the same names', async () => {
    const sameUuid = () => '00000000-0000-4000-8000-000000000000';
    const [one, other] = [localLambda({}, sameUuid), localLambda({}, sameUuid)];
    const pids = [one, other].map(async ({ create, call }) => {
      create('pid', 'return process.pid;');
      return (await call('pid')).value as number;
    });
    const [ended, kept] = (await Promise.all(pids)) as [number, number];
    await one.lambda.close();
    expect([isRunning(ended), isRunning(kept)]).toEqual([false, true]);
    expect((await other.call('pid')).value).toBe(kept);
    await other.lambda.close();
  });

  test('end, also busy ones, when the service is closed, and their code is removed', async () => {
    const { lambda, create, call } = localLambda();
    create('idle', 'return { pid: process.pid, folder: process.cwd() }');
    create('busy', `require('fs').writeFileSync(event.file, String(process.pid)); for (;;);`, {
      Timeout: 60,
    });
    const { value } = await call('idle');
    const busy = call('busy', { file: file('pid') });
    await until(() => existsSync(file('pid')) && readFileSync(file('pid'), 'utf8') !== '');
    const pids = [value.pid, Number(readFileSync(file('pid'), 'utf8'))];
    expect(pids.map(isRunning)).toEqual([true, true]);
    await lambda.close();
    expect(pids.map(isRunning)).toEqual([false, false]);
    expect(existsSync(dirname(value.folder))).toBe(false);
    expect((await busy).value.errorType).toBe('Runtime.ExitError');
    await expect(call('idle')).rejects.toMatchObject({ code: 'ServiceException' });
  });

  test('end when the process that runs them is killed', async () => {
    const fixture = join(__dirname, 'fixtures', 'doomed.ts');
    const source = join(__dirname, '../../../source.cjs');
    const doomed = spawn(process.execPath, ['--require', source, fixture, file('pid')], {
      stdio: 'ignore',
      env: { ...process.env, TMPDIR: folder },
    });
    await until(() => existsSync(file('pid')) && readFileSync(file('pid'), 'utf8') !== '');
    const pid = Number(readFileSync(file('pid'), 'utf8'));
    expect(isRunning(pid)).toBe(true);
    doomed.kill('SIGKILL');
    await until(() => !isRunning(pid));
    await until(() => !readdirSync(folder).some((name) => name.startsWith('local-lambda-')));
  });

  test('run the code that the function has when their turn comes', async () => {
    const { lambda, create, call } = localLambda({ maxEnvironments: 1 });
    create('changing', WAITING, { Timeout: 60 });
    create('leaving', 'return 1');
    const first = call('changing', { begun: file('begun'), go: file('go') });
    const [second, third] = [call('changing'), call('leaving')];
    await until(() => existsSync(file('begun')));
    lambda.updateFunctionCode({ FunctionName: 'changing', ZipFile: handlerZip('return "new"') });
    lambda.deleteFunction({ FunctionName: 'leaving' });
    touch('go');
    expect(typeof (await first).value).toBe('number');
    expect((await second).value).toBe('new');
    await expect(third).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
    await lambda.close();
  });

  test('release code that no version uses', async () => {
    const { lambda, create, call } = localLambda();
    create('old', 'return process.cwd()');
    const { value } = await call('old');
    expect(existsSync(value)).toBe(true);
    lambda.deleteFunction({ FunctionName: 'old' });
    await until(() => !existsSync(value));
    await lambda.close();
  });

  test('run functions that another service stored in the same tables', async () => {
    const tables = new Map<string, MemoryTable<unknown>>();
    const openTable: OpenTable = <T>(name: string) => {
      const table = tables.get(name) ?? new MemoryTable<unknown>();
      tables.set(name, table);
      return table as MemoryTable<T>;
    };
    const first = localLambda({ openTable });
    first.create('kept', 'return "kept"');
    await first.lambda.close();
    const second = localLambda({ openTable });
    expect((await second.call('kept')).value).toBe('kept');
    await second.lambda.close();
  });
});

test('a folder without permissions does not keep the service from closing', async () => {
  const { lambda, create, call } = localLambda({ sandbox: false });
  create(
    'lock',
    `
    const fs = require('fs');
    const folder = process.env.TMPDIR + '/locked';
    fs.mkdirSync(folder);
    fs.writeFileSync(folder + '/file', '');
    fs.chmodSync(folder, 0o500);
    return folder;`,
  );
  const { value } = await call('lock', {});
  await expect(lambda.close()).resolves.toBeUndefined();
  // Permissions do not stop root; for other users the folder is left behind.
  const left = existsSync(String(value));
  expect(left).toBe(process.getuid?.() !== 0);
  if (!left) return;
  chmodSync(String(value), 0o700);
  rmSync(dirname(dirname(String(value))), { recursive: true });
});
