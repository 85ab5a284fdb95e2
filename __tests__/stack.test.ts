/** The synthesized stack: the addresses and outputs that others rely on, and the permissions. */
import { Testing } from 'cdktf';
import { ErrorHandlingStack } from '../src/stack';
import { noTerraform, validate } from './terraform';

const newStack = () => new ErrorHandlingStack(Testing.app(), 'error-handling');
const { resource, data, output } = JSON.parse(Testing.synth(newStack(), true));

/** The addresses of the resources: `aws_iam_role.test`, … */
function addresses(blocks: Record<string, object>): string[] {
  return Object.entries(blocks).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );
}

test('the addresses are fixed, because Terraform destroys a resource whose address changes', () => {
  expect(addresses(resource)).toEqual([
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
  ]);
  expect(addresses(data)).toEqual([
    'archive_file.error',
    'archive_file.test',
    'aws_caller_identity.current',
    'aws_partition.current',
  ]);
});

test('the names in AWS are those of the original', () => {
  expect(resource.aws_sfn_state_machine.state.name).toBe('state');
  expect(resource.aws_lambda_function.test.function_name).toBe('Test');
  expect(resource.aws_lambda_function.error.function_name).toBe('Error');
});

test('the outputs name the state machine and the log groups', () => {
  expect(output).toEqual({
    state_machine_arn: { value: `\${aws_sfn_state_machine.state.arn}` },
    test_log_group: { value: `\${aws_cloudwatch_log_group.test.name}` },
    error_log_group: { value: `\${aws_cloudwatch_log_group.error.name}` },
  });
});

test('the state machine may invoke its functions, and no others', () => {
  const { Statement } = JSON.parse(resource.aws_iam_role_policy.state.policy);

  expect(Statement).toContainEqual({
    Sid: 'Invoke',
    Effect: 'Allow',
    Action: 'lambda:InvokeFunction',
    Resource: [`\${aws_lambda_function.test.arn}`, `\${aws_lambda_function.error.arn}`],
  });
});

(noTerraform ? test.skip : test)(`terraform validate accepts the stack${noTerraform}`, () => {
  expect(validate(Testing.fullSynth(newStack()), 'error-handling')).toEqual([]);
});
