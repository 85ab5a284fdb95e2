import { TerraformStack, Testing } from 'cdktf';
import { TerraformState } from '../../src/constructs/terraform-state';

function terraform(context: Record<string, unknown>) {
  const stack = new TerraformStack(Testing.app({ context }), 'demo');
  new TerraformState(stack, 'terraform-state');
  return JSON.parse(Testing.synth(stack)).terraform;
}

test("without a bucket the state is in the project's folder, three above the stack's", () => {
  expect(terraform({})).toEqual({ backend: { local: { path: '../../../terraform.demo.tfstate' } } });
});

test('with a bucket the state is in it, encrypted and locked without a table', () => {
  expect(terraform({ stateBucket: 'bucket' })).toEqual({
    backend: { s3: { bucket: 'bucket', key: 'demo/terraform.tfstate', encrypt: true, use_lockfile: true } },
    required_version: '>= 1.10',
  });
});

test("the bucket's region can differ from the environment's", () => {
  expect(terraform({ stateBucket: 'bucket', stateBucketRegion: 'eu-west-1' }).backend.s3.region).toBe(
    'eu-west-1',
  );
});
