/** State machines as a project made by `cdktf init --template=typescript` writes them: plain provider resources, run by ts-node. */
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { App, TerraformStack } from 'cdktf';

const app = new App({ outdir: process.env.OUTDIR });
const stack = new TerraformStack(app, 'stock');
new AwsProvider(stack, 'aws', { region: 'us-east-1' });
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:Test';
for (let i = 0; i < Number(process.env.COUNT); i++) {
  const role = new IamRole(stack, `role${i}`, {
    name: `machine${i}`,
    assumeRolePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    }),
  });
  new IamRolePolicy(stack, `policy${i}`, {
    role: role.name,
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: functionArn }],
    }),
  });
  new SfnStateMachine(stack, `machine${i}`, {
    name: `machine${i}`,
    roleArn: role.arn,
    definition: JSON.stringify({
      StartAt: 'Test',
      States: {
        Test: {
          Type: 'Task',
          Resource: functionArn,
          Catch: [{ ErrorEquals: ['TestError'], Next: 'Handled' }],
          Next: 'Done',
        },
        Done: { Type: 'Pass', Result: 'success', End: true },
        Handled: { Type: 'Pass', Result: 'handled error', End: true },
      },
    }),
  });
}
app.synth();
