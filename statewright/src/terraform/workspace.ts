import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The workspace of a project that never selected one. */
export const DEFAULT_WORKSPACE = 'default';

/**
 * The selected workspace of a stack: that of TF_WORKSPACE, or what `terraform workspace select` wrote into the data
 * folder (Terraform documentation, "Environment Variables").
 */
export function workspaceOf(
  folder: string,
  { TF_WORKSPACE, TF_DATA_DIR }: Readonly<Record<string, string | undefined>>,
): string {
  if (TF_WORKSPACE) return TF_WORKSPACE;
  try {
    const file = resolve(folder, TF_DATA_DIR || '.terraform', 'environment');
    return readFileSync(file, 'utf8').trim() || DEFAULT_WORKSPACE;
  } catch {
    return DEFAULT_WORKSPACE;
  }
}
