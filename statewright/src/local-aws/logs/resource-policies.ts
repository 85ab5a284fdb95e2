import { AwsError } from '../aws-error';
import { parsePolicy } from '../iam/parse-policy';
import { invalidParameter } from './errors';
import { groupNameOf } from './group-name';
import { logsPage } from './paging';
import type { ResourcePolicy } from './records';
import type { LogsRequest } from './requests';
import type { LogStore } from './store';

/** How many policies of its own an account has (CloudWatch Logs API Reference, PutResourcePolicy). */
const MAX_POLICIES = 10;

/**
 * Keeps a policy of the account, by its name, or of one log group. Nothing asks these policies here: the services that write
 * logs in this account need none.
 */
export function putResourcePolicy(store: LogStore, request: LogsRequest<'PutResourcePolicy'>) {
  const { policyDocument, resourceArn } = request;
  const policyName = request.policyName ?? (resourceArn === undefined ? missing('policyName') : '');
  const document = policyDocument ?? missing('policyDocument');
  checkDocument(document);
  if (resourceArn !== undefined) store.group(groupNameOf(resourceArn));
  const key = resourceArn ?? policyName;
  const existing = store.resourcePolicies.get(key);
  checkRevision(existing, request.expectedRevisionId);
  const ofAccount = [...store.resourcePolicies.values()].filter(
    ({ policyScope }) => policyScope === 'ACCOUNT',
  );
  if (resourceArn === undefined && existing === undefined && ofAccount.length >= MAX_POLICIES) {
    throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
  }
  const policy: ResourcePolicy = {
    ...(policyName !== '' && { policyName }),
    policyDocument: document,
    lastUpdatedTime: store.context.clock.now(),
    policyScope: resourceArn === undefined ? 'ACCOUNT' : 'RESOURCE',
    ...(resourceArn !== undefined && { resourceArn, revisionId: store.context.uuid() }),
  };
  store.resourcePolicies.set(key, policy);
  return {
    resourcePolicy: policy,
    ...(policy.revisionId !== undefined && { revisionId: policy.revisionId }),
  };
}

/** The policies of the account, or those of log groups. */
export function describeResourcePolicies(store: LogStore, request: LogsRequest<'DescribeResourcePolicies'>) {
  const { resourceArn, policyScope = resourceArn === undefined ? 'ACCOUNT' : 'RESOURCE' } = request;
  const found = [...store.resourcePolicies.values()].filter(
    (policy) =>
      policy.policyScope === policyScope && (resourceArn === undefined || policy.resourceArn === resourceArn),
  );
  const { items, nextToken } = logsPage(found, request);
  return { resourcePolicies: items, ...(nextToken !== undefined && { nextToken }) };
}

export function deleteResourcePolicy(store: LogStore, request: LogsRequest<'DeleteResourcePolicy'>): void {
  const { resourceArn, policyName = resourceArn === undefined ? missing('policyName') : '' } = request;
  const key = resourceArn ?? policyName;
  checkRevision(store.resourcePolicies.get(key), request.expectedRevisionId);
  if (store.resourcePolicies.delete(key)) return;
  const message =
    resourceArn === undefined
      ? `Policy with name [${policyName}] does not exist`
      : `Policy for resource [${resourceArn}] does not exist`;
  throw new AwsError('ResourceNotFoundException', message);
}

function checkDocument(document: string): void {
  try {
    parsePolicy(document, 'resource');
  } catch (error) {
    if (error instanceof AwsError) throw invalidParameter(error.message);
    throw error;
  }
}

function checkRevision(existing: ResourcePolicy | undefined, expected: string | undefined): void {
  if (expected === undefined || existing?.revisionId === expected) return;
  throw new AwsError('OperationAbortedException', 'The expected revision id is not that of the policy.');
}

function missing(member: string): never {
  throw invalidParameter(`The request must have ${member}.`);
}
