import { objectOf, ownField } from '../../asl/graph';
import { ownerIn } from '../../definitions/fictitious-values';
import { UserError } from '../../user-error';
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
  const boundary = properties.PermissionsBoundary;
  if (boundary !== undefined && !isKnown(boundary)) {
    stack.notices.push(
      `${boundary}, the permissions boundary of ${name}, is not in the template: here, it has no effect.`,
    );
  }
  stack.json.resource('aws_iam_role', label, {
    name,
    path: properties.Path,
    description: properties.Description,
    assume_role_policy: JSON.stringify(properties.AssumeRolePolicyDocument),
    max_session_duration: properties.MaxSessionDuration,
    permissions_boundary: isKnown(boundary) ? boundary : undefined,
    managed_policy_arns: all.filter(isKnown),
    inline_policy: inline,
    tags: tagsOf(properties.Tags),
  });
};

const isOfAws = (policy: unknown): boolean => String(policy).startsWith('arn:aws:iam::aws:policy/');

const EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** Reads the roles that are used, and not in the template: one that the account has keeps its policies. */
export function addOtherRoles(stack: Stack): void {
  for (const arn of stack.otherRoles) {
    const [, path, name = ''] = /:role(\/(?:.*\/)?)(.*)$/.exec(arn) ?? [];
    stack.json.data('aws_iam_role', name.replace(/[^\w-]/g, '_'), { name, path });
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
function policiesOf({ logicalId, name, properties, parameters, template }: StackResource): Policies {
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
    const [[templateName, values] = [undefined, {}]] = Object.entries(objectOf(each) ?? {});
    if (templateName === undefined) {
      throw new UserError(
        `${template.file}: ${logicalId} has a policy that is neither a name, a document nor a policy template.`,
      );
    }
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
