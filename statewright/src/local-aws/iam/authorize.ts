import type { Authorization, AuthorizationRequest, Caller } from '../account-context';
import { decide, type PolicyQuestion, type Verdict } from './decide';
import { cachedPolicy } from './effective-policies';
import type { PolicyDocument } from './policy-document';
import { type Principal, sessionPrincipal, userPrincipal } from './principal';
import type { IamStore } from './store';

/** What a principal wants to do. */
export type Access = Pick<AuthorizationRequest, 'action' | 'resource' | 'conditions' | 'resourcePolicy'>;

/** Whether a role may perform an action on a resource of its own account. A denial has AWS's message. */
export function authorize(iam: IamStore, request: AuthorizationRequest): Authorization {
  const { roleArn, sessionName = iam.context.uuid().replaceAll('-', ''), sessionPolicies = [] } = request;
  return authorizeCaller(iam, { kind: 'role', roleArn, sessionName, sessionPolicies }, request);
}

/** The same for any caller. The account's owner may do everything. */
export function authorizeCaller(iam: IamStore, caller: Caller, access: Access): Authorization {
  if (caller.kind === 'owner') return { allowed: true };
  if (caller.kind === 'role') iam.markUsed(caller.roleArn, access.conditions?.['aws:RequestedRegion']);
  const { resourcePolicy } = access;
  return authorizePrincipal(
    iam,
    principalOf(iam, caller),
    access,
    resourcePolicy === undefined ? undefined : cachedPolicy(resourcePolicy, 'resource'),
  );
}

export const principalOf = (iam: IamStore, caller: Exclude<Caller, { kind: 'owner' }>): Principal =>
  caller.kind === 'role' ? sessionPrincipal(iam, caller) : userPrincipal(iam, caller.userName);

/**
 * The decision within one account (IAM User Guide, "Policy evaluation logic"). The principal's own policies or the
 * resource's policy must allow the action, and its permissions boundary and the session's policies, if there are any, must
 * allow it too. An explicit deny in any of them decides. The messages are those of the IAM User Guide, "Troubleshoot access
 * denied error messages".
 */
export function authorizePrincipal(
  iam: IamStore,
  principal: Principal,
  { action, resource, conditions }: Access,
  resourcePolicy: PolicyDocument | undefined,
): Authorization {
  const question = {
    action,
    resource,
    conditions: { ...globalConditions(iam, resource), ...principal.conditions, ...conditions },
  };
  const { boundary, sessionPolicies = [] } = principal;
  const grants = {
    'identity-based policy': decide(principal.policies, question),
    ...(resourcePolicy && {
      'resource-based policy': decideByResource(iam, resourcePolicy, principal.ids, question),
    }),
  };
  const limits = {
    ...(boundary && { 'permissions boundary': decide([boundary], question) }),
    ...(sessionPolicies.length > 0 && {
      'session policy': decide(
        sessionPolicies.map((document) => cachedPolicy(document, 'identity')),
        question,
      ),
    }),
  };

  const deny = (reason: string): Authorization => ({
    allowed: false,
    message: `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource ?? '*'} ${reason}`,
  });
  const denied = nameOf({ ...grants, ...limits }, (verdict) => verdict === 'explicitDeny');
  if (denied) return deny(`with an explicit deny in ${denied.startsWith('i') ? 'an' : 'a'} ${denied}`);
  const granted = nameOf(grants, (verdict) => verdict === 'allowed');
  const missing = granted ? nameOf(limits, (verdict) => verdict !== 'allowed') : 'identity-based policy';
  return missing === undefined
    ? { allowed: true }
    : deny(`because no ${missing} allows the ${action} action`);
}

/** Whether a resource's policy, JSON text, lets everybody perform an action, without credentials. */
export const allowsEveryone = (policy: string, question: PolicyQuestion): boolean =>
  decide([cachedPolicy(policy, 'resource')], { ...question, principal: { kind: 'AWS', ids: [] } }) ===
  'allowed';

/** Whether a resource's policy, JSON text, lets a service perform an action. */
export const allowsService = (policy: string, service: string, question: PolicyQuestion): boolean =>
  decide([cachedPolicy(policy, 'resource')], {
    ...question,
    principal: { kind: 'Service', ids: [service] },
  }) === 'allowed';

const nameOf = (verdicts: Readonly<Record<string, Verdict>>, wanted: (verdict: Verdict) => boolean) =>
  Object.keys(verdicts).find((name) => wanted(verdicts[name] as Verdict));

/**
 * What a resource's policy says of a principal with these ARNs. A statement for the account denies everybody in it, but
 * allows nothing by itself: it leaves that to the principals' own policies.
 */
export function decideByResource(
  { context }: IamStore,
  policy: PolicyDocument,
  ids: readonly string[],
  question: PolicyQuestion,
): Verdict {
  const account = `arn:aws:iam::${context.accountId}:root`;
  const verdict = (names: readonly string[]) =>
    decide([policy], { ...question, principal: { kind: 'AWS', ids: names } });
  return verdict([...ids, account]) === 'explicitDeny' ? 'explicitDeny' : verdict(ids);
}

/**
 * The condition keys of every request (IAM User Guide, "AWS global condition context keys"). Without them, policies that
 * deny requests outside a region, or without encryption in transit, would deny everything.
 */
function globalConditions({ context }: IamStore, resource: string | undefined) {
  const now = context.clock.now();
  return {
    'aws:PrincipalAccount': context.accountId,
    'aws:ResourceAccount': resource?.split(':')[4] || context.accountId,
    'aws:RequestedRegion': context.region,
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
  };
}
