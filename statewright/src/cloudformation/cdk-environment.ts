import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { objectOf, ownField } from '../asl/graph';
import { valueOfFile } from '../definitions/cloudformation/template';
import type { Owner } from '../definitions/fictitious-values';

/**
 * The account and the region for which an app of the AWS CDK has synthesized a template: `manifest.json` next to it has the
 * `env` of each stack. Its template has both in ARNs.
 *
 * @returns without what the app leaves open
 */
export function cdkEnvironment(file: string): Partial<Owner> {
  const manifest = join(dirname(file), 'manifest.json');
  if (!file.endsWith('.template.json') || !existsSync(manifest)) return {};
  const stack = Object.values(objectOf(ownField(valueOfFile(manifest), 'artifacts')) ?? {}).find(
    (artifact) => ownField(ownField(artifact, 'properties'), 'templateFile') === basename(file),
  );
  const written = String(ownField(stack, 'environment'));
  const [, accountId] = /^aws:\/\/(\d{12})\//.exec(written) ?? [];
  const [, region = 'unknown-region'] = /^aws:\/\/[^/]*\/([\w-]+)$/.exec(written) ?? [];
  return {
    ...(accountId !== undefined && { accountId }),
    ...(region !== 'unknown-region' && { region }),
  };
}
