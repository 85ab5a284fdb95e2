import { AwsError } from '../aws-error';

/** A statement of the resource-based policy of a function or of a layer's version. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | { readonly Service: string } | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** In bytes (Lambda Developer Guide, "Lambda quotas": function resource-based policy). */
const POLICY_LIMIT = 20_480;

/** The statements with another one. @throws AwsError when there is one with its id, or the policy is too long */
export function withStatement(
  present: readonly PolicyStatement[],
  statement: PolicyStatement,
): readonly PolicyStatement[] {
  if (present.some(({ Sid }) => Sid === statement.Sid)) {
    throw new AwsError(
      'ResourceConflictException',
      `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      409,
    );
  }
  const statements = [...present, statement];
  const size = Buffer.byteLength(policyText(statements));
  if (size <= POLICY_LIMIT) return statements;
  throw new AwsError(
    'PolicyLengthExceededException',
    `The final policy size (${size}) is bigger than the limit (${POLICY_LIMIT}).`,
  );
}

/** The statements without one. @throws AwsError ResourceNotFoundException */
export function withoutStatement(
  present: readonly PolicyStatement[],
  id: string,
): readonly PolicyStatement[] {
  const left = present.filter(({ Sid }) => Sid !== id);
  if (left.length < present.length) return left;
  throw new AwsError('ResourceNotFoundException', `Statement ${id} is not found in resource policy.`, 404);
}

/** A resource-based policy, as JSON text. */
export const policyText = (Statement: readonly PolicyStatement[]) =>
  JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement });

/** @param seen the revision that the request expects (default: any) */
export function checkPolicyRevision(revisionId: string, seen: string | undefined): void {
  if (seen === undefined || seen === revisionId) return;
  throw new AwsError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
    412,
  );
}
