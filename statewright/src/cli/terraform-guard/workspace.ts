import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../../user-error';

/** A file in a workspace's folder that names the configuration of the local deployments there. */
const marker = '.statewright';

/** Whether Terraform accepts the name of a workspace, and it is not that of real resources. */
export const isLocalWorkspace = (name: string): boolean =>
  /^[\w.~-]+$/.test(name) && name !== 'default' && !/^\.{1,2}$/.test(name);

/**
 * Creates and marks the folder of a workspace's local state, before Terraform creates it.
 *
 * @param folder the folder of the configuration
 * @param workspace its name, the configuration's folder of workspaces, and that of local deployments
 * @throws UserError when the workspace has a state that is not a local deployment's, or another configuration's
 */
export function claimWorkspace(
  folder: string,
  { name, own, local }: { readonly name: string; readonly own: string; readonly local: string },
): void {
  const home = resolve(folder, local, name);
  const owner = relative(home, folder);
  const file = join(home, marker);
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (found !== undefined && found !== owner) {
    throw new UserError(
      `The workspace "${name}" in ${home} has the local state of another configuration: ${resolve(home, found)}`,
      otherName,
    );
  }
  const state = resolve(folder, own, name, 'terraform.tfstate');
  if (existsSync(state) && !existsSync(resolve(folder, own, name, marker))) {
    throw new UserError(
      `The workspace "${name}" already has a state that is not a local deployment's: ${state}`,
      otherName,
    );
  }
  if (found !== undefined) return;
  mkdirSync(home, { recursive: true });
  writeFileSync(file, `${owner}\n`);
}

const otherName = 'Use another workspace for local deployments: npx statewright env --workspace NAME';

/**
 * The states in a folder that `terraform init` copies to a new backend, and then empties
 * (Terraform documentation, "Backend Initialization").
 */
export function statesIn(folder: string): string[] {
  const directory = join(folder, 'terraform.tfstate.d');
  const workspaces = existsSync(directory) ? readdirSync(directory).sort() : [];
  return [
    'terraform.tfstate',
    ...workspaces.map((name) => join('terraform.tfstate.d', name, 'terraform.tfstate')),
  ].filter((name) => (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0) > 0);
}
