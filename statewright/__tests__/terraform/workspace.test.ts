import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceOf } from '../../src/terraform/workspace';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  for (const [data, name] of [
    ['.terraform', 'dev\n'],
    ['other', 'test'],
  ] as const) {
    mkdirSync(join(folder, data));
    writeFileSync(join(folder, data, 'environment'), name);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  [{}, 'dev'],
  [{ TF_DATA_DIR: 'other' }, 'test'],
  [{ TF_DATA_DIR: 'absent' }, 'default'],
  [{ TF_WORKSPACE: 'prod', TF_DATA_DIR: 'other' }, 'prod'],
  [{ TF_WORKSPACE: '' }, 'dev'],
])('the workspace with %j is %s', (environment, expected) => {
  expect(workspaceOf(folder, environment)).toBe(expected);
});
