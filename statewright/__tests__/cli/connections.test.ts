import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConnections } from '../../src/cli/connections';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'connections-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const path = join(folder, 'connections.json');
  writeFileSync(path, text);
  return readConnections(path);
}

test('a connection is found by its name', () => {
  const payments = { ApiKeyAuthParameters: { ApiKeyName: 'x-key', ApiKeyValue: 'k' } };
  const connections = read(JSON.stringify({ payments }));
  expect(connections('payments')).toEqual(payments);
  expect(connections('other')).toBeUndefined();
  expect(connections('constructor')).toBeUndefined();
});

test.each([
  ['{', /connections\.json is not valid JSON/],
  ['[]', /must be an object: one connection per name/],
  ['{"payments": "key"}', /"payments" is not an object/],
  ['{"payments": {"BasicAuthParameter": {}}}', /"payments" has the unknown field "BasicAuthParameter"/],
])('%s is refused', (text, message) => {
  expect(() => read(text)).toThrow(message);
});
