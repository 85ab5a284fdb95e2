import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Which rooms of the house each room imports, itself aside: CONTRIBUTING.md, "The house". */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  asl: [],
  engine: ['asl'],
  constructs: ['asl'],
  definition: ['asl', 'handlers'],
  stack: ['constructs', 'definition'],
  // Of the engine, only the types of the history.
  report: ['asl', 'engine', 'user-error'],
  local: ['engine', 'asl', 'user-error'],
  testing: ['local', 'report', 'engine', 'asl', 'user-error'],
  commands: ['local', 'report', 'engine', 'asl', 'user-error', 'main'],
  cli: ['commands', 'report', 'asl', 'user-error'],
  'user-error': [],
  publish: [],
};

const ROOT = join(__dirname, '..');

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

const imports: readonly Import[] = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('src', name))
  .flatMap((file) =>
    [
      ...readFileSync(join(ROOT, file), 'utf8').matchAll(
        /^(?:import|export) (type )?[^;]*?from '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm,
      ),
    ].map(([, type, named = '', dynamic = '', bare = '']) => ({
      file,
      from: named || dynamic || bare,
      typeOnly: type !== undefined,
    })),
  );

/** `engine` of `src/engine/clock.ts`, `stack` of `src/stack.ts`, `handlers` of `handlers/test.ts`. */
function roomOf(path: string): string {
  const [first = '', second = ''] = path.split(/[\\/]/);
  return (first === 'src' ? second : first).replace(/\.ts$/, '');
}

/** The room of what is imported; undefined for a package. */
function importedRoom({ file, from }: Import): string | undefined {
  if (!from.startsWith('.')) return undefined;
  return roomOf(relative(ROOT, join(ROOT, dirname(file), from)));
}

const line = ({ file, from }: Import) => `${file} imports ${from}`;

test('there are imports to look at, in every room', () => {
  expect([...new Set(imports.map(({ file }) => roomOf(file)))].sort()).toEqual(
    Object.keys(ALLOWED)
      .filter((room) => room !== 'user-error')
      .sort(),
  );
});

test('imports go one way', () => {
  const wrong = imports.filter((each) => {
    const [room, imported] = [roomOf(each.file), importedRoom(each)];
    return imported !== undefined && imported !== room && !ALLOWED[room]?.includes(imported);
  });
  expect(wrong.map(line)).toEqual([]);
});

test('the report reads histories, and runs nothing', () => {
  const wrong = imports.filter(
    (each) => roomOf(each.file) === 'report' && importedRoom(each) === 'engine' && !each.typeOnly,
  );
  expect(wrong.map(line)).toEqual([]);
});

test('only the stack and the constructs know CDKTF and its providers', () => {
  const wrong = imports.filter(
    ({ file, from }) =>
      /^(?:cdktf|constructs|@cdktf\/.*)$/.test(from) && !['stack', 'constructs'].includes(roomOf(file)),
  );
  expect(wrong.map(line)).toEqual([]);
});

test('the engine knows no HTTP and no file system', () => {
  const wrong = imports.filter(
    ({ file, from }) =>
      roomOf(file) === 'engine' && /^(?:node:)?(?:fs|http|net|child_process)\b|^hono/.test(from),
  );
  expect(wrong.map(line)).toEqual([]);
});

test('handlers import nothing of the project but each other', () => {
  const texts = readdirSync(join(ROOT, 'handlers')).map((name) =>
    readFileSync(join(ROOT, 'handlers', name), 'utf8'),
  );
  expect(texts.filter((text) => /from '\.\.\//.test(text))).toEqual([]);
});
