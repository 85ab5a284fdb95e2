import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Which modules of the package each module imports, itself aside: CONTRIBUTING.md, "The package". */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  asl: [],
  history: [],
  engine: ['asl', 'history'],
  terraform: ['asl'],
  definitions: ['asl'],
  'local-aws': ['engine', 'history', 'asl', 'terraform'],
  diagram: ['asl', 'history'],
  console: ['diagram', 'asl', 'history'],
  testing: ['local-aws', 'engine', 'history', 'asl', 'terraform', 'definitions'],
  constructs: ['asl'],
  cli: [
    ...['console', 'testing', 'local-aws', 'diagram', 'constructs', 'engine', 'history', 'asl', 'terraform'],
    'definitions',
  ],
};

/** Single files that every module may import. */
const COMMON = ['user-error', 'duration', 'did-you-mean', 'json-fault'];

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

/** `engine` of `src/engine/clock.ts`, `user-error` of `src/user-error.ts`. */
function moduleOf(path: string): string {
  const [, name = ''] = path.split(/[\\/]/);
  return name.replace(/\.ts$/, '');
}

/** The module that is imported; undefined for a package. */
function importedModule({ file, from }: Import): string | undefined {
  if (!from.startsWith('.')) return undefined;
  return moduleOf(relative(ROOT, join(ROOT, dirname(file), from)));
}

const line = ({ file, from }: Import) => `${file} imports ${from}`;

test('there are imports to look at, in every module', () => {
  const modules = new Set(imports.map(({ file }) => moduleOf(file)));
  expect([...modules].filter((name) => !COMMON.includes(name)).sort()).toEqual(Object.keys(ALLOWED).sort());
});

test('imports go one way', () => {
  const wrong = imports.filter((each) => {
    const [name, imported = name] = [moduleOf(each.file), importedModule(each)];
    return imported !== name && !COMMON.includes(imported) && !ALLOWED[name]?.includes(imported);
  });
  expect(wrong.map(line)).toEqual([]);
});

test('only the constructs import CDKTF and its providers', () => {
  const wrong = imports.filter(
    ({ file, from }) => /^(?:cdktf|constructs|@cdktf\/.*)$/.test(from) && moduleOf(file) !== 'constructs',
  );
  expect(wrong.map(line)).toEqual([]);
});

test('the engine knows no HTTP and no file system', () => {
  const wrong = imports.filter(
    ({ file, from }) =>
      moduleOf(file) === 'engine' && /^(?:node:)?(?:fs|http|net|child_process)\b|^hono/.test(from),
  );
  expect(wrong.map(line)).toEqual([]);
});
