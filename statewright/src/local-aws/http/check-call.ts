import type { Account } from '../account';
import type { Caller } from '../account-context';
import { AwsError } from '../aws-error';
import { knownMembers } from './known-members';
import { type Members, type RequestedAccess, requestedAccess, tagConditions } from './requested-resource';

/**
 * Asks IAM whether the caller may perform an operation; undefined for the account's owner, who may perform all. Without
 * members, the resource is not known: what is allowed for any resource is then allowed.
 * @throws AwsError with AWS's code and message for a denial by the service
 */
export type CheckCall =
  | ((service: string, operation: string, members: Members | undefined) => void)
  | undefined;

/** From where a request comes, and for which region. */
interface CallPlace {
  readonly region: string;
  readonly sourceIp?: string | undefined;
}

/**
 * STS needs no permission for most calls (STS API Reference), and asks IAM itself for AssumeRole: the trust policy and the
 * caller's own policies decide together.
 */
const isLeftToTheService = (service: string) => service === 'sts';

export function checkCallOf(account: Account, caller: Caller, { region, sourceIp }: CallPlace): CheckCall {
  if (caller.kind === 'owner') return undefined;
  const request = {
    'aws:RequestedRegion': region,
    ...(sourceIp !== undefined && { 'aws:SourceIp': sourceIp }),
  };
  return (service, operation, received) => {
    if (isLeftToTheService(service)) return;
    const members = received && knownMembers(service, operation, received);
    const needed: readonly RequestedAccess[] = members
      ? requestedAccess({ account, region }, service, operation, members)
      : [{ action: `${service}:${operation}` }];
    for (const access of needed) {
      const tags = tagConditions(members?.Tags ?? members?.tags);
      const conditions = { ...request, ...tags, ...access.conditions };
      const answer = account.iam.authorizeCaller(caller, { ...access, conditions });
      if (!answer.allowed) throw denial(service, answer.message);
    }
  };
}

/** Query services and S3 answer AccessDenied, the others AccessDeniedException; those with AWS JSON with status 400. */
export function denial(service: string, message: string): AwsError {
  if (['iam', 'sts', 's3'].includes(service)) return new AwsError('AccessDenied', message, 403);
  return new AwsError('AccessDeniedException', message, service === 'lambda' ? 403 : 400);
}
