import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import { type Example, examples } from './states-language-examples';

/** The rows of the document's tables: a name, and whether the engine supports it. */
const rows = readFileSync(join(__dirname, '../../../docs/states-language.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| (.+?) \| (yes|partly|no) \|/.exec(line))
  .filter((row) => row !== null)
  .map(([, name = '', support = '']) => ({ name: name.replaceAll('`', ''), support }));

/** Not part of one state machine: stop.test.ts shows the first, and the second has no operation. */
const ELSEWHERE = ['stopping', 'redriving'];

test('every row has examples, and every example has a row', () => {
  const names = rows.map(({ name }) => name).filter((name) => !ELSEWHERE.includes(name));
  expect([...examples.keys()].sort()).toEqual(names.sort());
});

describe.each([...examples].map(([name, cases]) => ({ name, cases })))('$name', ({ name, cases }) => {
  test.each(cases.map((example, index) => ({ example, index })))('example $index', async ({ example }) => {
    const { outcome } = await run(example.machine, example.options);
    if (outcome.status === 'SUCCEEDED') {
      expect(JSON.parse(outcome.output)).toEqual(example.output);
    } else {
      expect([outcome.error, `${outcome.error}: ${outcome.cause}`]).toContain(example.error);
    }
  });

  test('is what the document says', () => {
    expect(rows.find((row) => row.name === name)?.support).toBe(supportOf(cases));
  });
});

function supportOf(cases: readonly Example[]): 'yes' | 'partly' | 'no' {
  if (!cases.some(({ refused }) => refused)) return 'yes';
  return cases.every(({ refused }) => refused) ? 'no' : 'partly';
}
