import type { Expression } from '../../terraform/expression';
import { UserError } from '../../user-error';
import { type Block, membersOf, plainText } from './body';
import { misleadingArguments } from './s3-backend';

/**
 * Refuses a `terraform_remote_state` that would read a state that is not a local deployment's.
 * @throws UserError
 */
export function checkRemoteState({ labels, body }: Block): void {
  const reason = fault(body.attributes);
  if (reason === undefined) return;
  throw new UserError(
    `data.terraform_remote_state.${labels[1]} would read a state that is not a local deployment's: ${reason}`,
    'For local deployments, provide its values in another way, such as a variable.',
  );
}

function fault(attributes: ReadonlyMap<string, Expression>): string | undefined {
  const backend = plainText(attributes.get('backend'));
  if (backend === undefined) return 'its backend is an expression.';
  const config = attributes.get('config');
  const members = config === undefined ? new Map<string, Expression>() : membersOf(config);
  if (members === undefined) return 'its config is an expression.';
  if (backend === 's3') {
    const leads = misleadingArguments(members.keys());
    return leads.length === 0
      ? undefined
      : `its config has ${leads.join(', ')}, which would bypass the local AWS.`;
  }
  return `its backend is "${backend}".`;
}
