import { AwsError } from '../aws-error';
import { boundary, cachedPolicy, managedPolicy } from './effective-policies';
import { invalidInput, noSuchEntity } from './errors';
import type { PolicyDocument, PolicyKind } from './policy-document';
import type { ConditionValues } from './policy-variables';
import { sessionPrincipal, userPrincipal } from './principal';
import type { GroupRecord, PolicyHolder, RoleRecord, UserRecord } from './records';
import type { IamStore } from './store';

/** A policy, and how a result names it. */
export interface SourcePolicy {
  readonly document: PolicyDocument;
  readonly SourcePolicyId: string;
  /** As AWS answers; the values in the API Reference are others. */
  readonly SourcePolicyType: 'IAM Policy' | 'Resource Policy';
}

/** The role, user or group of a simulation. */
interface Source {
  readonly policies: readonly SourcePolicy[];
  readonly boundaries: readonly PolicyDocument[];
  /** The ARN by which the policy of a resource may name it; undefined for a group, which calls nothing. */
  readonly caller: string | undefined;
  /** What conditions know of it. */
  readonly conditions: ConditionValues;
}

/** @throws AwsError InvalidInput, NoSuchEntity */
export function findSource(iam: IamStore, arn: string): Source {
  const [, kind, name = ''] =
    /^arn:aws[\w-]*:iam::\d{12}:(role|user|group)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (kind === undefined) {
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  if (kind === 'group') {
    const group = existing(iam.groups.get(name), arn);
    return {
      policies: policiesOf(iam, 'group', name, group),
      boundaries: [],
      caller: undefined,
      conditions: {},
    };
  }
  if (kind === 'user') {
    const user = existing(iam.users.get(name), arn);
    const groups = iam.groupsOf(name);
    return {
      policies: [
        ...policiesOf(iam, 'user', name, user),
        ...groups.flatMap((group) => policiesOf(iam, 'group', group.GroupName, group)),
      ],
      boundaries: boundariesOf(iam, user),
      caller: arn,
      conditions: userPrincipal(iam, name).conditions,
    };
  }
  const role = existing(iam.roles.get(name), arn);
  return {
    policies: policiesOf(iam, 'role', name, role),
    boundaries: boundariesOf(iam, role),
    caller: arn,
    conditions: sessionPrincipal(iam, { roleArn: arn, sessionName: 'simulation' }).conditions,
  };
}

function existing<T extends RoleRecord | UserRecord | GroupRecord>(entity: T | undefined, arn: string): T {
  if (entity?.Arn === arn) return entity;
  throw noSuchEntity(`Entity ${arn} does not exist.`);
}

function boundariesOf(iam: IamStore, entity: RoleRecord | UserRecord): PolicyDocument[] {
  const limit = boundary(iam, entity);
  return limit ? [limit] : [];
}

/** The inline and the attached policies; one of AWS with unknown content grants nothing here. */
function policiesOf(
  iam: IamStore,
  kind: 'role' | 'user' | 'group',
  name: string,
  { inlinePolicies, attachedPolicyArns }: PolicyHolder,
): SourcePolicy[] {
  const inline = Object.entries(inlinePolicies).map(
    ([policyName, text]): SourcePolicy => ({
      document: cachedPolicy(text, 'identity'),
      SourcePolicyId: `${kind}_${name}_${policyName}`,
      SourcePolicyType: 'IAM Policy',
    }),
  );
  const attached = attachedPolicyArns.flatMap((policyArn): SourcePolicy[] => {
    const document = managedPolicy(iam, policyArn);
    return document
      ? [
          {
            document,
            SourcePolicyId: policyArn.slice(policyArn.lastIndexOf('/') + 1),
            SourcePolicyType: 'IAM Policy',
          },
        ]
      : [];
  });
  return [...inline, ...attached];
}

/** The policies of a request. */
export const inputPolicies = (texts: readonly string[] = []): SourcePolicy[] =>
  texts.map((text, index) => ({
    document: readPolicy(text, 'identity'),
    SourcePolicyId: `PolicyInputList.${index + 1}`,
    SourcePolicyType: 'IAM Policy',
  }));

/** Reads a policy of a request. @throws AwsError InvalidInput */
export function readPolicy(text: string, kind: PolicyKind): PolicyDocument {
  try {
    return cachedPolicy(text, kind);
  } catch (error) {
    throw error instanceof AwsError ? invalidInput(error.message) : error;
  }
}
