import { AwsError } from '../aws-error';
import { invalidParameter, resourceNotFound } from './errors';
import { type FunctionRecord, settingOf } from './function-record';
import type { FunctionStore } from './function-store';
import type { FunctionRequest, LambdaRequest } from './requests';
import {
  checkPolicyRevision,
  type PolicyStatement,
  policyText,
  withoutStatement,
  withStatement,
} from './resource-policy';

export function addPermission(store: FunctionStore, request: LambdaRequest<'AddPermission'>) {
  const { qualifier } = store.reference(request);
  if (qualifier === '$LATEST') {
    throw invalidParameter('We currently do not support adding policies for $LATEST.');
  }
  const policy = policyOf(store, request);
  checkPolicyRevision(policy.revisionId, request.RevisionId);
  if (request.FunctionUrlAuthType !== undefined && request.Action !== 'lambda:InvokeFunctionUrl') {
    throw invalidParameter('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action');
  }
  const Condition = conditionOf(request);
  const statement: PolicyStatement = {
    Sid: request.StatementId,
    Effect: 'Allow',
    Principal: principalOf(request.Principal),
    Action: request.Action,
    Resource: store.arn(policy.record.FunctionName, qualifier),
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
  setStatements(store, policy, withStatement(policy.statements, statement));
  return { Statement: JSON.stringify(statement) };
}

export function getPolicy(store: FunctionStore, request: LambdaRequest<'GetPolicy'>) {
  const { statements, revisionId } = policyOf(store, request);
  if (statements.length === 0) throw resourceNotFound();
  return { Policy: policyText(statements), RevisionId: revisionId };
}

export function removePermission(store: FunctionStore, request: LambdaRequest<'RemovePermission'>): void {
  const policy = policyOf(store, request);
  if (policy.statements.length === 0) {
    throw new AwsError('ResourceNotFoundException', 'No policy is associated with the given resource.', 404);
  }
  const left = withoutStatement(policy.statements, request.StatementId);
  checkPolicyRevision(policy.revisionId, request.RevisionId);
  setStatements(store, policy, left);
}

/** The resource-based policy of a function, a version or an alias, as JSON text; undefined if it has none. */
export function resourcePolicy(store: FunctionStore, request: FunctionRequest): string | undefined {
  // A function of another region or account, or a resource that is not a function.
  if (!store.isHere(request.FunctionName)) return undefined;
  const { name, qualifier = '$LATEST' } = store.reference(request);
  const record = store.functions.get(name);
  const statements = record ? statementsOf(record, qualifier) : [];
  return statements.length > 0 ? policyText(statements) : undefined;
}

interface Policy {
  readonly record: FunctionRecord;
  readonly qualifier: string;
  readonly statements: readonly PolicyStatement[];
  /** That of the function, the version or the alias. */
  readonly revisionId: string;
}

function policyOf(store: FunctionStore, request: FunctionRequest): Policy {
  const record = store.get(request);
  const version = store.version(request);
  const { qualifier = version.Version } = store.reference(request);
  const alias = record.aliases?.find(({ Name }) => Name === qualifier);
  const { RevisionId } = alias ?? version;
  return { record, qualifier, statements: statementsOf(record, qualifier), revisionId: RevisionId };
}

const statementsOf = ({ policies }: FunctionRecord, qualifier: string) =>
  settingOf(policies, qualifier) ?? [];

/** A change of the policy is a new revision of the function, the version or the alias. */
function setStatements(
  store: FunctionStore,
  { record, qualifier }: Policy,
  statements: readonly PolicyStatement[],
): void {
  const RevisionId = store.context.uuid();
  const { latest, versions, aliases = [], policies } = record;
  store.set({
    ...record,
    latest: latest.Version === qualifier ? { ...latest, RevisionId } : latest,
    versions: versions.map((one) => (one.Version === qualifier ? { ...one, RevisionId } : one)),
    aliases: aliases.map((one) => (one.Name === qualifier ? { ...one, RevisionId } : one)),
    policies: { ...policies, [qualifier]: statements },
  });
}

/** An account, a user or a role, everybody, or a service. Whether a user or a role exists is not checked. */
function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (/^arn:aws[a-z-]*:(?:iam|sts)::(?:\d{12}|cloudfront):.+$/.test(principal)) return { AWS: principal };
  if (/^[\w-]+(?:\.[\w-]+)*\.(?:amazonaws\.com(?:\.cn)?|amazon\.com)$/.test(principal)) {
    return { Service: principal };
  }
  throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
}

function conditionOf(request: LambdaRequest<'AddPermission'>) {
  const { SourceArn, SourceAccount, PrincipalOrgID, EventSourceToken, FunctionUrlAuthType } = request;
  const { InvokedViaFunctionUrl: viaUrl } = request;
  const equals = {
    ...(SourceAccount !== undefined && { 'AWS:SourceAccount': SourceAccount }),
    ...(PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': PrincipalOrgID }),
    ...(EventSourceToken !== undefined && { 'lambda:EventSourceToken': EventSourceToken }),
    ...(FunctionUrlAuthType !== undefined && { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType }),
  };
  return {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...(viaUrl !== undefined && { Bool: { 'lambda:InvokedViaFunctionUrl': String(viaUrl) } }),
  };
}
