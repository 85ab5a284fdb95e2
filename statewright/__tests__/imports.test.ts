import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** The other modules of the package that each module may import: CONTRIBUTING.md, "The package". */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  asl: [],
  history: [],
  engine: ['asl', 'history'],
  terraform: ['asl'],
  definitions: ['asl'],
  cloudformation: ['definitions', 'asl'],
  integrations: ['asl', 'engine'],
  'local-aws': ['integrations', 'engine', 'history', 'asl', 'terraform'],
  diagram: ['asl', 'history'],
  console: ['diagram', 'asl', 'history', 'definitions'],
  verify: ['engine', 'history', 'asl'],
  testing: ['verify', 'local-aws', 'engine', 'history', 'asl', 'terraform', 'definitions', 'cloudformation'],
  constructs: ['asl'],
  cli: [
    'integrations',
    ...[
      'console',
      'testing',
      'verify',
      'local-aws',
      'diagram',
      'constructs',
      'engine',
      'history',
      'asl',
      'terraform',
    ],
    'definitions',
    'cloudformation',
  ],
};

/** Single files that every module may import. */
const COMMON = [
  'user-error',
  'duration',
  'did-you-mean',
  'duplicate-keys',
  'json-fault',
  'json-scanner',
  'user-file',
  'is-object',
  'parsed-json',
  'compare-text',
  'steps',
  'work-thread',
  'tested-state',
  'without-undefined',
];

/** Circular imports that are allowed, with the reason: the files read recursive data. No other reason is valid. */
const RECURSIVE: Readonly<Record<string, string>> = {
  'src/asl/json-path-filter.ts, src/asl/json-path.ts': 'a path may hold a filter, whose operands are paths',
  'src/asl/validation/map.ts, src/asl/validation/scope.ts, src/asl/validation/state.ts':
    'a scope holds states, and a state may hold scopes: the branches of a Parallel, the processor of a Map',
  'src/engine/data/filter.ts, src/engine/data/select.ts':
    'a path may hold a filter, whose operands are paths',
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

test('every module has imports to check', () => {
  const modules = new Set(imports.map(({ file }) => moduleOf(file)));
  expect([...modules].filter((name) => !COMMON.includes(name)).sort()).toEqual(Object.keys(ALLOWED).sort());
});

test('modules import only the modules that they may', () => {
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

test('the engine does not use HTTP or the file system', () => {
  const wrong = imports.filter(
    ({ file, from }) =>
      moduleOf(file) === 'engine' && /^(?:node:)?(?:fs|http|net|child_process)\b|^hono/.test(from),
  );
  expect(wrong.map(line)).toEqual([]);
});

test('in the engine only the compiler of definitions imports the types of states', () => {
  const states = join('src', 'engine', 'states');
  const users = imports.filter(
    ({ file, from }) => !file.startsWith(states) && join(dirname(file), from).startsWith(`${states}${sep}`),
  );
  expect([...new Set(users.map(({ file }) => file))]).toEqual([join('src', 'engine', 'compile.ts')]);
});

/** The file that is imported; undefined for a package. */
function importedFile({ file, from }: Import): string | undefined {
  const path = join(dirname(file), from);
  return [`${path}.ts`, join(path, 'index.ts')].find((each) => files.has(each));
}

const files = new Set(imports.map(({ file }) => file));
const importedFiles = new Map([...files].map((file) => [file, new Set<string>()]));
for (const each of imports) {
  const imported = each.from.startsWith('.') ? importedFile(each) : undefined;
  if (imported !== undefined) importedFiles.get(each.file)?.add(imported);
}

/** The files that a file imports, those that they import, and so on; the file itself only in a circle. */
function reachedFrom(file: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [file];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const next of importedFiles.get(at) ?? []) {
      if (!reached.has(next)) pending.push(next);
      reached.add(next);
    }
  }
  return reached;
}

// An import of a type counts too: to read or change a file, you need to know the types in it.
test('no circular imports, except in files that read recursive data', () => {
  const reached = new Map([...files].map((file) => [file, reachedFrom(file)]));
  const circles = [...files]
    .map((file) =>
      [...files].filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file)),
    )
    .filter((circle) => circle.length > 0)
    .map((circle) => circle.sort().join(', '));
  expect([...new Set(circles)].sort()).toEqual(Object.keys(RECURSIVE).sort());
});
