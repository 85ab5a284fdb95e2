import type { BlockType } from '../block-type';
import { lambdaAlias, stateMachineAlias } from './aliases';
import { policy, policyAttachment, role, rolePolicy, rolePolicyAttachment } from './iam';
import { lambdaFunction, lambdaLayerVersion } from './lambda';
import { logGroup } from './logs';
import { activity, stateMachine } from './states';

/** The resource types that can be deployed to the local AWS. */
export const resourceTypes: Readonly<Record<string, BlockType>> = {
  aws_cloudwatch_log_group: logGroup,
  aws_iam_policy: policy,
  aws_iam_policy_attachment: policyAttachment,
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iam_role_policy_attachment: rolePolicyAttachment,
  aws_lambda_alias: lambdaAlias,
  aws_lambda_function: lambdaFunction,
  aws_lambda_layer_version: lambdaLayerVersion,
  aws_sfn_activity: activity,
  aws_sfn_alias: stateMachineAlias,
  aws_sfn_state_machine: stateMachine,
};
