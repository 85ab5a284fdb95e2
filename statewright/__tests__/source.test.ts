import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs JavaScript with the loader of this repository's TypeScript, and returns the JSON that it prints. */
function run(script: string): unknown {
  const loader = join(__dirname, '../source.cjs');
  const output = execFileSync(process.execPath, ['--require', loader, '--eval', script], { cwd: __dirname });
  return JSON.parse(String(output));
}

test('CDKTF is loaded without what few apps use, which works at its first use', () => {
  const { before, faults, after } = run(`
    require('cdktf');
    const { ValidateBinaryVersion } = require('cdktf/lib/validations/validate-binary-version');
    const loaded = () =>
      ['archiver', 'semver'].filter((name) => Object.keys(require.cache).some((file) => file.includes('/node_modules/' + name + '/')));
    const before = loaded();
    const faults = new ValidateBinaryVersion('node', '>=999', JSON.stringify(process.execPath) + ' --version', '').validate();
    console.log(JSON.stringify({ before, faults, after: loaded() }));
  `) as Record<string, readonly string[]>;

  expect(before).toEqual([]);
  expect(faults).toEqual([expect.stringContaining('is lower than the required version >=999')]);
  expect(after).toEqual(['semver']);
});
