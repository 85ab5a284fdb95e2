import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArguments } from '../../src/cli/arguments';
import { diagram } from '../../src/cli/diagram';
import { UserError } from '../../src/user-error';
import { copyProject } from '../fixture/synthesize';
import { dotnetStack } from './dotnet-stack';
import { statewright } from './run';

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

async function run(...args: string[]): Promise<number> {
  const { values, operands } = parseArguments(diagram, args);
  return diagram.run(values, operands);
}
const read = (file: string) => readFileSync(file, 'utf8');

const order = {
  StartAt: 'Check',
  States: {
    Check: { Type: 'Choice', Choices: [{ Condition: '{% $paid %}', Next: 'Ship' }], Default: 'Refuse' },
    Ship: { Type: 'Pass', End: true },
    Refuse: { Type: 'Fail' },
  },
};

/** The history of an execution through these states, as the AWS CLI prints it. */
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

test('a project: draws an execution for each input of its statewright.json', async () => {
  copyProject(folder);
  write('statewright.json', { inputs: { good: {}, bad: { fail: true } }, diagrams: 'docs' });

  expect(await run()).toBe(0);

  expect(read('docs/good.svg')).toContain(
    '<desc>Test: Task · Lambda Test, succeeded. HandleError: Task · Lambda Error, not run. ',
  );
  expect(read('docs/bad.svg')).toContain(
    '<desc>Test: Task · Lambda Test, caught error TestError. HandleError: Task · Lambda Error, succeeded. ',
  );
  expect(printed).toMatch(/✓ Draw docs\/good\.svg .*\n[\s\S]*✓ Draw docs\/bad\.svg /);
});

test('--input: runs it with stand-ins, and draws the path', async () => {
  write('task.json', {
    StartAt: 'Call',
    States: { Call: { Type: 'Task', Resource: `\${Function}`, End: true } },
  });
  write('stand-ins.json', { Call: { result: 1 } });
  const args = [
    '--definition',
    'task.json',
    '--input',
    '{}',
    '--stand-ins',
    'stand-ins.json',
    '--out',
    'd.svg',
  ];
  expect(await statewright(folder, ['diagram', ...args])).toMatchObject({ exitCode: 0, stderr: '' });
  expect(read('d.svg')).toContain('Call: Task · Lambda Function, succeeded');
});

test('a stack is read and drawn: nothing is deployed, and there is no warning of a runtime that this machine does not have', async () => {
  write('main.tf', dotnetStack);

  const { exitCode, stdout, stderr } = await statewright(folder, ['diagram', '.', '--out', 'd.svg']);

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  // It is not deployed.
  expect(stdout.match(/✓ \w+/g)).toEqual(['✓ Read', '✓ Draw']);
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
  ['the text of', () => `\n${history('Check', 'Ship')}`],
])('--execution, %s the history: marks the path', async (_, value) => {
  await run('--definition', write('states.json', order), '--execution', value());

  expect(printed).toContain('Refuse: Fail, not run');
  expect(printed).toContain('Ship: Pass, in progress');
});

test('--format text: prints the states', async () => {
  await run('--definition', write('states.json', order), '--format', 'text');

  expect(printed).toMatch(/^Start → Check\n/);
  expect(printed).toContain('Ship · Pass\n  → End\n');
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
])('--out %s %j: writes the file, and says so', async (out, options, start) => {
  expect(await run('--definition', write('states.json', order), '--out', out, ...options)).toBe(0);

  expect(readFileSync(out, 'latin1').slice(0, start.length)).toBe(start);
  expect(printed).toMatch(new RegExp(`✓ Draw ${out} `));
});

test.each(['png', 'svg'])('a %s is not written to a terminal', async (format) => {
  const { isTTY } = process.stdout;
  process.stdout.isTTY = true;
  try {
    await expect(run('--definition', write('states.json', order), '--format', format)).rejects.toMatchObject({
      name: 'UserError',
      hint: `Write it to a file: --out diagram.${format}`,
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
      /^none\.json does not exist\.$/,
      expect.stringContaining('Relative paths start at '),
    ],
    [
      '--definition states.json --execution none.json',
      /^none\.json does not exist\.$/,
      expect.stringContaining('Relative paths start at '),
    ],
    ['--definition broken.json', /^broken\.json is not valid JSON: line 2, column /, undefined],
    [
      '--definition list.json',
      /^list\.json has no state machine: neither StartAt and States, nor/,
      expect.stringContaining('Amazon States Language'),
    ],
    [
      '--definition dangling.json',
      /^dangling\.json: MISSING_TRANSITION_TARGET: Missing 'Next' target: Chekc\. Did you mean "Check"\? \(\/StartAt\)$/,
      expect.stringContaining('statewright validate'),
    ],
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
      /^states\.json: The execution went through the state "Pack", which the definition does not have/,
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
      /^Unknown file extension: diagram\.jpg$/,
      expect.stringContaining('--format svg|png|mermaid|text'),
    ],
    [
      '--definition states.json --out states.json/diagram.svg',
      /^states\.json is a file, not a folder\.$/,
      undefined,
    ],
    [
      '--definition states.json --out none/diagram.svg',
      /^The folder none does not exist\.$/,
      'Create it: mkdir -p none',
    ],
  ])('%s', async (args, message, hint) => {
    const error: unknown = await run(...args.split(' ')).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ message: expect.stringMatching(message), hint });
  });
});
