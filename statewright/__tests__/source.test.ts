import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs Node.js with the loader of this repository's TypeScript, and returns what it prints. */
function run(...args: readonly string[]): string {
  const loader = join(__dirname, '../source.cjs');
  return execFileSync(process.execPath, ['--require', loader, ...args], { cwd: __dirname, encoding: 'utf8' });
}

test('a module runs in the same way with the bytecode of an earlier process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'source-'));
  const file = join(folder, 'main.ts');
  writeFileSync(
    file,
    `type Text = string; const fail = (text: Text) => { throw new Error(text); };
     export const isMain = require.main === module && require.resolve('./main.ts') === __filename;
     try { fail(String(isMain)); } catch (error) { console.log((error as Error).stack?.split('\\n', 3)); }`,
  );
  try {
    const [first, second] = [run(file), run(file)];

    expect(first).toContain('Error: true');
    expect(first).toContain('main.ts:1:58');
    expect(first).toContain('main.ts:3:12');
    expect(second).toBe(first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('CDKTF is loaded without what few apps use, which works at its first use', () => {
  const script = `
    require('cdktf');
    const { ValidateBinaryVersion } = require('cdktf/lib/validations/validate-binary-version');
    const loaded = () =>
      ['archiver', 'semver'].filter((name) => Object.keys(require.cache).some((file) => file.includes('/node_modules/' + name + '/')));
    const before = loaded();
    const faults = new ValidateBinaryVersion('node', '>=999', JSON.stringify(process.execPath) + ' --version', '').validate();
    console.log(JSON.stringify({ before, faults, after: loaded() }));
  `;
  const { before, faults, after } = JSON.parse(run('--eval', script));

  expect(before).toEqual([]);
  expect(faults).toEqual([expect.stringContaining('is lower than the required version >=999')]);
  expect(after).toEqual(['semver']);
});
