import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { Construct } from 'constructs';
import { address } from './address';

/** The options of a `Deployment`. */
export interface DeploymentProps {
  /** The region of the AWS provider. */
  readonly region: string;
}

/** Where a stack is deployed to. The account and the partition are only known when Terraform runs. */
export class Deployment extends Construct {
  readonly region: string;
  /** The account's id, which Terraform finds out. */
  readonly accountId: string;
  /** The partition: `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;

  constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    this.region = props.region;
    this.accountId = address(id, new DataAwsCallerIdentity(this, 'caller-identity')).accountId;
    this.partition = address(id, new DataAwsPartition(this, 'partition')).partition;
  }

  /** The ARN of a resource by its name; the resource need not exist yet. */
  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }
}
