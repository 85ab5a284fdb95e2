import { AwsError } from '../aws-error';
import { isAwsManagedPolicy } from './aws-managed-policies';
import { checkDocumentSize } from './document-size';
import { limitExceeded, noSuchEntity } from './errors';
import { iamPage } from './paging';
import { parsePolicy } from './parse-policy';
import type { IamRequest } from './requests';
import type { IamStore } from './store';

export function putRolePolicy(
  iam: IamStore,
  { RoleName, PolicyName, PolicyDocument }: IamRequest<'PutRolePolicy'>,
): void {
  const { inlinePolicies } = iam.role(RoleName);
  parsePolicy(PolicyDocument, 'identity');
  const policies = { ...inlinePolicies, [PolicyName]: PolicyDocument };
  checkDocumentSize(Object.values(policies), 'RolePolicySize', 10_240);
  iam.updateRole(RoleName, { inlinePolicies: policies });
}

export function getRolePolicy(iam: IamStore, { RoleName, PolicyName }: IamRequest<'GetRolePolicy'>) {
  return { RoleName, PolicyName, PolicyDocument: inlinePolicy(iam, RoleName, PolicyName) };
}

export function listRolePolicies(iam: IamStore, request: IamRequest<'ListRolePolicies'>) {
  const { items, paging } = iamPage(Object.keys(iam.role(request.RoleName).inlinePolicies).sort(), request);
  return { PolicyNames: items, ...paging };
}

export function deleteRolePolicy(
  iam: IamStore,
  { RoleName, PolicyName }: IamRequest<'DeleteRolePolicy'>,
): void {
  inlinePolicy(iam, RoleName, PolicyName);
  const { [PolicyName]: _, ...inlinePolicies } = iam.role(RoleName).inlinePolicies;
  iam.updateRole(RoleName, { inlinePolicies });
}

/** Attaches a managed policy; attaching it again changes nothing. Any AWS managed policy is accepted. */
export function attachRolePolicy(
  iam: IamStore,
  { RoleName, PolicyArn }: IamRequest<'AttachRolePolicy'>,
): void {
  const { attachedPolicyArns } = iam.role(RoleName);
  if (!/^arn:[^:]*:iam::[^:]*:policy\/.+$/.test(PolicyArn)) {
    throw new AwsError('InvalidInput', `ARN ${PolicyArn} is not valid.`);
  }
  if (!isAwsManagedPolicy(PolicyArn) && !iam.policies.has(PolicyArn)) {
    throw noSuchEntity(`Policy ${PolicyArn} does not exist or is not attachable.`);
  }
  if (attachedPolicyArns.includes(PolicyArn)) return;
  if (attachedPolicyArns.length >= 10) throw limitExceeded('Cannot exceed quota for PoliciesPerRole: 10');
  iam.updateRole(RoleName, { attachedPolicyArns: [...attachedPolicyArns, PolicyArn] });
}

export function detachRolePolicy(
  iam: IamStore,
  { RoleName, PolicyArn }: IamRequest<'DetachRolePolicy'>,
): void {
  const { attachedPolicyArns } = iam.role(RoleName);
  if (!attachedPolicyArns.includes(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
  iam.updateRole(RoleName, { attachedPolicyArns: attachedPolicyArns.filter((arn) => arn !== PolicyArn) });
}

export function listAttachedRolePolicies(iam: IamStore, request: IamRequest<'ListAttachedRolePolicies'>) {
  const { items, paging } = iamPage(iam.role(request.RoleName).attachedPolicyArns, request);
  return {
    AttachedPolicies: items.map((PolicyArn) => ({
      PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
      PolicyArn,
    })),
    ...paging,
  };
}

function inlinePolicy(iam: IamStore, roleName: string, policyName: string): string {
  const { inlinePolicies } = iam.role(roleName);
  const document = Object.hasOwn(inlinePolicies, policyName) ? inlinePolicies[policyName] : undefined;
  if (document === undefined) throw noSuchEntity(`The role policy with name ${policyName} cannot be found.`);
  return document;
}
