import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../../support/tools';
import table from '../expressions.json';

const expressions = Object.keys(table);

describeWith(['terraform'], 'the real terraform', () => {
  test('has the same values', () => {
    // One expression in one process; piped, `terraform console` prints the value of the last line only.
    const list = expressions.map((expression) => `jsonencode(${expression})`).join(', ');
    const cwd = mkdtempSync(join(tmpdir(), 'terraform-console-'));
    const output = execFileSync('terraform', ['console', '-no-color'], {
      input: `nonsensitive(base64encode(jsonencode([${list}])))\n`,
      cwd,
      encoding: 'utf8',
    });
    rmSync(cwd, { recursive: true });
    const values = JSON.parse(Buffer.from(JSON.parse(output), 'base64').toString()) as string[];

    expect(
      Object.fromEntries(values.map((json, index) => [expressions[index], JSON.parse(json) as unknown])),
    ).toEqual(table);
  });
});
