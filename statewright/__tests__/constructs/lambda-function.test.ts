import { join } from 'node:path';
import { Testing } from 'cdktf';
import { type Construct, Node } from 'constructs';
import type { Deployment } from '../../src/constructs/deployment';
import { LambdaFunction, type LambdaFunctionProps } from '../../src/constructs/lambda-function';
import { statements, synthesized } from './synthesized';

const entry = join(__dirname, '../fixture/handlers/test.ts');

const greet =
  (props: Partial<Extract<LambdaFunctionProps, { entry: string }>> = {}) =>
  (scope: Construct, deployment: Deployment) =>
    void new LambdaFunction(scope, 'greet', { name: 'Greet', entry, deployment, ...props });

const { resource, data } = synthesized(greet());

test('one resource of each type, at the address with the id', () => {
  expect(Object.entries(resource).map(([type, named]) => [type, Object.keys(named)])).toEqual([
    ['aws_cloudwatch_log_group', ['greet']],
    ['aws_iam_role', ['greet']],
    ['aws_iam_role_policy', ['greet']],
    ['aws_lambda_function', ['greet']],
  ]);
});

test('the function runs the zipped bundle, and changes when the zip does', () => {
  expect(data.archive_file?.greet).toEqual({
    type: 'zip',
    source_file: expect.stringMatching(/^\$\{path\.module\}\/assets\/greet_bundle_\w+\/\w{32}\/index\.js$/),
    output_path: `\${path.module}/assets/greet.zip`,
    output_file_mode: '0644',
  });
  expect(resource.aws_lambda_function?.greet).toMatchObject({
    function_name: 'Greet',
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    filename: `\${data.archive_file.greet.output_path}`,
    source_code_hash: `\${data.archive_file.greet.output_base64sha256}`,
    role: `\${aws_iam_role.greet.arn}`,
    tracing_config: { mode: 'Active' },
    timeout: 3,
    memory_size: 128,
  });
});

test('the log group and the policy are created before the function', () => {
  expect(resource.aws_cloudwatch_log_group?.greet).toEqual({
    name: '/aws/lambda/Greet',
    retention_in_days: 14,
  });
  expect(resource.aws_lambda_function?.greet).toMatchObject({
    depends_on: ['aws_cloudwatch_log_group.greet', 'aws_iam_role_policy.greet'],
    logging_config: { log_format: 'Text', log_group: `\${aws_cloudwatch_log_group.greet.name}` },
  });
});

test('only Lambda may assume the role, whose name has the region', () => {
  expect(resource.aws_iam_role?.greet?.name).toBe('Greet-eu-west-1');
  expect(statements(resource.aws_iam_role?.greet?.assume_role_policy)).toEqual([
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ]);
});

test('the role may write to its own log group and to X-Ray, and nothing else', () => {
  const policy = resource.aws_iam_role_policy?.greet;

  expect(policy?.role).toBe(`\${aws_iam_role.greet.id}`);
  expect(statements(policy?.policy)).toEqual([
    {
      Sid: 'Log',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `\${aws_cloudwatch_log_group.greet.arn}:*`,
    },
    {
      Sid: 'Trace',
      Effect: 'Allow',
      Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      Resource: '*',
    },
  ]);
});

test('other permissions of the handler are added before the function is created', () => {
  const callback = { Effect: 'Allow', Action: 'states:SendTaskSuccess', Resource: '*' } as const;
  const { resource } = synthesized(greet({ permissions: [callback] }));

  expect(statements(resource.aws_iam_role_policy?.greet?.policy)).toContainEqual(callback);
  expect(resource.aws_lambda_function?.greet?.depends_on).toContain('aws_iam_role_policy.greet');
});

test('properties replace the defaults', () => {
  const { resource } = synthesized(
    greet({
      runtime: 'nodejs22.x',
      architecture: 'x86_64',
      timeout: 10,
      memorySize: 512,
      logRetention: 1,
      environment: { GREETING: 'hello' },
    }),
  );

  expect(resource.aws_lambda_function?.greet).toMatchObject({
    runtime: 'nodejs22.x',
    architectures: ['x86_64'],
    handler: 'index.handler',
    timeout: 10,
    memory_size: 512,
    environment: { variables: { GREETING: 'hello' } },
  });
  expect(resource.aws_cloudwatch_log_group?.greet?.retention_in_days).toBe(1);
});

test('without tracing, the function sends no traces and may not', () => {
  const { resource } = synthesized(greet({ tracing: false }));

  expect(resource.aws_lambda_function?.greet?.tracing_config).toEqual({ mode: 'PassThrough' });
  expect(String(resource.aws_iam_role_policy?.greet?.policy)).not.toContain('xray:');
});

test('a handler that cannot be bundled fails validation, not construction', () => {
  const faults: string[] = [];

  Testing.synthScope((scope) => {
    const deployment = { region: 'eu-west-1' } as Deployment;
    const broken = new LambdaFunction(scope, 'broken', {
      name: 'Broken',
      entry: 'handlers/nowhere.ts',
      deployment,
    });
    faults.push(...Node.of(broken).validate());
  });

  expect(faults).toEqual([`The handler file ${join('handlers', 'nowhere.ts')} does not exist.`]);
});
