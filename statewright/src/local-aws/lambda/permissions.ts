import { AwsError } from '../aws-error';
import type { FunctionStore, PolicyStatement } from './function-store';
import type { FunctionRequest, LambdaRequest } from './requests';

export function addPermission(store: FunctionStore, request: LambdaRequest<'AddPermission'>) {
  const { record, qualifier, statements } = policyOf(store, request);
  if (statements.some(({ Sid }) => Sid === request.StatementId)) {
    throw new AwsError(
      'ResourceConflictException',
      `The statement id (${request.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      409,
    );
  }
  const Condition = conditionOf(request);
  const statement: PolicyStatement = {
    Sid: request.StatementId,
    Effect: 'Allow',
    Principal: principalOf(request.Principal),
    Action: request.Action,
    Resource: store.arn(record.FunctionName, store.reference(request).qualifier),
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
  store.set({ ...record, policies: { ...record.policies, [qualifier]: [...statements, statement] } });
  return { Statement: JSON.stringify(statement) };
}

export function getPolicy(store: FunctionStore, request: LambdaRequest<'GetPolicy'>) {
  const { record, statements } = policyOf(store, request);
  if (statements.length === 0) {
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
  }
  const policy = { Version: '2012-10-17', Id: 'default', Statement: statements };
  return { Policy: JSON.stringify(policy), RevisionId: record.latest.RevisionId };
}

export function removePermission(store: FunctionStore, request: LambdaRequest<'RemovePermission'>): void {
  const { record, qualifier, statements } = policyOf(store, request);
  const left = statements.filter(({ Sid }) => Sid !== request.StatementId);
  if (left.length === statements.length) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Statement ${request.StatementId} is not found in resource policy.`,
      404,
    );
  }
  store.set({ ...record, policies: { ...record.policies, [qualifier]: left } });
}

function policyOf(store: FunctionStore, request: FunctionRequest) {
  const record = store.get(request);
  const { Version } = store.version(request);
  const { qualifier = Version } = store.reference(request);
  // An alias may have the name of what every object has, such as "constructor".
  const statements = Object.hasOwn(record.policies, qualifier) ? record.policies[qualifier] : undefined;
  return { record, qualifier, statements: statements ?? [] };
}

function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith('arn:') ? { AWS: principal } : { Service: principal };
}

const conditionOf = ({ SourceArn, SourceAccount, PrincipalOrgID }: LambdaRequest<'AddPermission'>) => {
  const equals = {
    ...(SourceAccount !== undefined && { 'AWS:SourceAccount': SourceAccount }),
    ...(PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': PrincipalOrgID }),
  };
  return {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
  };
};
