import { join } from 'node:path';
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { address, Deployment, LambdaFunction, StateMachine, TerraformState } from 'statewright/constructs';
import { definition } from './definition';

/** The whole deployment: a state machine that calls one Lambda function, and a second one when the first fails. */
export class ErrorHandlingStack extends TerraformStack {
  readonly test: LambdaFunction;
  readonly error: LambdaFunction;
  readonly state: StateMachine;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    const region = new TerraformVariable(this, 'aws_region', {
      type: 'string',
      default: 'us-east-1',
      description: 'The AWS region to deploy to',
    });
    new AwsProvider(this, 'aws', {
      region: region.stringValue,
      defaultTags: [{ tags: { Project: 'state-machine-error-handling', ManagedBy: 'Terraform' } }],
    });
    new ArchiveProvider(this, 'archive');
    new TerraformState(this, 'terraform-state');
    const deployment = new Deployment(this, 'current', { region: region.stringValue });

    this.test = new LambdaFunction(this, 'test', { name: 'Test', entry: handler('test.ts'), deployment });
    this.error = new LambdaFunction(this, 'error', { name: 'Error', entry: handler('error.ts'), deployment });
    this.state = new StateMachine(this, 'state', {
      name: 'state',
      definition: definition({ test: this.test.arn, error: this.error.arn }),
      deployment,
    });

    this.#output('state_machine_arn', this.state.arn);
    this.#output('test_log_group', this.test.logGroup.name);
    this.#output('error_log_group', this.error.logGroup.name);
  }

  #output(name: string, value: string): void {
    address(name, new TerraformOutput(this, name, { value }));
  }
}

function handler(file: string): string {
  return join(__dirname, '..', 'handlers', file);
}
