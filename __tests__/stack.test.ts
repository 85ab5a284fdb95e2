import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Testing } from 'cdktf';
import { LambdaFunction } from 'statewright/constructs';
import { ErrorHandlingStack } from '../src/stack';
import { describeWith } from '../statewright/__tests__/support/tools';

function stack(): ErrorHandlingStack {
  return new ErrorHandlingStack(Testing.app(), 'error-handling');
}

const json = JSON.parse(Testing.synth(stack(), true));

/** `aws_iam_role.test`, `data.archive_file.test`, … */
function addresses(blocks: Record<string, object>, prefix = ''): string[] {
  return Object.entries(blocks).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${prefix}${type}.${name}`),
  );
}

test('the addresses: whoever changes one destroys what stands there', () => {
  expect([...addresses(json.resource), ...addresses(json.data, 'data.')]).toEqual([
    'aws_cloudwatch_log_group.error',
    'aws_cloudwatch_log_group.state',
    'aws_cloudwatch_log_group.test',
    'aws_iam_role.error',
    'aws_iam_role.state',
    'aws_iam_role.test',
    'aws_iam_role_policy.error',
    'aws_iam_role_policy.state',
    'aws_iam_role_policy.test',
    'aws_lambda_function.error',
    'aws_lambda_function.test',
    'aws_sfn_state_machine.state',
    'data.archive_file.error',
    'data.archive_file.test',
    'data.aws_caller_identity.current',
    'data.aws_partition.current',
  ]);
});

test('the outputs', () => {
  expect(json.output).toEqual({
    state_machine_arn: { value: `\${aws_sfn_state_machine.state.arn}` },
    test_log_group: { value: `\${aws_cloudwatch_log_group.test.name}` },
    error_log_group: { value: `\${aws_cloudwatch_log_group.error.name}` },
  });
});

test('the names in AWS', () => {
  expect(json.resource.aws_sfn_state_machine.state.name).toBe('state');
  expect(json.resource.aws_lambda_function.test.function_name).toBe('Test');
  expect(json.resource.aws_lambda_function.error.function_name).toBe('Error');
});

test('the region is a variable, and the provider tags everything', () => {
  expect(json.variable.aws_region).toMatchObject({ type: 'string', default: 'us-east-1' });
  expect(json.provider.aws).toEqual([
    {
      region: `\${var.aws_region}`,
      default_tags: [{ tags: { Project: 'state-machine-error-handling', ManagedBy: 'Terraform' } }],
    },
  ]);
});

test('the machine calls the two functions, and may invoke these two', () => {
  const { Test, HandleError } = JSON.parse(json.resource.aws_sfn_state_machine.state.definition).States;
  const [invoke] = JSON.parse(json.resource.aws_iam_role_policy.state.policy).Statement;

  expect([Test.Resource, HandleError.Resource]).toEqual(invoke.Resource);
  expect(invoke.Resource).toEqual([`\${aws_lambda_function.test.arn}`, `\${aws_lambda_function.error.arn}`]);
});

test('no resource waits for itself', () => {
  const text = (type: string, name: string) => JSON.stringify(json.resource[type][name]);

  expect(text('aws_iam_role', 'state')).not.toContain('aws_sfn_state_machine');
  expect(text('aws_iam_role_policy', 'state')).not.toContain('aws_sfn_state_machine');
});

test('the assets hold the bundled handlers', () => {
  const folder = Testing.fullSynth(stack());
  const { test, error } = JSON.parse(
    readFileSync(join(folder, 'stacks', 'error-handling', 'cdk.tf.json'), 'utf8'),
  ).data.archive_file;

  const code = (file: string) =>
    readFileSync(join(folder, 'stacks', 'error-handling', file.replace(`\${path.module}`, '')), 'utf8');

  expect(basename(test.source_file)).toBe('index.js');
  expect(code(test.source_file)).toContain('TestError');
  expect(code(error.source_file)).toContain('called error_handler');
  rmSync(folder, { recursive: true });
});

test('the underlying resources can be reached, and changed', () => {
  const changed = stack();
  changed.test.function.timeout = 30;

  expect(changed.test).toBeInstanceOf(LambdaFunction);
  expect(JSON.parse(Testing.synth(changed)).resource.aws_lambda_function.test.timeout).toBe(30);
});

describeWith(['terraform', 'terraformProviders'], 'Terraform', () => {
  test('finds the stack valid', () => {
    const synthesized = Testing.fullSynth(stack());
    const folder = mkdtempSync(join(tmpdir(), 'terraform-validate-'));
    const terraform = (...args: string[]) =>
      execFileSync('terraform', args, { cwd: folder, encoding: 'utf8' });
    try {
      cpSync(join(synthesized, 'stacks', 'error-handling'), folder, { recursive: true });
      const override = process.env.TERRAFORM_OVERRIDE;
      if (override) cpSync(override, join(folder, basename(override)));

      terraform('init', '-backend=false', '-input=false', '-no-color');
      const { valid, diagnostics } = JSON.parse(terraform('validate', '-json'));

      expect({ valid, diagnostics }).toEqual({ valid: true, diagnostics: [] });
    } finally {
      for (const made of [synthesized, folder]) rmSync(made, { recursive: true });
    }
  }, 120_000);
});
