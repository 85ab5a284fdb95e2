/** The example in docs/replay.md: each change is made, and each command prints what the page shows. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toAwsHistoryJson } from '../../src/history/aws-history';
import { deployDefinition, returns, takes, throws } from '../../src/testing';
import { statewrightHere } from './in-process';

const page = readFileSync(join(__dirname, '../../../docs/replay.md'), 'utf8');
const [, example = ''] = /## An example\n(.*?)\n## Histories/s.exec(page) ?? [];
const blocks = [...example.matchAll(/```(\w*)\n(.*?)```/gs)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const original = blocks[0]?.text ?? '';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'replay-docs-'));
  mkdirSync(join(folder, 'histories'));
  writeFileSync(join(folder, 'stand-ins.json'), '{ "Notify": { "result": {} } }');
  const workflow = await deployDefinition(JSON.parse(original));
  workflow
    .replace({ state: 'Test' }, takes(120, returns('tested')))
    .replace({ lambda: 'Error' }, takes(80, returns('handled')));
  const write = async (name: string) =>
    writeFileSync(join(folder, 'histories', name), toAwsHistoryJson((await workflow.run()).events));
  await write('success.json');
  workflow.replace({ state: 'Test' }, takes(110, throws('TestError')));
  await write('fail.json');
});

interface Step {
  /** The changes of the definition that the command sees. */
  readonly diff: string;
  readonly command: string;
  readonly output: string;
}

const steps: Step[] = [];
let diff = '';
for (const { language, text } of blocks.slice(1)) {
  const [, command, output = ''] = /^\$ statewright (.*)\n([\s\S]*)$/.exec(text) ?? [];
  if (language === 'diff') diff = text;
  if (command !== undefined) steps.push({ diff, command, output });
}

/** The definition with changes: removed lines, one after the other or apart, become the added ones. */
function changed(changes: string): string {
  let text = original;
  for (const [, removed = '', added = ''] of changes.matchAll(/((?:^-.*\n)+)((?:^\+.*\n)+)/gm)) {
    const lines = (marked: string) => marked.replace(/^[-+]/gm, '');
    expect(text).toContain(lines(removed));
    text = text.replace(lines(removed), lines(added));
  }
  return text;
}

test('the page has the documented changes', () => expect(steps).toHaveLength(6));

test.each(steps)('$command', async ({ diff, command, output }) => {
  writeFileSync(join(folder, 'states.json'), changed(diff));
  const { stdout, exitCode } = await statewrightHere(folder, command.split(' '));
  expect(stdout).toBe(output);
  expect(exitCode).toBe(/, 0 different/.test(output) ? 0 : 1);
});
