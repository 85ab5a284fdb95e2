import { join } from 'node:path';
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Deployment, LambdaFunction, StateMachine } from 'statewright/constructs';
import { definition } from './definition';

export class OrderStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const region = 'eu-west-1';
    new AwsProvider(this, 'aws', { region });
    new ArchiveProvider(this, 'archive');
    const deployment = new Deployment(this, 'current', { region });
    const queue = new SqsQueue(this, 'orders', { name: 'orders' });
    const charge = new LambdaFunction(this, 'charge', {
      name: 'Charge',
      entry: join(__dirname, 'handlers/charge.ts'),
      deployment,
    });
    new StateMachine(this, 'order', {
      name: 'order',
      definition: definition({ charge: charge.arn, queueUrl: queue.url }),
      deployment,
      permissions: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue.arn }],
    });
  }
}
