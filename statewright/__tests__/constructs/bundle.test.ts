import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { bundleHandler } from '../../src/constructs/bundle';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): string {
  const path = join(folder, file);
  writeFileSync(path, text);
  return path;
}

/** The exports of the bundle when Node runs it. */
function run(bundle: string): Record<string, unknown> {
  const module = { exports: {} };
  new Function('module', 'exports', 'require', bundle)(module, module.exports, require);
  return module.exports;
}

test('bundles the handler with its imports', () => {
  write('greeting.ts', "export const greeting: string = 'hello';");
  const entry = write(
    'hello.ts',
    "import { greeting } from './greeting';\nexport const handler = () => greeting;",
  );

  const { handler } = run(bundleHandler(entry).code) as { handler: () => string };

  expect(handler()).toBe('hello');
});

test('keeps the names of classes, even when two have the same name', () => {
  write('other.ts', 'export class Fault extends Error {}');
  const entry = write(
    'handler.ts',
    "import * as other from './other';\nclass Fault extends Error {}\nexport const handler = () => [Fault.name, other.Fault.name];",
  );

  const { handler } = run(bundleHandler(entry).code) as { handler: () => string[] };

  expect(handler()).toEqual(['Fault', 'Fault']);
});

test('returns the same bytes in every folder, without the name of the folder', () => {
  mkdirSync(join(folder, 'a'));
  const entry = write('a/handler.ts', 'export const handler = (): number => 1;');
  cpSync(join(folder, 'a'), join(folder, 'elsewhere', 'b'), { recursive: true });

  const [first, second] = [entry, join(folder, 'elsewhere', 'b', 'handler.ts')].map(
    (file) => bundleHandler(file).code,
  );

  expect(second).toBe(first);
  expect(first).not.toContain(folder);
});

test('the source map has the source line of a line in the bundle, and is not part of the bundle', () => {
  const entry = write('handler.ts', "\n\nexport const handler = () => {\n  throw new Error('here');\n};\n");

  const { code, map } = bundleHandler(entry);

  const lines = code.split('\n');
  const line = lines.findIndex((text) => text.includes('throw new Error'));
  const column = lines[line]?.indexOf('throw') ?? -1;
  expect(originalPositionFor(new TraceMap(map), { line: line + 1, column })).toMatchObject({
    source: relative(process.cwd(), entry),
    line: 4,
  });
  expect(code).not.toContain('sourceMappingURL');
});

describe('a fault has its place', () => {
  const here = (entry: string) => relative(process.cwd(), entry);

  test('a missing file', () => {
    const entry = join(folder, 'missing.ts');

    expect(() => bundleHandler(entry)).toThrow(`The handler file ${here(entry)} does not exist.`);
  });

  test('a syntax error, with its line', () => {
    const entry = write('broken.ts', 'export const handler =\n  () => ;\n');

    expect(() => bundleHandler(entry)).toThrow(`${here(entry)}:2:9: Unexpected ";"\n    () => ;`);
  });

  test('a syntax error in an imported file', () => {
    const helper = write('helper.ts', 'const = 1;');
    const entry = write('handler.ts', "import './helper';\nexport const handler = () => 1;");

    expect(() => bundleHandler(entry)).toThrow(`${here(helper)}:1:7: `);
  });

  test('an import that does not exist', () => {
    const entry = write('handler.ts', "import './nowhere';\nexport const handler = () => 1;");

    expect(() => bundleHandler(entry)).toThrow(`${here(entry)}:1:8: Could not resolve "./nowhere"`);
  });

  test('a file that does not export a handler', () => {
    const entry = write('handler.ts', 'export const hander = () => 1;');

    expect(() => bundleHandler(entry)).toThrow(
      `${here(entry)}: No matching export in "handler.ts" for import "handler"`,
    );
  });
});
