import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publish } from '../../src/constructs/publish';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const read = (path: string) => readFileSync(join(folder, path), 'utf8');

function synthesized(hash: string): void {
  rmSync(join(folder, 'from'), { recursive: true, force: true });
  write('from/manifest.json', hash);
  write('from/bundles/a/index.js', 'not for deployment');
  write('from/stacks/s/cdk.tf.json', `names ${hash}`);
  write(`from/stacks/s/assets/code/${hash}/index.js`, hash);
}

test('copies the stacks with their assets and the manifest, and nothing else', () => {
  synthesized('one');

  publish(join(folder, 'from'), join(folder, 'out'));

  expect(readdirSync(join(folder, 'out')).sort()).toEqual(['manifest.json', 'stacks']);
  expect(readdirSync(join(folder, 'out/stacks/s')).sort()).toEqual(['assets', 'cdk.tf.json']);
  expect(read('out/stacks/s/assets/code/one/index.js')).toBe('one');
});

test('a second time: replaces files that changed, deletes old assets, and keeps other files', () => {
  synthesized('one');
  publish(join(folder, 'from'), join(folder, 'out'));
  write('out/stacks/s/.terraform.lock.hcl', 'lock');
  write('out/stacks/s/assets/code.zip', 'zip');
  synthesized('two');

  publish(join(folder, 'from'), join(folder, 'out'));

  expect(read('out/stacks/s/cdk.tf.json')).toBe('names two');
  expect(readdirSync(join(folder, 'out/stacks/s/assets/code'))).toEqual(['two']);
  expect(read('out/stacks/s/.terraform.lock.hcl')).toBe('lock');
  expect(read('out/stacks/s/assets/code.zip')).toBe('zip');
});

test('when it fails before the end, the old file and its assets are complete', () => {
  synthesized('one');
  publish(join(folder, 'from'), join(folder, 'out'));
  synthesized('two');
  mkdirSync(join(folder, `out/stacks/s/cdk.tf.json.${process.pid}.tmp`));

  expect(() => publish(join(folder, 'from'), join(folder, 'out'))).toThrow();

  expect(read('out/stacks/s/cdk.tf.json')).toBe('names one');
  expect(read('out/stacks/s/assets/code/one/index.js')).toBe('one');
});
