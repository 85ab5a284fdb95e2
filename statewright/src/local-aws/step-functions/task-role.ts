import type { Home, TaskPermission } from '../../asl/task-permissions';
import type { TaskCall, TaskFailure } from '../../engine/execution/services';
import type { StatesDependencies } from './dependencies';
import { mayAssume } from './permissions';

/** Where a state machine's own resources are. */
export const homeOf = ({ context: { region, accountId } }: StatesDependencies): Home => ({
  partition: 'aws',
  region,
  accountId,
});

/**
 * Why the role of a call cannot be assumed; undefined when it can. A role of `Credentials` is assumed with the role of the
 * state machine: it must trust that role, which may need `sts:AssumeRole` for it (Step Functions Developer Guide,
 * "Accessing resources in other AWS accounts in Step Functions").
 */
export function refusedRole(
  states: StatesDependencies,
  call: TaskCall,
  { stateMachineArn, roleArn }: { readonly stateMachineArn: string; readonly roleArn: string },
): TaskFailure | undefined {
  const own = roleArn === call.roleArn;
  if (!mayAssume(states, roleArn, stateMachineArn)) {
    return {
      error: 'States.Permissions',
      cause: `The principal states.amazonaws.com is not authorized to assume the provided role ${roleArn}.`,
    };
  }
  if (own) return undefined;
  const sessionName = states.context.uuid().replaceAll('-', '');
  const caller = { kind: 'role', roleArn, sessionName } as const;
  if (states.iam.mayAssume(call.roleArn, caller, { 'sts:ExternalId': stateMachineArn })) return undefined;
  return {
    error: 'States.TaskFailed',
    cause: `The role ${roleArn} is not authorized to assume the task state's role, ${call.roleArn}.`,
  };
}

/** An action as the service's own denials spell it; policies are read without regard to case. */
const asDenied = (action: string): string =>
  action.startsWith('sqs:') ? action.toLowerCase() : action.replace(/^sns:/, 'SNS:');

/** IAM's message for the first permission that the role of a call does not have; undefined when it has all. */
export function deniedMessage(
  states: StatesDependencies,
  { roleArn }: Pick<TaskCall, 'roleArn'>,
  permissions: readonly TaskPermission[],
): string | undefined {
  const sessionName = states.context.uuid().replaceAll('-', '');
  for (const { action, resource: named, conditions } of permissions) {
    // A pattern, such as that of a secret, is not the ARN that a policy names.
    const resource = named !== '*' && /[*?]/.test(named ?? '') ? undefined : named;
    const answer = states.iam.authorize({
      roleArn,
      action: asDenied(action),
      resource,
      sessionName,
      ...(conditions && { conditions }),
    });
    if (!answer.allowed) return answer.message;
  }
  return undefined;
}
