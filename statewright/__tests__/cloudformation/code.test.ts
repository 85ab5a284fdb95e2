import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { CODE, samFunction, TemplateProject } from './project';

let project: TemplateProject;
beforeEach(() => {
  project = new TemplateProject();
});
afterEach(() => project.remove());

const synthesize = (Resources: object, files: object = CODE) =>
  project.synthesize({ 'template.json': { Resources }, ...files });

/** A function of CloudFormation. */
const lambda = (Code: unknown, Runtime = 'nodejs24.x') => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code, Handler: 'index.handler', Runtime, Role: 'arn:aws:iam::000000000000:role/r' },
});

test('inline code is the file of its runtime', () => {
  const { data } = synthesize({
    Node: lambda({ ZipFile: 'exports.handler = () => 1' }),
    Python: lambda({ ZipFile: 'def handler(): pass' }, 'python3.13'),
    Sam: samFunction({ CodeUri: undefined, InlineCode: `exports.handler = () => "\${name}"` }),
  });
  expect(data.archive_file?.Node).toMatchObject({ source_content_filename: 'index.js' });
  expect(data.archive_file?.Python).toMatchObject({ source_content_filename: 'index.py' });
  // Terraform would take it for an expression.
  expect(data.archive_file?.Sam?.source_content).toBe(`exports.handler = () => "$\${name}"`);
});

test('a folder, and a zip, next to the template', () => {
  project.write({ 'code/index.js': '' });
  const { data, resource } = synthesize(
    { Folder: lambda('./code'), Zip: lambda('code.zip') },
    { 'code.zip': Buffer.from(zipSync({ a: new Uint8Array() })).toString('latin1') },
  );
  expect(data.archive_file?.Folder).toMatchObject({ type: 'zip', source_dir: join(project.folder, 'code') });
  expect(resource.aws_lambda_function?.Zip?.filename).toBe(join(project.folder, 'code.zip'));
});

test('an asset of the AWS CDK, and the zip of the Serverless Framework', () => {
  const cdk = project.synthesize({
    'cdk.out/App.template.json': {
      Resources: {
        Hello: lambda({ S3Bucket: 'assets', S3Key: 'abc.zip' }),
        Meta: { Type: 'AWS::CDK::Metadata' },
      },
    },
    'cdk.out/App.assets.json': {
      files: { abc: { source: { path: 'asset.abc' }, destinations: { here: { objectKey: 'abc.zip' } } } },
    },
    'cdk.out/asset.abc/index.js': '',
  });
  expect(cdk.data.archive_file?.Hello?.source_dir).toBe(join(project.folder, 'cdk.out/asset.abc'));
  expect(Object.keys(cdk.resource)).toEqual(['aws_lambda_function']);

  const serverless = project.synthesize({
    '.serverless/cloudformation-template-update-stack.json': {
      Resources: { Hello: lambda({ S3Bucket: { Ref: 'Bucket' }, S3Key: 'serverless/svc/dev/1-a/svc.zip' }) },
    },
    '.serverless/svc.zip': '',
  });
  expect(serverless.resource.aws_lambda_function?.Hello?.filename).toBe(
    join(project.folder, '.serverless/svc.zip'),
  );
});

test('functions whose code is not on this machine exist by name only', () => {
  const { resource, notices } = synthesize(
    {
      Packaged: samFunction({ CodeUri: 's3://bucket/abc' }),
      Image: samFunction({ CodeUri: undefined, PackageType: 'Image' }),
      Gone: samFunction({ CodeUri: 'dist' }),
      Go: samFunction({ CodeUri: 'go', Runtime: 'provided.al2023' }),
    },
    { 'go/main.go': '', 'go/go.mod': '' },
  );
  expect(resource.aws_lambda_function).toBeUndefined();
  expect(notices).toEqual([
    'Packaged exists by name only. Its code is in S3 (CodeUri): use the template as it was before it was packaged.',
    'Image exists by name only. Its code is a container image.',
    `Gone exists by name only. Its code, ${join(project.folder, 'dist')}, does not exist.`,
    'Go exists by name only. Its code is not built: run sam build.',
  ]);
});

test('what sam build made is used where sources alone do not run', () => {
  const packages = { 'py/app.py': '', 'py/requirements.txt': 'requests\n' };
  const Hello = samFunction({ CodeUri: 'py', Runtime: 'python3.13' });
  const sources = synthesize({ Hello }, packages);
  expect(sources.data.archive_file?.Hello?.source_dir).toBe(join(project.folder, 'py'));
  expect(sources.notices).toEqual(['Hello runs without the packages that it names: run sam build.']);

  project.write({
    '.aws-sam/build/Hello/app.py': '',
    '.aws-sam/build/template.yaml': 'Resources: { Hello: { Properties: { CodeUri: Hello } } }',
  });
  // Without writing the sources again, which would be newer than the build.
  const again = () => project.synthesize({ 'template.json': { Resources: { Hello } } });
  const built = again();
  expect(built.data.archive_file?.Hello?.source_dir).toBe(join(project.folder, '.aws-sam/build/Hello'));
  expect(built.notices).toEqual([]);

  const later = Date.now() / 1000 + 10;
  utimesSync(join(project.folder, 'py/app.py'), later, later);
  expect(again().notices).toEqual(['Hello was built before its sources changed: run sam build.']);
});

test('a function without a handler', () => {
  expect(() => synthesize({ Hello: samFunction({ Handler: undefined }) })).toThrow(
    'template.json: the function Hello has no Handler.',
  );
});

describe('esbuild', () => {
  const Metadata = (BuildProperties: object) => ({ Metadata: { BuildMethod: 'esbuild', BuildProperties } });
  const sources = {
    'src/handlers/hello.ts':
      'import { name } from "../name";\nexport const handler = async (): Promise<string> => name;',
    'src/name.ts': 'export const name: string = "Ada";',
  };

  test('bundles a function, whose source map is next to it', () => {
    const Hello = samFunction(
      { CodeUri: '.', Handler: 'src/handlers/hello.handler' },
      Metadata({ EntryPoints: ['src/handlers/hello.ts'], Minify: true, Target: 'es2022' }),
    );
    const { data, resource } = synthesize({ Hello }, sources);

    expect(resource.aws_lambda_function?.Hello?.handler).toBe('hello.handler');
    expect(data.archive_file?.Hello?.source_file).toBe('code/Hello/hello.js');
    expect(project.output('code/Hello/hello.js')).toMatch(/"Ada"/);
    expect(JSON.parse(project.output('code/Hello/hello.js.map')).sources).toContainEqual(
      expect.stringMatching(/src\/handlers\/hello\.ts$/),
    );
  });

  test('bundles several entry points, without the folders that all of them are in', () => {
    const Hello = samFunction(
      { CodeUri: '.', Handler: 'src/handlers/hello.handler' },
      Metadata({ EntryPoints: ['src/handlers/hello.ts', 'src/handlers/other/bye.ts'] }),
    );
    const { data, resource } = synthesize(
      { Hello },
      { ...sources, 'src/handlers/other/bye.ts': 'export const handler = () => 1;' },
    );

    expect(resource.aws_lambda_function?.Hello?.handler).toBe('hello.handler');
    expect(data.archive_file?.Hello?.source_dir).toBe(join(project.folder, 'out/code/Hello'));
    expect(project.output('code/Hello/other/bye.js')).toContain('handler');
  });

  test('writes ES modules with a banner', () => {
    const properties = {
      EntryPoints: ['src/handlers/hello.ts'],
      Format: 'esm',
      OutExtension: ['.js=.mjs'],
      Banner: ['js=const a = 1;'],
    };
    synthesize(
      { Hello: samFunction({ CodeUri: '.', Handler: 'hello.handler' }, Metadata(properties)) },
      sources,
    );
    expect(project.output('code/Hello/hello.mjs')).toMatch(/^const a = 1;[\s\S]*export \{/);
  });

  test('bundles a handler in TypeScript that nothing has compiled', () => {
    const { data } = synthesize(
      { Hello: samFunction({ CodeUri: 'src', Handler: 'handlers/hello.handler' }) },
      sources,
    );
    expect(data.archive_file?.Hello?.source_file).toBe('code/Hello/hello.js');
  });

  test('errors have their place', () => {
    const Hello = samFunction({ CodeUri: 'src', Handler: 'handlers/hello.handler' });
    expect(() => synthesize({ Hello }, { 'src/handlers/hello.ts': 'export const\n= 1;' })).toThrow(
      /src\/handlers\/hello\.ts:2:1: /,
    );
    const option = samFunction({ CodeUri: 'src' }, Metadata({ EntryPoints: ['app.js'], Minfy: true }));
    expect(() => synthesize({ Hello: option })).toThrow(/template\.json: the bundle of Hello: .*minfy/);
    const none = samFunction({ CodeUri: 'src' }, Metadata({ EntryPoints: ['none.ts'] }));
    expect(() => synthesize({ Hello: none })).toThrow(
      /the entry point of Hello, .*src\/none\.ts, does not exist/,
    );
  });
});

test('layers', () => {
  const layer = (properties: object, more: object = {}) => ({
    Type: 'AWS::Serverless::LayerVersion',
    Properties: properties,
    ...more,
  });
  const { data, resource, notices } = synthesize(
    {
      Plain: layer({ ContentUri: 'layer', LayerName: 'plain' }),
      Python: layer({ ContentUri: 'lib' }, { Metadata: { BuildMethod: 'python3.13' } }),
      Hello: samFunction({
        Layers: [{ Ref: 'Plain' }, 'arn:aws:lambda:us-east-1:000000000000:layer:gone:1'],
      }),
    },
    { ...CODE, 'layer/nodejs/a.js': '', 'lib/tools.py': 'x = 1' },
  );
  expect(data.archive_file?.Plain?.source_dir).toBe(join(project.folder, 'layer'));
  expect(project.output('code/Python/python/tools.py')).toBe('x = 1');
  expect(resource.aws_lambda_layer_version?.Plain?.layer_name).toBe('plain');
  expect(resource.aws_lambda_function?.Hello?.layers).toEqual([`\${aws_lambda_layer_version.Plain.arn}`]);
  expect(notices).toEqual([
    'Hello runs without the layer arn:aws:lambda:us-east-1:000000000000:layer:gone:1, which is not here.',
  ]);
});
