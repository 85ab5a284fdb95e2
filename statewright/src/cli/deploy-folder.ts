import {
  type DeployedStack,
  deployTerraformJson,
  type OtherTypes,
  type TargetAccount,
} from '../local-aws/deployment';
import { otherResources } from '../testing/other-resources';
import { NamedResources } from './named-resources';
import { createPermissiveRole } from './permissive-role';
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
  const roles: string[] = [];
  const otherTypes: OtherTypes = (block, context, reason) => {
    if (!ROLE.test(block.place)) return named.otherTypes(block, context, reason);
    if (createPermissiveRole(context.target.iam, block.text('name'), SERVICES)) {
      roles.push(`${block.place} is not in the stack: here, it may do everything.`);
    }
    return otherResources(block, context);
  };
  const stack = await deployTerraformJson(target, folder, {
    ...stackInputs(folder),
    values: givenValues(folder),
    valuesOfOtherStacks: true,
    otherTypes,
    onProgress: ({ mode, status, address }) => {
      if (mode === 'resource' && status === 'done' && !named.has(address)) onResource(address);
    },
  });
  return { stack, notes: [...named.notes, ...roles] };
}

/** A role that exists already in the user's account. */
const ROLE = /(?:^|\.)data\.aws_iam_role\./;

/** The services of this AWS that assume roles. */
const SERVICES = ['states', 'lambda', 'events'].map((service) => `${service}.amazonaws.com`);
