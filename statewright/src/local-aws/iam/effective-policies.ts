import { awsManagedPolicy, isAwsManagedPolicy } from './aws-managed-policies';
import { parsePolicy } from './parse-policy';
import type { PolicyDocument, PolicyKind } from './policy-document';
import type { PolicyHolder } from './records';
import type { IamStore } from './store';

/** What the policies of a role, a user or a group grant: the inline ones and the attached ones. */
export function identityPolicies(iam: IamStore, holder: PolicyHolder): readonly PolicyDocument[] {
  const inline = Object.values(holder.inlinePolicies).map((document) => cachedPolicy(document, 'identity'));
  const attached = holder.attachedPolicyArns.map((arn) => managedPolicy(iam, arn) ?? { statements: [] });
  return [...inline, ...attached];
}

/** What the permissions boundary of a role or a user allows at most; undefined without one, and for one with unknown content. */
export function boundary(
  iam: IamStore,
  { PermissionsBoundary }: { readonly PermissionsBoundary?: string | undefined },
): PolicyDocument | undefined {
  return PermissionsBoundary === undefined ? undefined : managedPolicy(iam, PermissionsBoundary);
}

/** A managed policy's default version; undefined for a policy of AWS with unknown content. */
export function managedPolicy(iam: IamStore, arn: string): PolicyDocument | undefined {
  if (isAwsManagedPolicy(arn) && awsManagedPolicy(arn) === undefined) return undefined;
  const { versions, DefaultVersionId } = iam.policy(arn);
  const version = versions.find(({ VersionId }) => VersionId === DefaultVersionId);
  return version && cachedPolicy(version.Document, 'identity');
}

const parsed = new Map<string, PolicyDocument>();

/** A cache: every invocation asks about the same few documents. */
export function cachedPolicy(document: string, kind: PolicyKind): PolicyDocument {
  const key = kind + document;
  let policy = parsed.get(key);
  if (policy === undefined) {
    if (parsed.size >= 1000) parsed.clear();
    policy = parsePolicy(document, kind);
    parsed.set(key, policy);
  }
  return policy;
}
