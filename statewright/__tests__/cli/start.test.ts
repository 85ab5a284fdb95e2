import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { HistoryEvent } from '../../src/history/events';
import { copyProject } from '../fixture/synthesize';
import { eventLine, seedCases } from '../seed-cases';

const cli = resolve(__dirname, '../../src/cli/main.ts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
  copyProject(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as `npm start -- …` does, in a copy of the fixture. */
function start(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=statewright-source', '--import', 'tsx', cli, 'start', ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    },
  );
  return { status, stdout, stderr };
}

describe('npm start', () => {
  test('runs both executions and says what each did', () => {
    const { status, stdout, stderr } = start();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('Path    Test ✓ → SuccessState ✓ → End');
    expect(stdout).toContain('Path    Test ✗ TestError → HandleError ✓ → FailState ✓ → End');
    expect(stdout).toMatch(/\/aws\/lambda\/Error\n[\s\S]*called error_handler/);
    // The stack trace leads to the user's source, also where Error logs what Test raised.
    expect(stdout.replace(/\s+/g, '').match(/handler\(handlers\/test\.ts:7:\d+\)/g)).toHaveLength(2);
    expect(stdout).not.toContain('/var/task/');
  });

  test.each(seedCases)('--json prints the history alone: $name', ({ input, events }) => {
    const { status, stdout, stderr } = start('--input', input ?? '{}', '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const history = JSON.parse(stdout) as { events: HistoryEvent[] };
    expect(Object.keys(history)).toEqual(['events']);
    expect(history.events.map(eventLine)).toEqual(events);
    if (input) expect(stdout).toContain('at handler (/var/task/index.js:');
  });

  test.each([
    [
      'input that is not JSON',
      ['--input', '{fail: true}'],
      /The input is not valid JSON: .*\n→ Quote it for the shell/s,
    ],
    ['an empty input', ['--input', ' '], /The input is not valid JSON: .* found the end of the text/],
    ['an unknown option', ['--inptu', '{}'], /Unknown option --inptu\.\n→ Did you mean --input\?/],
    ['an option without its value', ['--input'], /Option --input needs a value/],
    ['a stray argument', ['{}'], /Unexpected argument "\{\}"/],
    ['--json without an input', ['--json'], /--json prints the history of one execution\.\n→ Give its input/],
    [
      'an input file that is not there',
      ['--input', 'file://nowhere.json'],
      /cannot be read: .*nowhere\.json/,
    ],
  ])('refuses %s with a clear message, and no stack trace', (_, args, message) => {
    const { status, stdout, stderr } = start(...args);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('refuses an input over 256 KiB', () => {
    const file = join(folder, 'big.json');
    writeFileSync(file, JSON.stringify('x'.repeat(262_143)));
    const { status, stderr } = start('--input', `file://${file}`);
    expect(status).toBe(1);
    expect(stderr).toContain('The input is 262145 bytes long; an execution takes at most 262144 (256 KiB).');
  });

  test('--help lists the options', () => {
    const { status, stdout } = start('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('--input JSON');
  });
});
