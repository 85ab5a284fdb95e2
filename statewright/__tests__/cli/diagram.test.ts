import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseArguments } from '../../src/cli/command';
import { diagram } from '../../src/cli/diagram';
import { copyProject } from '../fixture/synthesize';

const project = join(__dirname, '..', '..', '..');
let folder: string;
let printed: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'diagram-')));
  process.chdir(folder);
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1');
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.chdir(project);
  rmSync(folder, { recursive: true });
});

const run = async (...args: string[]) => {
  const { values, operands } = parseArguments(diagram, args);
  return diagram.run(values, operands);
};
const read = (file: string) => readFileSync(file, 'utf8');

const order = {
  StartAt: 'Check',
  States: {
    Check: { Type: 'Choice', Choices: [{ Condition: '{% $paid %}', Next: 'Ship' }], Default: 'Refuse' },
    Ship: { Type: 'Pass', End: true },
    Refuse: { Type: 'Fail' },
  },
};

/** An execution through these states, as the AWS CLI prints its history. */
function history(...names: string[]): string {
  const timestamp = '2024-05-01T12:00:00.250000+02:00';
  const entered = names.map((name, i) => ({
    timestamp,
    type: 'PassStateEntered',
    id: i + 2,
    previousEventId: i + 1,
    stateEnteredEventDetails: { name, input: '{}' },
  }));
  return JSON.stringify({ events: [{ timestamp, type: 'ExecutionStarted', id: 1 }, ...entered] });
}

function write(name: string, content: unknown): string {
  writeFileSync(name, typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

test("without options: draws the project's two executions into docs", async () => {
  copyProject(folder);

  expect(await run()).toBe(0);

  expect(read('docs/success.svg')).toContain(
    '<desc>Test: Task · Lambda Test, succeeded. HandleError: Task · Lambda Error, not run. ',
  );
  expect(read('docs/fail.svg')).toContain(
    '<desc>Test: Task · Lambda Test, caught error TestError. HandleError: Task · Lambda Error, succeeded. ',
  );
});

test('--definition: prints the SVG, in the colours of the theme', async () => {
  const file = write('states.json', order);

  await run('--definition', file);
  const automatic = printed;
  printed = '';
  await run('--definition', file, '--theme', 'dark');

  expect(automatic).toMatch(/^<svg [\s\S]*prefers-color-scheme[\s\S]*data-state="Ship"[\s\S]*<\/svg>\n$/);
  expect(printed).toMatch(/^<svg [\s\S]*data-state="Ship"[\s\S]*<\/svg>\n$/);
  expect(printed).not.toContain('prefers-color-scheme');
});

test.each([
  ['a file with', () => write('history.json', history('Check', 'Ship'))],
  ['itself', () => `\n${history('Check', 'Ship')}`],
])('--execution, %s the history: marks the path', async (_, value) => {
  await run('--definition', write('states.json', order), '--execution', value());

  expect(printed).toContain('Refuse: Fail, not run');
  expect(printed).toContain('Ship: Pass, in progress');
});

test('--format mermaid: prints the flowchart', async () => {
  await run('--definition', write('states.json', order), '--format', 'mermaid');

  expect(printed).toMatch(/^flowchart TD\n/);
  expect(printed).toContain('Ship');
});

test.each([
  ['diagram.svg', [], '<svg '],
  ['diagram.PNG', [], '\x89PNG\r\n\x1a\n'],
  ['diagram.mmd', [], 'flowchart TD\n'],
  ['diagram', ['--format', 'png'], '\x89PNG\r\n\x1a\n'],
])('--out %s %j: writes the file, and prints nothing', async (out, options, start) => {
  expect(await run('--definition', write('states.json', order), '--out', out, ...options)).toBe(0);

  expect(readFileSync(out, 'latin1').slice(0, start.length)).toBe(start);
  expect(printed).toBe('');
});

test('a PNG is not written to a terminal', async () => {
  const { isTTY } = process.stdout;
  process.stdout.isTTY = true;
  try {
    await expect(run('--definition', write('states.json', order), '--format', 'png')).rejects.toMatchObject({
      name: 'UserError',
      hint: 'Say where to write it: --out FILE.png',
    });
  } finally {
    process.stdout.isTTY = isTTY;
  }
  expect(printed).toBe('');
});

describe('mistakes', () => {
  beforeEach(() => {
    write('states.json', order);
    write('broken.json', '{"StartAt": "A",\n "States": {]}');
    write('list.json', []);
    write('dangling.json', { StartAt: 'Chekc', States: order.States });
    write('other.json', history('Check', 'Pack'));
    write('no-history.json', { executions: [] });
  });

  test.each([
    [
      '--definition none.json',
      /^The definition file cannot be read: ENOENT.*none\.json/,
      expect.stringContaining('a relative path begins at '),
    ],
    [
      '--definition states.json --execution none.json',
      /^The execution file cannot be read: ENOENT/,
      expect.stringContaining('a relative path begins at '),
    ],
    [
      '--definition broken.json',
      /^broken\.json is not valid JSON: line 2/,
      expect.stringContaining('Amazon States Language'),
    ],
    [
      '--definition list.json',
      /^list\.json: The definition is not a state machine: it needs.* States/,
      expect.stringContaining('describe-state-machine'),
    ],
    ['--definition dangling.json', /^dangling\.json: \/StartAt names the state "Chekc"/, undefined],
    [
      '--definition states.json --execution broken.json',
      /^broken\.json: The execution history is not valid JSON/,
      expect.stringContaining('get-execution-history'),
    ],
    [
      '--definition states.json --execution no-history.json',
      /^no-history\.json: This is not an execution history/,
      expect.stringContaining('get-execution-history'),
    ],
    [
      '--definition states.json --execution other.json',
      /^The execution went through the state "Pack", which the definition does not have/,
      expect.stringContaining('describe-state-machine-for-execution'),
    ],
    [
      '--definition states.json --execution {"executions":[]}',
      /^--execution: This is not an execution history/,
      expect.stringContaining('get-execution-history'),
    ],
    ['--definition states.json --format pgn', /^Unknown format "pgn"\.$/, 'Did you mean png?'],
    ['--definition states.json --format mermiad', /^Unknown format "mermiad"\.$/, 'Did you mean mermaid?'],
    ['--definition states.json --theme lihgt', /^Unknown theme "lihgt"\.$/, 'Did you mean light?'],
    [
      '--definition states.json --out diagram.jpg',
      /^The ending of diagram\.jpg does not say/,
      expect.stringContaining('--format svg|png|mermaid'),
    ],
    [
      '--definition states.json --out missing/diagram.svg',
      /^The diagram cannot be written: ENOENT.*missing/,
      expect.stringContaining('a folder that is there'),
    ],
    ['--theme dark', /^--theme is for the diagram of a definition\.$/, 'Give it: --definition FILE'],
  ])('%s', async (args, message, hint) => {
    await expect(run(...args.split(' '))).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(message),
      hint,
    });
    expect(printed).toBe('');
  });
});

test('the command line: the mistake and what to do, without a stack trace', async () => {
  const args = [
    '--conditions=statewright-source',
    '--import',
    'tsx',
    'statewright/src/cli/main.ts',
    'diagram',
    '--definition',
    join(folder, 'none.json'),
  ];
  const ended = promisify(execFile)(process.execPath, args, { cwd: project });

  const { code, stdout, stderr } = await ended.catch((error) => error);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('The definition file cannot be read');
  expect(stderr).not.toMatch(/^\s+at /m);
});
