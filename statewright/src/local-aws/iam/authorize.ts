import type { Authorization, AuthorizationRequest } from '../account-context';
import { awsManagedPolicy, isAwsManagedPolicy } from './aws-managed-policies';
import { decide } from './decide';
import { parsePolicy } from './parse-policy';
import type { PolicyDocument, PolicyKind } from './policy-document';
import type { IamStore, RoleRecord } from './store';

/** A question to IAM: may this service assume this role? */
export interface AssumeRequest {
  readonly roleArn: string;
  /** The service's principal, such as `states.amazonaws.com`. */
  readonly service: string;
  /** Values of condition keys, such as `aws:SourceArn`. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** Whether the role's trust policy lets the service assume it; false when the role does not exist. */
export function canAssume(iam: IamStore, { roleArn, service, conditions }: AssumeRequest): boolean {
  const role = findRole(iam, roleArn);
  if (role === undefined) return false;
  const question = {
    action: 'sts:AssumeRole',
    principal: { kind: 'Service', id: service },
    ...(conditions && { conditions }),
  } as const;
  return decide([cachedPolicy(role.AssumeRolePolicyDocument, 'trust')], question) === 'allowed';
}

/** Whether a role's own policies allow an action; a denial has AWS's message. */
export function authorize(iam: IamStore, request: AuthorizationRequest): Authorization {
  const role = findRole(iam, request.roleArn);
  const conditions = { ...globalConditions(iam, request), ...request.conditions };
  const verdict = decide(role ? identityPolicies(iam, role) : [], { ...request, conditions });
  if (verdict === 'allowed') return { allowed: true };

  const [account = '', path = ''] = request.roleArn.split(':').slice(4);
  const session = request.sessionName ?? iam.context.uuid().replaceAll('-', '');
  const user = `arn:aws:sts::${account}:assumed-role/${path.slice(path.lastIndexOf('/') + 1)}/${session}`;
  const reason =
    verdict === 'explicitDeny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${request.action} action`;
  const message = `User: ${user} is not authorized to perform: ${request.action} on resource: ${request.resource} ${reason}`;
  return { allowed: false, message };
}

/**
 * The condition keys of every request by a role (IAM User Guide, "AWS global condition context keys"). Without them,
 * policies that deny requests outside a region, or without encryption in transit, would deny everything.
 */
function globalConditions({ context }: IamStore, { roleArn }: AuthorizationRequest) {
  const now = context.clock.now();
  return {
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalAccount': context.accountId,
    'aws:PrincipalType': 'AssumedRole',
    'aws:RequestedRegion': context.region,
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
  };
}

function findRole(iam: IamStore, roleArn: string): RoleRecord | undefined {
  const role = iam.roles.get(roleArn.slice(roleArn.lastIndexOf('/') + 1));
  return role?.Arn === roleArn ? role : undefined;
}

function identityPolicies(iam: IamStore, role: RoleRecord): PolicyDocument[] {
  const inline = Object.values(role.inlinePolicies).map((document) => cachedPolicy(document, 'identity'));
  const attached = role.attachedPolicyArns.map((arn) => {
    if (isAwsManagedPolicy(arn)) return awsManagedPolicy(arn);
    const policy = iam.policy(arn);
    const version = policy.versions.find(({ VersionId }) => VersionId === policy.DefaultVersionId);
    return version ? cachedPolicy(version.Document, 'identity') : { statements: [] };
  });
  return [...inline, ...attached];
}

const parsed = new Map<string, PolicyDocument>();

/** A cache: every invocation asks about the same few documents. */
function cachedPolicy(document: string, kind: PolicyKind): PolicyDocument {
  const key = kind + document;
  let policy = parsed.get(key);
  if (policy === undefined) {
    if (parsed.size >= 1000) parsed.clear();
    policy = parsePolicy(document, kind);
    parsed.set(key, policy);
  }
  return policy;
}
