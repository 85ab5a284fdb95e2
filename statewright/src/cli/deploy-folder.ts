import {
  type DeployedStack,
  deployTerraformJson,
  type TargetAccount,
  variablesOf,
} from '../local-aws/deployment';
import { NamedResources } from './named-resources';
import { givenValues } from './project-settings';

/** A deployed stack, and what the user has to know of it. */
export interface DeployedFolder {
  readonly stack: DeployedStack;
  /** About resources that exist by name only. */
  readonly notes: readonly string[];
}

/**
 * Deploys the stack in a folder. Resources that this AWS does not have, such as queues, exist by name only.
 * @param onResource called with the address of each resource that was created
 */
export async function deployFolder(
  target: TargetAccount,
  folder: string,
  onResource: (address: string) => void = () => {},
): Promise<DeployedFolder> {
  const named = new NamedResources();
  const stack = await deployTerraformJson(target, folder, {
    variables: variablesOf(folder, process.env),
    values: givenValues(folder),
    valuesOfOtherStacks: true,
    otherTypes: named.otherTypes,
    onProgress: ({ mode, status, address }) => {
      if (mode === 'resource' && status === 'done' && !named.has(address)) onResource(address);
    },
  });
  return { stack, notes: named.notes };
}
