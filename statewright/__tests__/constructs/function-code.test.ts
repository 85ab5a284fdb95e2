import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import { Node } from 'constructs';
import { Deployment } from '../../src/constructs/deployment';
import { LambdaFunction, type LambdaFunctionProps } from '../../src/constructs/lambda-function';
import { synthesized } from './synthesized';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'function-code-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes files into the folder, and returns its path. */
function written(files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

type Ready = Extract<LambdaFunctionProps, { code: string }>;
type Code = Ready extends infer Each ? Omit<Each & Ready, 'name' | 'deployment'> : never;

/** The function and the zip in the synthesized JSON. */
function pricing(code: Code) {
  const { resource, data } = synthesized((scope, deployment) => {
    new LambdaFunction(scope, 'price', { name: 'Price', deployment, ...code } as LambdaFunctionProps);
  });
  return { lambda: resource.aws_lambda_function?.price, archive: data.archive_file?.price };
}

const python = (code: string): Code => ({ code, runtime: 'python3.13', handler: 'app.handler' });

test('a folder is zipped, and runs in its runtime', () => {
  const { lambda, archive } = pricing(python(written({ 'app.py': 'x', 'lib/tax.py': 'y' })));

  expect(archive).toEqual({
    type: 'zip',
    source_dir: expect.stringMatching(/^\$\{path\.module\}\/assets\/price_bundle_\w+\/\w{32}$/),
    output_path: `\${path.module}/assets/price.zip`,
    output_file_mode: '0755',
  });
  expect(lambda).toMatchObject({
    runtime: 'python3.13',
    handler: 'app.handler',
    architectures: ['arm64'],
    filename: `\${data.archive_file.price.output_path}`,
    source_code_hash: `\${data.archive_file.price.output_base64sha256}`,
  });
});

test('a zip is not zipped again, and its digest is that of its bytes', () => {
  const zip = Buffer.from('PK');
  const { lambda, archive } = pricing({
    code: join(written({ 'target/price.jar': zip }), 'target/price.jar'),
    runtime: 'java21',
    handler: 'example.Price::handleRequest',
  });

  expect(archive).toBeUndefined();
  expect(lambda).toMatchObject({
    runtime: 'java21',
    handler: 'example.Price::handleRequest',
    filename: expect.stringMatching(/^\$\{path\.module\}\/assets\/price_bundle_\w+\/\w{32}\/price\.jar$/),
    source_code_hash: createHash('sha256').update(zip).digest('base64'),
  });
});

test('the handler of an executable is `bootstrap`', () => {
  const code = written({ bootstrap: '' });

  expect(pricing({ code, runtime: 'provided.al2023' }).lambda?.handler).toBe('bootstrap');
  expect(pricing({ code, runtime: 'provided.al2023', handler: 'price' }).lambda?.handler).toBe('price');
});

describe("the path of the code changes with the code's files alone", () => {
  const pathOf = (files: Parameters<typeof written>[0]) =>
    pricing(python(written(files))).archive?.source_dir;

  test('not with their modes, or with what Python compiles', () => {
    const before = pathOf({ 'app.py': 'x' });
    chmodSync(join(folder, 'app.py'), 0o700);

    expect(pathOf({ '__pycache__/app.pyc': '1', 'lib/__pycache__/tax.pyc': '2' })).toBe(before);
  });

  test('with their content and their names', () => {
    const paths = [pathOf({ a: 'x', b: 'y' }), pathOf({ a: 'xy', b: '' }), pathOf({ c: '' })];

    expect(new Set(paths).size).toBe(3);
  });
});

test('functions of two stacks with the same id have their own code', () => {
  const app = new App({ outdir: join(folder, 'cdktf.out'), stackTraces: false });
  for (const name of ['one', 'two']) {
    written({ [`${name}/app.py`]: name });
    const stack = new TerraformStack(app, name);
    new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
    new ArchiveProvider(stack, 'archive');
    const deployment = new Deployment(stack, 'current', { region: 'eu-west-1' });
    const code = python(join(folder, name));
    new LambdaFunction(stack, 'price', { name, deployment, ...code } as LambdaFunctionProps);
  }
  app.synth();

  for (const name of ['one', 'two']) {
    const stack = join(folder, 'cdktf.out/stacks', name);
    const [file = ''] = readdirSync(stack, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('app.py'),
    );
    expect(readFileSync(join(stack, file), 'utf8')).toBe(name);
  }
});

test.each([
  ['does not exist', 'nowhere', /^The code .*nowhere does not exist\.$/],
  ['is empty', 'empty', /^The folder .*empty is empty\.$/],
  ['has a link without a target', 'linked', /^The link .*linked.app\.py has no target\.$/],
  [
    'is not a zip',
    'src/app.py',
    /^The code .*app\.py is not a zip or jar file\. Name its folder instead: .*src$/,
  ],
])('code that %s fails validation, not construction', (_, name, fault) => {
  mkdirSync(join(folder, 'empty'));
  written({ 'src/app.py': '', 'linked/other.py': '' });
  symlinkSync('nowhere.py', join(folder, 'linked', 'app.py'));
  const faults: string[] = [];

  Testing.synthScope((scope) => {
    const deployment = { region: 'eu-west-1' } as Deployment;
    const props = { name: 'Broken', deployment, runtime: 'python3.13', handler: 'app.handler' } as const;
    const broken = new LambdaFunction(scope, 'broken', { ...props, code: join(folder, name) });
    faults.push(...Node.of(broken).validate());
  });

  expect(faults).toEqual([expect.stringMatching(fault)]);
});
