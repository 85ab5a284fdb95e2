import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const { TERRAFORM_OVERRIDE, TERRAFORM_REGISTRY_REACHABLE, TF_CLI_CONFIG_FILE = '' } = process.env;

/** Why Terraform cannot validate a stack here; empty when it can. It needs the providers, a download of 600 MB. */
export const noTerraform = spawnSync('terraform', ['version']).error
  ? ' (skipped: no terraform command on the PATH)'
  : existsSync(TF_CLI_CONFIG_FILE) || TERRAFORM_REGISTRY_REACHABLE
    ? ''
    : ' (skipped: neither TF_CLI_CONFIG_FILE, with a provider mirror, nor TERRAFORM_REGISTRY_REACHABLE is set)';

/** The result of `terraform validate` for a synthesized stack; the backend is not used. */
export function validate(outdir: string, stack: string): unknown[] {
  const cwd = join(outdir, 'stacks', stack);
  const terraform = (...args: string[]) => spawnSync('terraform', args, { cwd, encoding: 'utf8' }).stdout;
  // With only a mirror, this pins the versions that it has.
  if (TERRAFORM_OVERRIDE) copyFileSync(TERRAFORM_OVERRIDE, join(cwd, 'override.tf.json'));
  execFileSync('terraform', ['init', '-backend=false', '-input=false'], { cwd, stdio: 'pipe' });
  return JSON.parse(terraform('validate', '-json')).diagnostics;
}
