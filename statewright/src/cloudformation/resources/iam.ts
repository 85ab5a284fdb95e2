import { objectOf, ownField } from '../../asl/graph';
import { ownerIn } from '../../definitions/fictitious-values';
import { statementsOf } from '../sam/policy-statements';
import { nameOfRole, type Stack, type Translate } from '../stack';
import type { Properties, StackResource } from '../stack-resource';
import { tagsOf } from './tags';

export const role: Translate = (resource, stack) => {
  const { label, name, properties } = resource;
  const { managed, inline } = policiesOf(resource);
  const all = [...new Set([...[properties.ManagedPolicyArns ?? []].flat().map(String), ...managed])];
  const isKnown = (policy: unknown) => isOfAws(policy) || stack.policies.has(String(policy));
  const [other] = all.filter((policy) => !isKnown(policy));
  if (other !== undefined) {
    stack.notices.push(
      `${other}, a policy of ${name}, is not in the template: here, the role may do everything.`,
    );
    inline.push({ name: 'everything', policy: EVERYTHING });
  }
  stack.json.resource('aws_iam_role', label, {
    name,
    path: properties.Path,
    description: properties.Description,
    assume_role_policy: JSON.stringify(properties.AssumeRolePolicyDocument),
    max_session_duration: properties.MaxSessionDuration,
    permissions_boundary: isKnown(properties.PermissionsBoundary)
      ? properties.PermissionsBoundary
      : undefined,
    managed_policy_arns: all.filter(isKnown),
    inline_policy: inline,
    tags: tagsOf(properties.Tags),
  });
};

const isOfAws = (policy: unknown): boolean => String(policy).startsWith('arn:aws:iam::aws:policy/');

const document = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

const EVERYTHING = document({ Action: '*', Resource: '*' });

/** The services that run what a template has. */
const SERVICES = ['lambda', 'states', 'events'].map((service) => `${service}.amazonaws.com`);

/** Creates the roles that are used, and not in the template. Their policies are not known. */
export function addOtherRoles(stack: Stack): void {
  for (const arn of stack.otherRoles) {
    const [, path, name = ''] = /:role(\/(?:.*\/)?)(.*)$/.exec(arn) ?? [];
    stack.notices.push(`The role ${name} is not in the template: here, it may do everything.`);
    stack.json.resource('aws_iam_role', `other_${name.replace(/[^\w-]/g, '_')}`, {
      name,
      path,
      assume_role_policy: document({ Principal: { Service: SERVICES }, Action: 'sts:AssumeRole' }),
      inline_policy: [{ name: 'everything', policy: EVERYTHING }],
    });
  }
}

/** The permissions of a role. Those of users and groups play no part in executions. */
export const inlinePolicy: Translate = ({ label, name, properties }, stack) => {
  rolesOf(properties, stack).forEach((of, index) => {
    stack.json.resource('aws_iam_role_policy', numbered(label, index), {
      name: properties.PolicyName ?? name,
      role: of,
      policy: JSON.stringify(properties.PolicyDocument),
    });
  });
};

export const managedPolicy: Translate = ({ label, name, arn, properties }, stack) => {
  stack.policies.add(arn);
  stack.json.resource('aws_iam_policy', label, {
    name,
    path: properties.Path,
    description: properties.Description,
    policy: JSON.stringify(properties.PolicyDocument),
  });
  rolesOf(properties, stack).forEach((of, index) => {
    stack.json.resource('aws_iam_role_policy_attachment', numbered(label, index), {
      role: of,
      policy_arn: arn,
    });
  });
};

/** The names of the template's roles that a policy is for. A connector has the ARN. Any other role may do everything. */
const rolesOf = ({ Roles, RoleName }: Properties, stack: Stack): string[] =>
  [Roles ?? RoleName ?? []]
    .flat()
    .map(String)
    .filter((each) => stack.hasRole(each))
    .map(nameOfRole);

const numbered = (label: string, index: number): string => (index === 0 ? label : `${label}_${index}`);

interface Policies {
  /** The ARNs of managed policies. */
  readonly managed: string[];
  readonly inline: { readonly name: string; readonly policy: string }[];
}

/** The `Policies` of a role: inline ones in CloudFormation, and in SAM names of managed ones, documents and policy templates. */
function policiesOf({ name, properties, parameters }: StackResource): Policies {
  const managed: string[] = [];
  const inline: Policies['inline'] = [];
  const owner = ownerIn(parameters);
  // A condition may have made a list of one of them.
  [properties.Policies ?? []].flat(2).forEach((each, index) => {
    if (typeof each === 'string') {
      managed.push(managedArn(each));
      return;
    }
    const document =
      ownField(each, 'PolicyDocument') ?? (ownField(each, 'Statement') !== undefined ? each : undefined);
    const [[templateName, values] = ['', {}]] = Object.entries(objectOf(each) ?? {});
    const statement = () => statementsOf(templateName, objectOf(values) ?? {}, owner);
    const policy = document ?? { Statement: statement() };
    inline.push({
      name: String(ownField(each, 'PolicyName') ?? `${name}Policy${index}`),
      policy: JSON.stringify({ Version: '2012-10-17', ...objectOf(policy) }),
    });
  });
  return { managed, inline };
}

/** The names of managed policies that are under the path `service-role/`. */
const SERVICE_ROLE =
  /^AWSLambda(?:\w+ExecutionRole|Role|ENIManagementAccess|BasicDurableExecutionRolePolicy)$/;

function managedArn(name: string): string {
  if (name.startsWith('arn:')) return name;
  return `arn:aws:iam::aws:policy/${SERVICE_ROLE.test(name) ? 'service-role/' : ''}${name}`;
}
