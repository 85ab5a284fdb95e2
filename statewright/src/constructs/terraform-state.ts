import { LocalBackend, S3Backend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/**
 * Where Terraform keeps the stack's state, the same for `cdktf` and plain `terraform`:
 *
 * - By default in `terraform.STACK.tfstate`, three folders above the stack's. That is the project's folder when the
 *   output is `cdktf.out` in it. CDKTF's own default is an absolute path of one machine.
 * - In S3 when the context names a bucket: `"context": {"stateBucket": "…", "stateBucketRegion": "…"}` in cdktf.json.
 *   Without a region, Terraform uses AWS_REGION.
 *
 * A project that uses another backend leaves this construct out.
 */
export class TerraformState extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const bucket: unknown = this.node.tryGetContext('stateBucket');
    if (bucket === undefined) {
      // Not in the stack's folder, <project>/cdktf.out/stacks/<stack>, which is disposable.
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
    // Locks by a file in the bucket: since Terraform 1.10 that needs no DynamoDB table.
    stack.addOverride('terraform.backend.s3.use_lockfile', true);
    stack.addOverride('terraform.required_version', '>= 1.10');
  }
}
