import { objectOf, ownField } from '../../asl/graph';
import { didYouMeanOneOf } from '../../did-you-mean';
import { UserError } from '../../user-error';
import { type Allowed, PROFILES, type Profile } from './connector-profiles';
import type { Resources } from './globals';

/**
 * The policies that SAM makes of connectors: resources, and `Connectors` of other resources.
 * @throws UserError for a resource that does not exist, and for permissions that SAM does not have between two resources
 */
export function connectorPolicies(resources: Resources): Record<string, object> {
  return Object.fromEntries(
    Object.entries(resources).flatMap(([id, resource]) => {
      if (ownField(resource, 'Type') === 'AWS::Serverless::Connector') {
        const properties = ownField(resource, 'Properties');
        const condition = ownField(resource, 'Condition');
        return policies(id, ownField(properties, 'Source'), properties, resources).map(([name, policy]) => [
          name,
          { ...policy, Condition: condition },
        ]);
      }
      return Object.entries(objectOf(ownField(resource, 'Connectors')) ?? {}).flatMap(([name, connector]) =>
        policies(id + name, { Id: id }, ownField(connector, 'Properties'), resources),
      );
    }),
  );
}

/** One for each destination, for the role of the resource that calls the other one. */
function policies(
  name: string,
  source: unknown,
  properties: unknown,
  resources: Resources,
): [string, object][] {
  const from = endOf(name, source, resources);
  const permissions = [ownField(properties, 'Permissions') ?? []].flat().map(String);
  return [ownField(properties, 'Destination') ?? []].flat().flatMap((destination, index) => {
    const to = endOf(name, destination, resources);
    const profiles = PROFILES[from.type];
    // What calls a function, such as a rule or an API, needs no role.
    if (!profiles) return [];
    const profile = profiles[to.type];
    checkPermissions(name, from.type, to.type, profile, permissions);
    const [caller, called] = profile?.isOfDestination ? [to, from] : [from, to];
    if (caller.role === undefined) return [];
    const Statement = permissions.flatMap((each) =>
      (profile?.[each as 'Read' | 'Write'] ?? []).map((allowed) => statement(allowed, called.arn)),
    );
    const PolicyDocument = { Version: '2012-10-17', Statement };
    const policy = { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument, Roles: [caller.role] } };
    return [[`${name}Policy${index === 0 ? '' : index}`, policy] as [string, object]];
  });
}

/** The source or a destination: a resource of the template by its `Id`, or any other one by its type, ARN and role. */
function endOf(name: string, reference: unknown, resources: Resources) {
  const id = ownField(reference, 'Id');
  const resource = ownField(resources, String(id));
  if (id !== undefined && resource === undefined) {
    throw new UserError(
      `The connector ${name} names ${id}, which the template does not have.`,
      didYouMeanOneOf(String(id), Object.keys(resources)),
    );
  }
  const properties = ownField(resource, 'Properties');
  const type = String(ownField(reference, 'Type') ?? ownField(resource, 'Type'));
  return {
    type: CLOUDFORMATION_TYPES[type] ?? type,
    arn: ownField(reference, 'Arn') ?? { 'Fn::GetAtt': [id, 'Arn'] },
    role: ownField(reference, 'RoleName') ?? ownField(properties, 'Role') ?? ownField(properties, 'RoleArn'),
  };
}

const CLOUDFORMATION_TYPES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
};

function checkPermissions(
  name: string,
  from: string,
  to: string,
  profile: Profile | undefined,
  permissions: readonly string[],
): void {
  const has = (['Read', 'Write'] as const).filter((each) => profile?.[each] !== undefined);
  const other = permissions.find((each) => !has.includes(each as 'Read' | 'Write'));
  if (profile && other === undefined) return;
  throw new UserError(
    profile
      ? `The connector ${name} has no permission ${other}: from ${from} to ${to}, SAM has ${has.join(' and ')}.`
      : `The connector ${name} is from ${from} to ${to}: SAM has no such connector.`,
    'Write the statements into the Policies of the role instead.',
  );
}

function statement([actions, ...resources]: Allowed, arn: unknown): object {
  const [service, names = ''] = actions.split(': ');
  return {
    Effect: 'Allow',
    Action: names.split(' ').map((name) => `${service}:${name}`),
    Resource: resources.map((resource) => arnOf(resource, arn)),
  };
}

/** The ARN of `{Arn}/index/*`, `states:execution:{Name}:*` and `events:rule/…`. */
function arnOf(resource: string, arn: unknown): object {
  if (resource.startsWith('{Arn}')) return joined('', [arn, resource.slice('{Arn}'.length)]);
  const [service, ...end] = resource.split(':');
  const name = { 'Fn::Select': [6, { 'Fn::Split': [':', arn] }] };
  const owner = [{ Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }];
  return joined(':', ['arn:aws', service, ...owner, ...end.map((part) => (part === '{Name}' ? name : part))]);
}

const joined = (separator: string, parts: unknown[]): object => ({ 'Fn::Join': [separator, parts] });
