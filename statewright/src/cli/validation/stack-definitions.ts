import type { WorkflowType } from '../../asl/validation/place';
import { Account } from '../../local-aws/account';
import { deployTerraformJson, type TargetAccount, type TargetRegion } from '../../local-aws/deployment';
import { otherResources } from '../../testing/other-resources';
import { withoutFunctions } from '../machine';
import { withOtherRoles } from '../permissive-role';
import { givenValues, stackInputs } from '../project-settings';

/** A state machine as a stack has it. */
interface StackDefinition {
  readonly name: string;
  /** The name of its resource, which is the logical id in a template. */
  readonly logicalId?: string;
  readonly type: WorkflowType;
  /** The definition in the Amazon States Language, as JSON text, with the stack's values filled in. */
  readonly definition: string;
}

/**
 * The state machines of a folder's Terraform configuration: the stack is deployed to an account that accepts any definition and only
 * records it. The code of its functions need not exist.
 *
 * @param onFile called with the path of each file that the stack reads, such as the template of a definition
 * @throws TerraformError for a stack that cannot be read
 */
export async function definitionsInStack(
  folder: string,
  onFile: (path: string) => void = () => {},
): Promise<readonly StackDefinition[]> {
  const account = new Account(withoutFunctions);
  const found: StackDefinition[] = [];
  const target: TargetAccount = {
    region: account.region,
    in(region) {
      const { accountId, iam, logs, lambda, states: own } = account.in(region);
      const states: TargetRegion['states'] = {
        createActivity: own.createActivity,
        createStateMachine({ name, type = 'STANDARD', definition }) {
          found.push({ name, type, definition });
          const stateMachineArn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
          const stateMachineVersionArn = `${stateMachineArn}:1`;
          return { stateMachineArn, stateMachineVersionArn, creationDate: new Date() };
        },
        createStateMachineAlias({ name, routingConfiguration: [first] }) {
          const version = first?.stateMachineVersionArn ?? '';
          const stateMachineAliasArn = `${version.slice(0, version.lastIndexOf(':'))}:${name}`;
          return { stateMachineAliasArn, creationDate: new Date() };
        },
      };
      return { accountId, region, iam, logs, lambda, states };
    },
  };
  try {
    const { resources } = await deployTerraformJson(target, folder, {
      ...stackInputs(folder),
      values: givenValues(folder),
      valuesOfOtherStacks: true,
      withoutCode: true,
      onFile,
      otherTypes: withOtherRoles(otherResources),
    });
    const machines = resources.filter(({ type }) => type === 'aws_sfn_state_machine');
    return found.map((each) => {
      const resource = machines.find(({ attributes }) => attributes.name === each.name);
      return { ...each, ...(resource && { logicalId: resource.name }) };
    });
  } finally {
    await account.close();
  }
}
