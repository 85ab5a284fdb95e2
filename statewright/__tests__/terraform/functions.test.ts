/** The values in expressions.json are those of the real terraform (version 1.11). */
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { LITERALS } from '../../src/terraform/evaluate';
import { evaluateArgument } from '../../src/terraform/evaluate-argument';
import { functions } from '../../src/terraform/functions';
import type { Value } from '../../src/terraform/value';
import { describeWith } from '../support/tools';
import table from './expressions.json';

const expressions = Object.keys(table);

test.each(Object.entries(table))('%s is %j', (expression, value) => {
  const json = evaluateArgument(`\${jsonencode(${expression})}`, LITERALS, 'output.o') as string;

  expect(JSON.parse(json)).toEqual(value);
});

test('every function that needs no file, time or chance has a value in the table', () => {
  const elsewhere =
    /^(?:abspath|file|pathexpand|plantimestamp|timestamp|uuid$|base64gzip|ephemeral|issensitive)/;
  const missing = Object.keys(functions).filter(
    (name) => !elsewhere.test(name) && !expressions.some((each) => each.includes(`${name}(`)),
  );
  expect(missing).toEqual([]);
});

describeWith(['terraform'], 'the real terraform', () => {
  test('has the same values', () => {
    // One expression in one process; piped, `terraform console` prints the value of the last line only.
    const list = expressions.map((expression) => `jsonencode(${expression})`).join(', ');
    const output = execFileSync('terraform', ['console', '-no-color'], {
      input: `nonsensitive(base64encode(jsonencode([${list}])))\n`,
      cwd: tmpdir(),
      encoding: 'utf8',
    });
    const values = JSON.parse(Buffer.from(JSON.parse(output), 'base64').toString()) as string[];

    expect(
      Object.fromEntries(values.map((json, index) => [expressions[index], JSON.parse(json) as Value])),
    ).toEqual(table);
  });
});
