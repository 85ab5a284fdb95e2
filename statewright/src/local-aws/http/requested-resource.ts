import { functionArn, parseFunctionName } from '../../asl/resource';
import { callPermissions } from '../../asl/task-permissions';
import { isObject } from '../../is-object';
import type { Account } from '../account';
import { groupNameOf } from '../logs/group-name';

/** The members of a request. */
export type Members = Readonly<Record<string, unknown>>;

/** What a call needs to be allowed: an action on a resource, with the condition keys of the service. */
export interface RequestedAccess {
  /** Such as `states:StartExecution`. */
  readonly action: string;
  /** An ARN, or `*` for an action without a resource; undefined where it is not known. */
  readonly resource?: string;
  readonly conditions?: Readonly<Record<string, string | readonly string[]>>;
  /** The resource's own policy, as JSON text. */
  readonly resourcePolicy?: string;
}

/** The account as a request sees it. */
interface Place {
  readonly account: Account;
  readonly region: string;
}

/** The resource, or several of which each is needed. */
type ResourceOf = (
  place: Place,
  operation: string,
  members: Members,
) => string | readonly string[] | RequestedAccess;

/**
 * What each service asks IAM for a call (Service Authorization Reference, the "Actions" and "Resource types" of each
 * service). The resource follows from the member that names it, so that a new operation needs nothing here.
 */
const services: Readonly<Record<string, ResourceOf>> = {
  states: statesAccess,
  lambda: lambdaAccess,
  logs: logsResource,
  iam: iamResource,
};

/** What a call of a service that this AWS does not have needs, as a Task that calls it does. */
function otherAccess(
  { account, region }: Place,
  service: string,
  operation: string,
  members: Members,
): RequestedAccess[] {
  const form = { kind: 'integration', sdk: true, pattern: 'requestResponse', suffix: '' } as const;
  const home = { partition: 'aws', region, accountId: account.accountId };
  const needed = callPermissions({ ...form, service, action: operation }, members, home);
  return needed.map(({ action, resource }) => ({ action, ...(resource !== undefined && { resource }) }));
}

/** What a call needs: the call itself, and `iam:PassRole` for the role that it gives to the service. */
export function requestedAccess(
  place: Place,
  service: string,
  operation: string,
  members: Members,
): readonly RequestedAccess[] {
  const find = services[service];
  if (find === undefined) return otherAccess(place, service, operation, members);
  const found = find(place, operation, members);
  const resources = typeof found === 'string' ? [found] : found;
  const access =
    'action' in resources
      ? [resources]
      : resources.map((resource) => ({ action: `${service}:${operation}`, resource }));
  const role = service === 'lambda' ? text(members.Role) : text(members.roleArn);
  return [
    ...access,
    ...(role !== undefined && (service === 'lambda' || service === 'states')
      ? [passRole(role, `${service}.amazonaws.com`)]
      : []),
    // TestState with `revealSecrets` (Developer Guide, "IAM permissions for using TestState API").
    ...(service === 'states' && members.revealSecrets === true
      ? [{ action: 'states:RevealSecrets', resource: '*' }]
      : []),
  ];
}

const passRole = (resource: string, service: string): RequestedAccess => ({
  action: 'iam:PassRole',
  resource,
  conditions: { 'iam:PassedToService': service },
});

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The tags of a request as condition keys (IAM User Guide, "Controlling access during AWS requests"). */
export function tagConditions(tags: unknown): Readonly<Record<string, string | readonly string[]>> {
  const pairs: [string, string][] = Array.isArray(tags)
    ? tags.map((tag) => [String(tag?.key ?? tag?.Key), String(tag?.value ?? tag?.Value)])
    : Object.entries(tags ?? {}).map(([key, value]) => [key, String(value)]);
  if (pairs.length === 0) return {};
  return {
    ...Object.fromEntries(pairs.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    'aws:TagKeys': pairs.map(([key]) => key),
  };
}

/**
 * Step Functions takes a version's or an alias's ARN as the state machine's, with its qualifier as a condition key. A test
 * case (`ARN#TestCase`) is one of the same state machine.
 */
function statesAccess({ account, region }: Place, operation: string, members: Members): RequestedAccess {
  const token = text(members.taskToken);
  const { states } = account.in(region);
  const execution = token === undefined ? undefined : states.executionOfToken(token);
  const named =
    text(members.stateMachineArn)?.replace(/#.*/s, '') ??
    text(members.stateMachineVersionArn) ??
    text(members.stateMachineAliasArn) ??
    text(members.executionArn) ??
    text(members.mapRunArn) ??
    text(members.activityArn) ??
    text(members.resourceArn) ??
    versionOfRouting(members.routingConfiguration) ??
    (token === undefined ? undefined : states.activityOfToken(token)) ??
    execution?.replace(/:(?:execution|express):([^:]+):.*/, ':stateMachine:$1');
  const kind = operation.startsWith('CreateActivity') ? 'activity' : 'stateMachine';
  const created = operation.startsWith('Create') ? text(members.name) : undefined;
  const arn = named ?? (created ? `arn:aws:states:${region}:${account.accountId}:${kind}:${created}` : '*');
  const [, stateMachine, qualifier] = /^(.*:stateMachine:[^:]+):([^:]+)$/.exec(arn) ?? [];
  return {
    action: `states:${operation}`,
    resource: stateMachine ?? arn,
    ...(qualifier !== undefined && { conditions: { 'states:StateMachineQualifier': [qualifier] } }),
  };
}

/** The first version that a new alias routes to: the alias belongs to its state machine. */
function versionOfRouting(routingConfiguration: unknown): string | undefined {
  const [first]: unknown[] = Array.isArray(routingConfiguration) ? routingConfiguration : [];
  return isObject(first) ? text(first.stateMachineVersionArn) : undefined;
}

/** The actions of operations whose names differ. */
const LAMBDA_ACTIONS: Readonly<Record<string, string>> = {
  Invoke: 'InvokeFunction',
  InvokeAsync: 'InvokeFunction',
  InvokeWithResponseStream: 'InvokeFunction',
  GetLayerVersionByArn: 'GetLayerVersion',
};

function lambdaAccess(place: Place, operation: string, members: Members): RequestedAccess {
  const { account, region } = place;
  const { accountId } = account;
  const action = `lambda:${LAMBDA_ACTIONS[operation] ?? operation}`;
  const name = text(members.FunctionName);
  if (name === undefined) {
    return { action, resource: text(members.Resource) ?? text(members.Arn) ?? layerArn(place, members) };
  }
  const Qualifier = text(members.Qualifier);
  const named = { ...(Qualifier !== undefined && { qualifier: Qualifier }), ...parseFunctionName(name) };
  const request = { FunctionName: name, ...(Qualifier !== undefined && { Qualifier }) };
  const resourcePolicy = account.in(region).lambda.resourcePolicy(request);
  return {
    action,
    resource: functionArn(named, { partition: 'aws', region, accountId }),
    ...(resourcePolicy !== undefined && { resourcePolicy }),
  };
}

/** The ARN of the layer, or of the version, that a request names. */
function layerArn({ account, region }: Place, { LayerName, VersionNumber }: Members): string {
  const layer = text(LayerName);
  if (layer === undefined) return '*';
  const arn = layer.startsWith('arn:')
    ? layer
    : `arn:aws:lambda:${region}:${account.accountId}:layer:${layer}`;
  return VersionNumber === undefined ? arn : `${arn}:${VersionNumber}`;
}

/** CloudWatch Logs writes the ARN of a log group with a stream, whose name may be empty. A query may be of several groups. */
function logsResource({ account, region }: Place, _operation: string, members: Members): readonly string[] {
  const arn = text(members.resourceArn);
  if (arn !== undefined) return [arn];
  const { logGroupName, logGroupIdentifier, resourceIdentifier } = members;
  const one = text(logGroupName) ?? text(logGroupIdentifier) ?? text(resourceIdentifier);
  const several = one === undefined ? (members.logGroupNames ?? members.logGroupIdentifiers) : undefined;
  const groups = Array.isArray(several) && several.length > 0 ? several.map(String) : [one ?? ''];
  const prefix = `arn:aws:logs:${region}:${account.accountId}:log-group:`;
  const stream = `:log-stream:${text(members.logStreamName) ?? ''}`;
  // The operations read only the name in an ARN.
  return groups.map((group) => prefix + groupNameOf(group) + stream);
}

/** The names of IAM's resources, by the member that names one; the policies of AWS and of the account by their ARNs. */
function iamResource({ account }: Place, operation: string, members: Members): string {
  const arn = (kind: string, name: string) => `arn:aws:iam::${account.accountId}:${kind}${name}`;
  const { RoleName, UserName, GroupName, InstanceProfileName, PolicyName } = members;
  const named =
    text(members.PolicyArn) ?? text(members.OpenIDConnectProviderArn) ?? text(members.PolicySourceArn);
  const path = text(members.Path) ?? '/';
  const profile = text(InstanceProfileName);
  if (profile !== undefined) return arn('instance-profile', path + profile);
  const group = text(GroupName);
  if (group !== undefined) return arn('group', path + group);
  const role = text(RoleName);
  if (role !== undefined) return account.iam.arnOf('roles', role) ?? arn('role', path + role);
  const user = text(UserName);
  if (user !== undefined) return account.iam.arnOf('users', user) ?? arn('user', path + user);
  if (named !== undefined) return named;
  if (operation === 'CreateOpenIDConnectProvider') {
    return arn('oidc-provider', `/${text(members.Url)?.replace(/^https:\/\//, '')}`);
  }
  const service = text(members.AWSServiceName);
  if (service !== undefined) return arn('role', `/aws-service-role/${service}/*`);
  if (operation === 'CreatePolicy') return arn('policy', path + text(PolicyName));
  if (operation === 'ListPolicies') return 'policy path /';
  const listed = { ListRoles: 'role', ListUsers: 'user', ListGroups: 'group' }[operation];
  return listed === undefined ? '*' : arn(listed, path);
}
