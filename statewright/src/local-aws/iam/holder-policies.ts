import { AwsError } from '../aws-error';
import { awsManagedPolicy, isAwsManagedPolicy } from './aws-managed-policies';
import { checkDocumentSize } from './document-size';
import { deleteConflict, limitExceeded, noSuchEntity } from './errors';
import { iamPage, pageUnderPath } from './paging';
import { parsePolicy } from './parse-policy';
import type { HolderAccess } from './policy-holder';
import type { PolicyHolder } from './records';
import type { PagingRequest, PathRequest } from './requests';
import type { IamStore } from './store';

export function putPolicy(
  { inlinePolicies, inlineQuota, update }: HolderAccess,
  { PolicyName, PolicyDocument }: { readonly PolicyName: string; readonly PolicyDocument: string },
): void {
  parsePolicy(PolicyDocument, 'identity');
  const policies = { ...inlinePolicies, [PolicyName]: PolicyDocument };
  checkDocumentSize(Object.values(policies), ...inlineQuota);
  update({ inlinePolicies: policies });
}

export function inlinePolicy(
  { inlinePolicies, noun }: HolderAccess,
  { PolicyName }: { readonly PolicyName: string },
) {
  const document = Object.hasOwn(inlinePolicies, PolicyName) ? inlinePolicies[PolicyName] : undefined;
  if (document === undefined)
    throw noSuchEntity(`The ${noun} policy with name ${PolicyName} cannot be found.`);
  return { PolicyName, PolicyDocument: document };
}

export function listPolicyNames({ inlinePolicies }: HolderAccess, request: PagingRequest) {
  const { items, paging } = iamPage(Object.keys(inlinePolicies).sort(), request);
  return { PolicyNames: items, ...paging };
}

export function removePolicy(holder: HolderAccess, request: { readonly PolicyName: string }): void {
  inlinePolicy(holder, request);
  const { [request.PolicyName]: _, ...inlinePolicies } = holder.inlinePolicies;
  holder.update({ inlinePolicies });
}

/** Attaches a managed policy; attaching it again changes nothing. Any AWS managed policy is accepted. */
export function attachPolicy(
  iam: IamStore,
  { attachedPolicyArns, attachedQuota, update }: HolderAccess,
  { PolicyArn }: { readonly PolicyArn: string },
): void {
  checkAttachable(iam, PolicyArn, `Policy ${PolicyArn}`, 'it grants nothing here');
  if (attachedPolicyArns.includes(PolicyArn)) return;
  if (attachedPolicyArns.length >= 10) throw limitExceeded(`Cannot exceed quota for ${attachedQuota}: 10`);
  update({ attachedPolicyArns: [...attachedPolicyArns, PolicyArn] });
}

export function detachPolicy(
  { attachedPolicyArns, update }: HolderAccess,
  { PolicyArn }: { readonly PolicyArn: string },
): void {
  if (!attachedPolicyArns.includes(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
  update({ attachedPolicyArns: attachedPolicyArns.filter((arn) => arn !== PolicyArn) });
}

export function listAttached({ attachedPolicyArns }: HolderAccess, request: PathRequest) {
  const attached = attachedPolicyArns.map((PolicyArn) => {
    const [, Path = '/', PolicyName = ''] = /:policy(\/.*?)([^/]+)$/.exec(PolicyArn) ?? [];
    return { PolicyName, PolicyArn, Path };
  });
  const { items, paging } = pageUnderPath(attached, ({ PolicyName }) => PolicyName, request);
  return { AttachedPolicies: items.map(({ Path: _, ...policy }) => policy), ...paging };
}

/** Refuses a permissions boundary that does not exist. */
export const checkBoundary = (iam: IamStore, PolicyArn: string): void =>
  checkAttachable(
    iam,
    PolicyArn,
    `Scope ARN: ${PolicyArn}`,
    'as a permissions boundary it limits nothing here',
  );

function checkAttachable(iam: IamStore, arn: string, subject: string, effect: string): void {
  if (!/^arn:[^:]*:iam::[^:]*:policy\/.+$/.test(arn)) {
    throw new AwsError('ValidationError', 'Invalid ARN:  Could not be parsed!');
  }
  if (isAwsManagedPolicy(arn)) {
    if (awsManagedPolicy(arn) === undefined) {
      iam.context.warn?.(
        `The content of the AWS managed policy ${arn} is not known to the local AWS: ${effect}.`,
      );
    }
  } else if (!iam.policies.has(arn)) {
    throw noSuchEntity(`${subject} does not exist or is not attachable.`);
  }
}

/** A role, user or group can be deleted when it has no policies. */
export function checkNoPolicies({ attachedPolicyArns, inlinePolicies }: PolicyHolder): void {
  if (attachedPolicyArns.length > 0) {
    throw deleteConflict('Cannot delete entity, must detach all policies first.');
  }
  if (Object.keys(inlinePolicies).length > 0) {
    throw deleteConflict('Cannot delete entity, must delete policies first.');
  }
}
