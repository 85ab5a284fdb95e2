import { dirname } from 'node:path';
import { Account } from '../../local-aws/account';
import { deployTerraformJson, regionOf, type TargetAccount, variablesIn } from '../../local-aws/deployment';
import { otherResources } from '../../testing/other-resources';
import { givenValues } from '../project-settings';

/** A state machine as a stack has it. */
export interface StackDefinition {
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** The definition in the Amazon States Language, as JSON text, with the stack's values filled in. */
  readonly definition: string;
}

/**
 * The state machines of a Terraform JSON file: the stack is deployed to an account that accepts any definition and only
 * records it.
 *
 * @throws TerraformError for a stack that cannot be read
 */
export async function definitionsInStack(file: string): Promise<readonly StackDefinition[]> {
  const folder = dirname(file);
  const variables = variablesIn(process.env);
  const region = regionOf(folder, variables);
  const account = new Account(region === undefined ? {} : { region });
  const found: StackDefinition[] = [];
  const { accountId, iam, logs, lambda } = account;
  const target: TargetAccount = {
    accountId,
    region: account.region,
    iam,
    logs,
    lambda,
    states: {
      createStateMachine({ name, type = 'STANDARD', definition }) {
        found.push({ name, type, definition });
        const stateMachineArn = `arn:aws:states:${account.region}:${accountId}:stateMachine:${name}`;
        return { stateMachineArn, creationDate: new Date() };
      },
    },
  };
  try {
    await deployTerraformJson(target, folder, {
      variables,
      values: givenValues(folder),
      valuesOfOtherStacks: true,
      otherTypes: otherResources,
    });
    return found;
  } finally {
    await account.close();
  }
}
