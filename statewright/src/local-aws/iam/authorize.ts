import type { Authorization, AuthorizationRequest } from '../account-context';
import { decide, type PolicyQuestion, type Verdict } from './decide';
import { boundary, cachedPolicy, identityPolicies } from './effective-policies';
import type { PolicyDocument } from './policy-document';
import type { IamStore } from './store';

/** The ARN of a role's session. */
export function sessionArn(roleArn: string, sessionName: string): string {
  const [account = '', path = ''] = roleArn.split(':').slice(4);
  return `arn:aws:sts::${account}:assumed-role/${path.slice(path.lastIndexOf('/') + 1)}/${sessionName}`;
}

/**
 * Whether a role may perform an action on a resource of its own account (IAM User Guide, "Policy evaluation logic"). Its
 * own policies or the resource's policy must allow it, and its permissions boundary and the session's policies, if there
 * are any, must allow it too. An explicit deny in any of them decides. A denial has AWS's message (IAM User Guide,
 * "Troubleshoot access denied error messages").
 */
export function authorize(iam: IamStore, request: AuthorizationRequest): Authorization {
  const { resourcePolicy } = request;
  return authorizeWith(iam, request, resourcePolicy ? cachedPolicy(resourcePolicy, 'resource') : undefined);
}

/** The same, with the resource's policy, or a role's trust policy, already read. */
export function authorizeWith(
  iam: IamStore,
  request: AuthorizationRequest,
  resourcePolicy: PolicyDocument | undefined,
): Authorization {
  const { roleArn, action, resource, sessionPolicies = [] } = request;
  const role = iam.findRole(roleArn);
  const session = sessionArn(roleArn, request.sessionName ?? iam.context.uuid().replaceAll('-', ''));
  const conditions = { ...globalConditions(iam, request), ...request.conditions };
  iam.markUsed(roleArn, conditions['aws:RequestedRegion']);
  const question = { action, resource, conditions };

  const grants = {
    'identity-based policy': decide(role ? identityPolicies(iam, role) : [], question),
    ...(resourcePolicy && {
      'resource-based policy': decideForSession(resourcePolicy, roleArn, session, question),
    }),
  };
  const limit = role && boundary(iam, role);
  const limits = {
    ...(limit && { 'permissions boundary': decide([limit], question) }),
    ...(sessionPolicies.length > 0 && {
      'session policy': decide(
        sessionPolicies.map((document) => cachedPolicy(document, 'identity')),
        question,
      ),
    }),
  };

  const deny = (reason: string): Authorization => ({
    allowed: false,
    message: `User: ${session} is not authorized to perform: ${action} on resource: ${resource ?? '*'} ${reason}`,
  });
  const denied = nameOf({ ...grants, ...limits }, (verdict) => verdict === 'explicitDeny');
  if (denied) return deny(`with an explicit deny in ${denied.startsWith('i') ? 'an' : 'a'} ${denied}`);
  const granted = nameOf(grants, (verdict) => verdict === 'allowed');
  const missing = granted
    ? nameOf(limits, (verdict) => verdict !== 'allowed')
    : ('identity-based policy' as const);
  return missing === undefined
    ? { allowed: true }
    : deny(`because no ${missing} allows the ${action} action`);
}

/** Whether a resource's policy, JSON text, lets everybody perform an action, without credentials. */
export const allowsEveryone = (policy: string, question: PolicyQuestion): boolean =>
  decide([cachedPolicy(policy, 'resource')], { ...question, principal: { kind: 'AWS', ids: [] } }) ===
  'allowed';

const nameOf = (verdicts: Readonly<Record<string, Verdict>>, wanted: (verdict: Verdict) => boolean) =>
  Object.keys(verdicts).find((name) => wanted(verdicts[name] as Verdict));

/**
 * What a resource's policy says of a role's session. A statement for the account denies everybody in it, but allows
 * nothing by itself: it leaves that to the roles' own policies.
 */
function decideForSession(
  policy: PolicyDocument,
  roleArn: string,
  session: string,
  question: PolicyQuestion,
): Verdict {
  const ids = [roleArn, session];
  const account = `arn:aws:iam::${roleArn.split(':')[4]}:root`;
  const verdict = (names: readonly string[]) =>
    decide([policy], { ...question, principal: { kind: 'AWS', ids: names } });
  return verdict([...ids, account]) === 'explicitDeny' ? 'explicitDeny' : verdict(ids);
}

/**
 * The condition keys of every request by a role (IAM User Guide, "AWS global condition context keys"). Without them,
 * policies that deny requests outside a region, or without encryption in transit, would deny everything.
 */
function globalConditions(iam: IamStore, { roleArn, sessionName, resource }: AuthorizationRequest) {
  const { context } = iam;
  const now = context.clock.now();
  const role = iam.findRole(roleArn);
  return {
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalAccount': context.accountId,
    'aws:PrincipalType': 'AssumedRole',
    'aws:ResourceAccount': resource?.split(':')[4] || context.accountId,
    ...(role && sessionName !== undefined && { 'aws:userid': `${role.RoleId}:${sessionName}` }),
    ...Object.fromEntries((role?.Tags ?? []).map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
    'aws:RequestedRegion': context.region,
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
  };
}
