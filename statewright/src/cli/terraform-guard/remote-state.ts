import { UserError } from '../../user-error';
import type { Block, Value } from './hcl';
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

function fault(attributes: ReadonlyMap<string, Value>): string | undefined {
  const backend = attributes.get('backend');
  if (backend?.kind !== 'text') return 'its backend is an expression.';
  const config = attributes.get('config');
  const members = config?.kind === 'object' ? config.members : new Map<string, Value>();
  if (config !== undefined && (config.kind !== 'object' || members === undefined)) {
    return 'its config is an expression.';
  }
  if (backend.text === 's3') {
    const leads = misleadingArguments((members ?? new Map()).keys());
    return leads.length === 0
      ? undefined
      : `its config has ${leads.join(', ')}, which would bypass the local AWS.`;
  }
  return `its backend is "${backend.text}".`;
}
