import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyProject, STACK, synthesize } from '../fixture/synthesize';

const project = join(__dirname, '../../..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'main-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A copy of the fixture, a CDKTF project, in its own folder. */
function copyOfProject(name: string): string {
  const copy = join(folder, name);
  mkdirSync(copy, { recursive: true });
  copyProject(copy);
  return copy;
}

/** How this repository loads an app; the project of a user does it with tsx. */
const SOURCE = ['--require', join(project, 'statewright/source.cjs')];
const TSX = ['--import', 'tsx'];

function runMain(copy: string, more: NodeJS.ProcessEnv = {}, loader = SOURCE) {
  const { CDKTF_OUTDIR: _, ...env } = process.env;
  return spawnSync(process.execPath, ['--conditions=statewright-source', ...loader, 'main.ts'], {
    cwd: copy,
    env: { ...env, ...more },
    encoding: 'utf8',
  });
}

/** Every file below a folder with its text. */
function filesOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(root.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

const readStack = (stackFolder: string) => JSON.parse(readFileSync(join(stackFolder, 'cdk.tf.json'), 'utf8'));

describe('main.ts', () => {
  test('writes the Terraform JSON and its assets to CDKTF_OUTDIR', () => {
    const copy = copyOfProject('elsewhere');

    expect(runMain(copy, { CDKTF_OUTDIR: 'out' })).toMatchObject({ status: 0, stdout: '', stderr: '' });

    expect(Object.keys(filesOf(join(copy, 'out'))).sort()).toEqual([
      'manifest.json',
      expect.stringMatching(/^stacks\/error-handling\/assets\/error_bundle_\w+\/\w+\/index\.js$/),
      expect.stringMatching(/^stacks\/error-handling\/assets\/error_bundle_\w+\/\w+\/index\.js\.map$/),
      expect.stringMatching(/^stacks\/error-handling\/assets\/test_bundle_\w+\/\w+\/index\.js$/),
      expect.stringMatching(/^stacks\/error-handling\/assets\/test_bundle_\w+\/\w+\/index\.js\.map$/),
      'stacks/error-handling/cdk.tf.json',
    ]);
  });

  test('the error names a folder that cannot be written to, and no partial output is left', () => {
    const copy = copyOfProject('occupied');
    writeFileSync(join(copy, 'out'), 'a file where the folder should be');

    const { status, stderr } = runMain(copy, { CDKTF_OUTDIR: 'out' });

    expect(status).toBe(1);
    expect(stderr).toMatch(/^ {2}The folder out cannot be written: (?:EEXIST|ENOTDIR)/m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('writes the same bytes in any folder, without the name of the folder', () => {
    const copy = copyOfProject('a second/one');
    synthesize(join(folder, 'out'));

    expect(runMain(copy)).toMatchObject({ status: 0, stdout: '', stderr: '' });

    const files = filesOf(join(copy, 'cdktf.out'));
    expect(files).toEqual(filesOf(join(folder, 'out')));
    for (const path of [folder, project, tmpdir()]) expect(JSON.stringify(files)).not.toContain(path);
  });

  test('reads the context of cdktf.json, as the CDKTF CLI does', () => {
    const copy = copyOfProject('bucket');
    const config = JSON.parse(readFileSync(join(copy, 'cdktf.json'), 'utf8'));
    writeFileSync(
      join(copy, 'cdktf.json'),
      JSON.stringify({ ...config, context: { stateBucket: 'bucket' } }),
    );

    expect(runMain(copy).status).toBe(0);

    expect(readStack(join(copy, 'cdktf.out', 'stacks', STACK)).terraform.backend).toHaveProperty('s3');
  });

  test('names every fault with its place, exits with 1, and changes no file', () => {
    const copy = copyOfProject('broken');
    synthesize(join(copy, 'cdktf.out'));
    const before = filesOf(join(copy, 'cdktf.out'));
    const definition = join(copy, 'src', 'definition.ts');
    writeFileSync(
      definition,
      readFileSync(definition, 'utf8').replace("Next: 'FailState'", "Next: 'FalseState'"),
    );
    writeFileSync(join(copy, 'handlers', 'error.ts'), 'export const handler =\n  async () => ;\n');
    const stack = join(copy, 'src', 'stack.ts');
    writeFileSync(stack, readFileSync(stack, 'utf8').replace("entry('test.ts')", "entry('tset.ts')"));

    const { status, stdout, stderr } = runMain(copy);

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual(
      expect.arrayContaining([
        'The app cannot be synthesized:',
        '  [error-handling/test] The handler file handlers/tset.ts does not exist.',
        '  [error-handling/error] handlers/error.ts:2:15: Unexpected ";"',
        `  [error-handling/state] /States/HandleError/Next: Missing 'Next' target: FalseState. Did you mean "FailState"?`,
      ]),
    );
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(filesOf(join(copy, 'cdktf.out'))).toEqual(before);
  });

  /** In `src/stack.ts` of the fixture: this text in place of that one. */
  function changeStack(copy: string, from: string, to: string): void {
    const file = join(copy, 'src', 'stack.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  }

  test.each<[fault: string, file: string, text: string | undefined, message: string | RegExp]>([
    [
      'a syntax error',
      'handlers/test.ts',
      'export const handler = () => ;',
      'handlers/test.ts:1:29: Unexpected ";"',
    ],
    [
      'a missing file',
      'handlers/test.ts',
      undefined,
      "src/definition.ts: Cannot find module '../handlers/test'",
    ],
    [
      'an error thrown by an imported file',
      'src/definition.ts',
      "\nthrow new Error('no definition yet');",
      'src/definition.ts:2: no definition yet',
    ],
    [
      'a circular import',
      'src/definition.ts',
      "import { ErrorHandlingStack } from './stack';\nexport class Definition extends ErrorHandlingStack {}",
      /^src\/stack\.ts:1: Cannot access .* \(Do two files import each other\?\)/,
    ],
    ['a broken cdktf.json', 'cdktf.json', '{', 'cdktf.json is not valid JSON: '],
  ])('%s that prevents the stack from loading is reported as a fault', (_fault, file, text, message) => {
    const copy = copyOfProject('unloadable');
    if (text === undefined) rmSync(join(copy, file));
    else writeFileSync(join(copy, file), text);

    // As the CDKTF CLI runs it.
    const { status, stderr } = runMain(copy, { CDKTF_OUTDIR: 'cdktf.out' }, TSX);

    expect(status).toBe(1);
    const [heading, fault] = stderr.split(/\n {2}/);
    expect(heading).toBe('The app cannot be synthesized:');
    expect(fault).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test.each([
    ['an error in a constructor', "throw new Error('not ready');", /^ {2}src\/stack\.ts:15: not ready$/m],
    [
      'a duplicate id',
      "new ArchiveProvider(this, 'aws_region');",
      /^ {2}src\/stack\.ts:\d+: There is already a Construct with name 'aws_region' in ErrorHandlingStack \[error-handling\]$/m,
    ],
    [
      'Annotations.addError',
      "require('cdktf').Annotations.of(this).addError('no budget');",
      /^ {2}\[error-handling\] no budget$/m,
    ],
    [
      'a fault that an Aspect finds',
      "require('cdktf').Aspects.of(this).add({ visit: (c: any) => c.node.scope?.node.id || require('cdktf').Annotations.of(c).addError('no tags') });",
      /^ {2}\[error-handling\] no tags$/m,
    ],
  ])('%s is a fault with its place, without a stack trace', (_, statement, message) => {
    const copy = copyOfProject('throwing');
    changeStack(
      copy,
      "new ArchiveProvider(this, 'archive');",
      `new ArchiveProvider(this, 'archive');${statement}`,
    );

    const { status, stderr } = runMain(copy);

    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
    expect(existsSync(join(copy, 'cdktf.out'))).toBe(false);
  });
});

test('npx cdktf synth works without a network and credentials, and writes the same files', () => {
  const copy = copyOfProject('cli');
  synthesize(join(folder, 'out'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));

  execFileSync(
    process.execPath,
    [join(project, 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf'), 'synth'],
    {
      cwd: copy,
      stdio: 'ignore',
      // The proxy does not exist, so any request, such as telemetry, fails.
      env: { ...env, CI: 'true', CHECKPOINT_DISABLE: '1', HTTPS_PROXY: 'http://127.0.0.1:9', HOME: folder },
    },
  );

  expect(filesOf(join(copy, 'cdktf.out'))).toEqual(filesOf(join(folder, 'out')));
});
