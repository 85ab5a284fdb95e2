import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, run } from './shell';

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'access-key-test-'));
  mkdirSync(join(folder, 'tmp'));
  env = {
    ...process.env,
    XDG_STATE_HOME: undefined,
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

const command = (port: number) =>
  run(process.execPath, [...cli, 'env', '--port', String(port)], { cwd: join(__dirname, '..'), env });

/** The key that a shell gets. */
async function keyOf(port = 4566): Promise<string | undefined> {
  return /AWS_ACCESS_KEY_ID=(\w+)/.exec((await command(port)).stdout)?.[1];
}

const inHome = (name = '') => join(folder, 'home/.local/state/statewright', name);
const inTemporary = () => join(folder, 'tmp', `statewright-${process.getuid?.()}`);
const modeOf = (path: string) => statSync(path).mode & 0o777;

const keysIn = (place: string) =>
  readdirSync(place)
    .filter((name) => name.startsWith('access-key-'))
    .sort();

test('is random, one for each port, and stays', async () => {
  const key = await keyOf();
  expect(key).toMatch(/^LOCAL[\dA-F]{32}$/);
  expect(await keyOf()).toBe(key);
  expect(await keyOf(4567)).not.toBe(key);
  expect(keysIn(inHome())).toEqual(['access-key-4566', 'access-key-4567']);
});

test('is in a folder and a file that nobody else can open', async () => {
  mkdirSync(inHome(), { recursive: true, mode: 0o755 });
  await keyOf();
  expect([modeOf(inHome()), modeOf(inHome('access-key-4566'))]).toEqual([0o700, 0o600]);
});

test('is made anew where others could have read it, and where it is damaged', async () => {
  const key = await keyOf();
  chmodSync(inHome('access-key-4566'), 0o644);
  const second = await keyOf();
  expect(second).not.toBe(key);
  expect(modeOf(inHome('access-key-4566'))).toBe(0o600);
  writeFileSync(inHome('access-key-4566'), '');
  const third = await keyOf();
  expect(third).not.toBe(second);
  expect(readFileSync(inHome('access-key-4566'), 'utf8')).toBe(`${third}\n`);
});

test('is where XDG_STATE_HOME says, which must be absolute', async () => {
  env.XDG_STATE_HOME = 'relative';
  await keyOf();
  expect(keysIn(inHome())).toEqual(['access-key-4566']);
  env.XDG_STATE_HOME = join(folder, 'state');
  await keyOf();
  expect(keysIn(join(folder, 'state/statewright'))).toEqual(['access-key-4566']);
});

test('is in a folder for temporary files where the home folder cannot be written', async () => {
  env.HOME = devNull;
  const key = await keyOf();
  expect(await keyOf()).toBe(key);
  expect(keysIn(inTemporary())).toEqual(['access-key-4566']);
  expect(modeOf(inTemporary())).toBe(0o700);
});

test('is not where a link of another user could lead', async () => {
  env.HOME = devNull;
  mkdirSync(join(folder, 'elsewhere'));
  symlinkSync(join(folder, 'elsewhere'), inTemporary());
  const { exitCode, stdout, stderr } = await command(4566);
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/access key of the local AWS cannot be kept.*\n.*XDG_STATE_HOME/);
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
});

test('is the same for all who ask for it at once', async () => {
  const keys = await Promise.all([keyOf(), keyOf(), keyOf(), keyOf()]);
  expect(new Set(keys)).toEqual(new Set([await keyOf()]));
});
