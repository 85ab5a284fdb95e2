import { realpathSync } from 'node:fs';
import { type DeployedStack, deployTerraformJson, type TargetAccount } from '../local-aws/deployment';
import type { UpdatableStackOptions } from '../local-aws/deployment/update';
import { NamedResources } from './named-resources';
import { givenValues, stackInputs } from './project-settings';

/** A deployed stack, and what the user has to know of it. */
export interface DeployedFolder {
  readonly stack: DeployedStack;
  /** About resources that exist by name only, and roles that are not in the stack. */
  readonly notes: readonly string[];
}

/**
 * Deploys the stack in a folder. Resources that this AWS does not have, such as queues, exist by name only. Roles
 * that a data source reads may do everything, since their policies are not known.
 * @param onResource called with the address of each resource that was created
 */
export async function deployFolder(
  target: TargetAccount,
  folder: string,
  onResource: (address: string) => void = () => {},
): Promise<DeployedFolder> {
  const named = new NamedResources();
  const stack = await deployTerraformJson(target, folder, {
    ...stackInputs(folder),
    values: givenValues(folder),
    valuesOfOtherStacks: true,
    otherTypes: named.otherTypes,
    onProgress: ({ mode, status, address }) => {
      if (mode === 'resource' && status === 'done' && !named.has(address)) onResource(address);
    },
  });
  return { stack, notes: named.notes };
}

/**
 * By what an account on disk knows a stack again: its folder with the workspace of Terraform, or its template with the name
 * of the stack.
 */
export const knownBy = ({
  folder,
  source,
  stackName,
}: {
  readonly folder: string;
  readonly source?: string | undefined;
  readonly stackName?: string | undefined;
}): Pick<UpdatableStackOptions, 'folder' | 'workspace'> =>
  source === undefined
    ? { folder: realpathSync(folder), workspace: stackInputs(folder).workspace }
    : { folder: realpathSync(source), workspace: stackName };
