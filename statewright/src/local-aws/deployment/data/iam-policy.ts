import { ArgumentError } from '../../../terraform/errors';
import { awsManagedPolicies } from '../../iam/aws-managed-policies';
import type { BlockType } from '../block-type';

/** A policy that AWS manages, by its name or ARN. One of the user's own account is not in the stack. */
export const iamPolicy: BlockType = (block, context) => {
  const name = block.optionalText('name');
  const arn = block.optionalText('arn');
  const found = awsManagedPolicies().find((each) => each.Arn === arn || each.PolicyName === name);
  if (found) {
    const { Arn, PolicyName, PolicyId, Path, versions } = found;
    const [version] = versions;
    return {
      id: Arn,
      arn: Arn,
      name: PolicyName,
      policy_id: PolicyId,
      path: Path,
      policy: version?.Document ?? '',
    };
  }
  if (context.otherTypes) return context.otherTypes(block, context);
  throw new ArgumentError(block.place, `the policy ${name ?? arn} is not an AWS managed policy`);
};
