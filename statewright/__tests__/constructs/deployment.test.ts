import { TerraformOutput } from 'cdktf';
import { synthesized } from './synthesized';

test('an ARN has the partition and the account as Terraform references', () => {
  const json = synthesized((scope, deployment) => {
    new TerraformOutput(scope, 'arn', { value: deployment.arn('states', 'stateMachine:m') });
  });

  expect(json).toMatchObject({
    data: { aws_caller_identity: { current: {} }, aws_partition: { current: {} } },
    output: {
      arn: {
        value:
          `arn:\${data.aws_partition.current.partition}:states:eu-west-1:` +
          `\${data.aws_caller_identity.current.account_id}:stateMachine:m`,
      },
    },
  });
});
