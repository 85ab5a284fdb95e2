import {
  type DeployedStack,
  deployTerraformJson,
  type OtherTypes,
  type TargetAccount,
  variablesOf,
} from '../local-aws/deployment';
import { otherResources } from '../testing/other-resources';
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
  const byName = otherResources;
  const named: string[] = [];
  const reasons: string[] = [];
  const otherTypes: OtherTypes = (block, context, reason) => {
    named.push(block.place);
    if (reason !== undefined) reasons.push(`${block.place} exists by name only. ${reason}`);
    return byName(block, context);
  };
  const stack = await deployTerraformJson(target, folder, {
    variables: variablesOf(folder, process.env),
    values: givenValues(folder),
    valuesOfOtherStacks: true,
    otherTypes,
    onProgress: ({ mode, status, address }) => {
      if (mode === 'resource' && status === 'done' && !named.includes(address)) onResource(address);
    },
  });
  const others = named.filter((place) => !reasons.some((reason) => reason.startsWith(`${place} `)));
  const modules = others.filter((place) => MODULE.test(place));
  const resources = others.filter((place) => !modules.includes(place));
  return {
    stack,
    notes: [
      ...listed('By name only, since this AWS does not have them', resources),
      ...listed('By name only, until terraform init downloads them', modules),
      ...reasons,
    ],
  };
}

/** The address of a module, also of an instance of it. */
const MODULE = /(?:^|\.)module\.[\w-]+(?:\[.*\])?$/;

const listed = (title: string, addresses: readonly string[]): string[] =>
  addresses.length > 0 ? [`${title}: ${addresses.join(', ')}`] : [];
