import { resourceNotFound } from './errors';
import type { FunctionStore } from './function-store';
import type { LayerVersionRecord } from './layer-store';
import type { LambdaRequest } from './requests';
import {
  checkPolicyRevision,
  type PolicyStatement,
  policyText,
  withoutStatement,
  withStatement,
} from './resource-policy';

/** Lets another account, or everybody, use a layer's version. Kept without effect: no other account calls this one. */
export function addLayerVersionPermission(
  store: FunctionStore,
  request: LambdaRequest<'AddLayerVersionPermission'>,
) {
  const { name, version } = find(store, request);
  const { StatementId, Action, Principal, OrganizationId } = request;
  if (version.policy) checkPolicyRevision(version.policy.revisionId, request.RevisionId);
  const statement: PolicyStatement = {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: Principal.replace(/^\d+$/, 'arn:aws:iam::$&:root') },
    Action,
    Resource: store.layers.arn(name, version.Version),
    ...(OrganizationId !== undefined && {
      Condition: { StringEquals: { 'aws:PrincipalOrgID': OrganizationId } },
    }),
  };
  const policy = {
    statements: withStatement(version.policy?.statements ?? [], statement),
    revisionId: store.context.uuid(),
  };
  store.layers.setVersion(name, { ...version, policy });
  return { Statement: JSON.stringify(statement), RevisionId: policy.revisionId };
}

export function getLayerVersionPolicy(store: FunctionStore, request: LambdaRequest<'GetLayerVersionPolicy'>) {
  const { policy } = find(store, request).version;
  if (!policy) throw resourceNotFound();
  return { Policy: policyText(policy.statements), RevisionId: policy.revisionId };
}

export function removeLayerVersionPermission(
  store: FunctionStore,
  request: LambdaRequest<'RemoveLayerVersionPermission'>,
): void {
  const { name, version } = find(store, request);
  const { policy, ...others } = version;
  if (!policy) throw resourceNotFound();
  const statements = withoutStatement(policy.statements, request.StatementId);
  checkPolicyRevision(policy.revisionId, request.RevisionId);
  store.layers.setVersion(
    name,
    statements.length === 0
      ? others
      : { ...version, policy: { statements, revisionId: store.context.uuid() } },
  );
}

/** @throws AwsError ResourceNotFoundException */
function find(
  { layers }: FunctionStore,
  request: LambdaRequest<'GetLayerVersionPolicy'>,
): { readonly name: string; readonly version: LayerVersionRecord } {
  const name = layers.nameIn(request.LayerName);
  return { name, version: layers.version(name, request.VersionNumber) };
}
