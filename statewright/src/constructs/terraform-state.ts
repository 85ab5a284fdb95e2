import { LocalBackend, S3Backend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/**
 * Where Terraform keeps what it knows of the deployment: in the project's folder, or in the S3 bucket that the
 * context names (`"context": {"stateBucket": "…", "stateBucketRegion": "…"}` in cdktf.json). The bucket's region is
 * optional: without it, Terraform takes the one of the environment (AWS_REGION).
 */
export class TerraformState extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const bucket: unknown = this.node.tryGetContext('stateBucket');
    if (bucket === undefined) {
      // Relative to the stack's folder, <project>/cdktf.out/stacks/<stack>, which is disposable; relative also so
      // that cdk.tf.json is the same on every machine, and that `terraform` and `cdktf` find the same state.
      new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
      return;
    }
    const region: unknown = this.node.tryGetContext('stateBucketRegion');
    new S3Backend(stack, {
      bucket: String(bucket),
      key: `${stack.node.id}/terraform.tfstate`,
      encrypt: true,
      ...(region !== undefined && { region: String(region) }),
    });
    // Locks by a file in the bucket itself: no DynamoDB table is needed from Terraform 1.10 on.
    stack.addOverride('terraform.backend.s3.use_lockfile', true);
    stack.addOverride('terraform.required_version', '>= 1.10');
  }
}
