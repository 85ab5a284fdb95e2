import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../../user-error';

/** In a workspace's folder: which configuration's local deployments have their state there. */
const marker = '.statewright';

/**
 * Makes the folder in which a `local` backend keeps a workspace's state, before Terraform does, and marks it.
 *
 * @param folder the configuration's
 * @param workspaceDirectory where the backend keeps workspaces: its `workspace_dir`, or `terraform.tfstate.d`
 * @throws UserError when the workspace has a state that is not a local deployment's, or another configuration's
 */
export function claimWorkspace(folder: string, workspaceDirectory: string, name: string): void {
  const home = resolve(folder, workspaceDirectory, name);
  const owner = relative(home, folder);
  const file = join(home, marker);
  if (existsSync(file)) {
    const found = readFileSync(file, 'utf8').trim();
    if (found === owner) return;
    throw new UserError(
      `The workspace "${name}" in ${home} has the local state of another configuration: ${resolve(home, found)}`,
      otherName,
    );
  }
  if (existsSync(join(home, 'terraform.tfstate'))) {
    throw new UserError(
      `The workspace "${name}" already has a state, and no local deployment has made it: ${join(home, 'terraform.tfstate')}`,
      otherName,
    );
  }
  mkdirSync(home, { recursive: true });
  writeFileSync(file, `${owner}\n`);
}

const otherName = 'Give local deployments a workspace of another name: statewright env --workspace NAME';

/**
 * The states in a folder that `terraform init` copies to a backend that it sees for the first time, and then empties
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
