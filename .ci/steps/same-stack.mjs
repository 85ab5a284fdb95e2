// Exits with 1 if two cdk.tf.json files differ in more than versions: node same-stack.mjs FILE FILE
import { readFileSync } from 'node:fs';

const [one, other] = process.argv.slice(2).map((file) => {
  const stack = JSON.parse(readFileSync(file, 'utf8'));
  delete stack['//'].metadata.version;
  for (const provider of Object.values(stack.terraform.required_providers)) {
    delete provider.version;
    // `aws` is short for `hashicorp/aws` (Terraform, "Provider Requirements").
    if (!provider.source.includes('/')) provider.source = `hashicorp/${provider.source}`;
  }
  return JSON.stringify(stack, null, 2).split('\n');
});
const at = one.findIndex((line, index) => line !== other[index]);
if (at === -1 && one.length === other.length) console.log('cdk.tf.json: identical except for versions');
else {
  console.log(`cdk.tf.json differs:\n- ${one[at]}\n+ ${other[at]}`);
  process.exitCode = 1;
}
