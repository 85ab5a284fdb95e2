/** State machines by this project's construct: typed and validated definition, log group, role with a derived policy. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Deployment, StateMachine } from 'statewright/constructs';
import { definition } from '../__tests__/fixture/src/definition';

const app = new App({ outdir: process.env.OUTDIR as string });
const stack = new TerraformStack(app, 'constructs');
const region = 'us-east-1';
new AwsProvider(stack, 'aws', { region });
const deployment = new Deployment(stack, 'current', { region });
const functionArn = (name: string) => deployment.arn('lambda', `function:${name}`);
for (let i = 0; i < Number(process.env.COUNT); i++) {
  new StateMachine(stack, `machine${i}`, {
    name: `machine${i}`,
    definition: definition({ test: functionArn('Test'), error: functionArn('Error') }),
    deployment,
  });
}
app.synth();
