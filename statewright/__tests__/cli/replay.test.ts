import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toAwsHistoryJson } from '../../src/history/aws-history';
import { deployDefinition } from '../../src/testing';
import { machines } from '../verify/replay/machines';
import { statewrightHere } from './in-process';

const histories = join(__dirname, '../verify/replay/histories');

const PLACEHOLDER = ['$', '{work}'].join('');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replay-'));
  for (const name of ['caught-error', 'retries', 'timeout', 'failure']) {
    cpSync(join(histories, `${name}.json`), join(folder, 'histories', `${name}.json`));
  }
  const { definition } = machines['caught error'] as { definition: object };
  // A definition with a placeholder: the function's ARN is not known before the deployment.
  const text = JSON.stringify(definition).replace(/arn:[^"]*:work/, PLACEHOLDER);
  writeFileSync(join(folder, 'states.asl.json'), text);
});

const replay = (...args: readonly string[]) =>
  statewrightHere(folder, ['replay', 'histories', '--definition', 'states.asl.json', ...args]);

test('a folder gives a table by kind of difference, and annotations in GitHub Actions', async () => {
  const args = ['replay', 'histories', '--definition', 'states.asl.json', '--allow', 'path,new-state'];
  const { stdout, exitCode } = await statewrightHere(folder, args, { GITHUB_ACTIONS: 'true' });
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`${PLACEHOLDER} has no value`);
  expect(stdout).toMatch(/^unanswered +2 {2}histories\/failure\.json: /m);
  expect(stdout).toMatch(
    /^outcome +1 {2}histories\/retries\.json: ended SUCCEEDED, ends FAILED \(Once\) now$/m,
  );
  expect(stdout).toMatch(/^path \(allowed\) +2 /m);
  expect(stdout).toContain('4 histories replayed: 1 the same, 3 different\n');
  expect(stdout).toContain(
    '::error file=states.asl.json,title=replay%3A outcome::1 history of 4. histories/retries.json: ended SUCCEEDED',
  );
  expect(stdout).toContain('::notice file=states.asl.json,title=replay%3A path::2 histories of 4.');
});

test('--json prints every difference, and --allow decides on the exit code', async () => {
  const allowed = ['outcome', 'path', 'unanswered', 'parameters', 'renamed-state', 'data'];
  const { stdout, exitCode } = await replay('--json', ...allowed.flatMap((kind) => ['--allow', kind]));
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([
    { history: 'histories/caught-error.json', isSame: true, differences: [] },
    { history: 'histories/failure.json', isSame: false },
    {
      history: 'histories/retries.json',
      recorded: { status: 'SUCCEEDED' },
      now: { status: 'FAILED', error: 'Once' },
      differences: [{ kind: 'outcome', text: 'ended SUCCEEDED, ends FAILED (Once) now' }, { kind: 'path' }],
    },
    { history: 'histories/timeout.json' },
  ]);
});

test('--coverage, --diagram and --prices', async () => {
  const prices = { date: '2026-11-01', currency: 'EUR', stateTransition: 0.5 };
  writeFileSync(join(folder, 'prices.json'), JSON.stringify(prices));
  const { stdout } = await replay('--coverage', '--diagram', 'taken.svg', '--prices', 'prices.json');
  expect(stdout).toMatch(/^states +4 +3\/3 +2\/2 +- +- +1\/1 +100 %$/m);
  expect(stdout).toContain('Lambda work: 5 calls');
  expect(stdout).toContain(
    'EUR with the prices of 2026-11-01; not counted: the price "lambdaRequest", the memory of the function work',
  );
  expect(readFileSync(join(folder, 'taken.svg'), 'utf8')).toContain('<title>states: 4 executions</title>');
});

test('--bucket has the objects that a distributed Map reads', async () => {
  const definition = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'JSON' },
          Parameters: { Bucket: 'orders', Key: 'items.json' },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'One',
          States: { One: { Type: 'Pass', End: true } },
        },
        End: true,
      },
    },
  };
  const workflow = await deployDefinition(definition);
  workflow.bucket('orders', { 'items.json': [1, 2] });
  const { events } = await workflow.run();
  writeFileSync(join(folder, 'read.json'), toAwsHistoryJson(events));
  writeFileSync(join(folder, 'map.asl.json'), JSON.stringify(definition));
  mkdirSync(join(folder, 'bucket'));
  writeFileSync(join(folder, 'bucket', 'items.json'), '[1, 2]');
  const args = ['replay', 'read.json', '--definition', 'map.asl.json'];

  const without = await statewrightHere(folder, args);
  expect(without.stdout).toContain('the history does not have the objects of the bucket "orders"');
  expect(without.exitCode).toBe(1);

  const { stdout, exitCode } = await statewrightHere(folder, [...args, '--bucket', 'orders=bucket']);
  expect(stdout).toContain('1 the same');
  expect(exitCode).toBe(0);
});

test.each([
  [['nowhere'], 'nowhere does not exist.'],
  [[], 'The histories are missing.'],
  [['histories', '--bucket', 'orders=nowhere'], '--bucket orders=nowhere: the folder'],
  [['histories', '--allow', 'paths'], '--allow paths: this kind of difference does not exist.'],
])('a mistake: %j', async (args, message) => {
  const { stderr, exitCode } = await statewrightHere(folder, ['replay', ...args]);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(1);
});
