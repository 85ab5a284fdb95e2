import { LocalBackend, S3Backend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/**
 * Where Terraform stores the stack's state, for both `cdktf` and plain `terraform`:
 *
 * - By default in `terraform.STACK.tfstate`, three folders above the stack's. That is the project's folder when the
 *   output is its `cdktf.out`. CDKTF's own default is an absolute path, which other computers do not have.
 * - In S3 when the context names a bucket: `"context": {"stateBucket": "…", "stateBucketRegion": "…"}` in cdktf.json.
 *   Without a region, Terraform uses AWS_REGION.
 *
 * A project with another backend does not use this construct.
 */
export class TerraformState extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const bucket: unknown = this.node.tryGetContext('stateBucket');
    if (bucket === undefined) {
      // Not in the stack's folder, <project>/cdktf.out/stacks/<stack>, which can be deleted at any time.
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
    // Locks with a file in the bucket: since Terraform 1.10 this works without a DynamoDB table.
    stack.addOverride('terraform.backend.s3.use_lockfile', true);
    stack.addOverride('terraform.required_version', '>= 1.10');
  }
}
