import type { BlockType } from '../block-type';
import { lambdaAlias, stateMachineAlias } from './aliases';
import {
  openIdConnectProvider,
  policy,
  policyAttachment,
  role,
  rolePolicy,
  rolePolicyAttachment,
} from './iam';
import { lambdaFunction, lambdaLayerVersion } from './lambda';
import { eventInvokeConfig, eventSourceMapping, functionUrl } from './lambda-delivery';
import { localFile } from './local-file';
import { logGroup } from './logs';
import { s3Object } from './s3-object';
import { activity, stateMachine } from './states';
import { terraformData } from './terraform-data';

/** The resource types that can be deployed to the local AWS. */
export const resourceTypes: Readonly<Record<string, BlockType>> = {
  aws_cloudwatch_log_group: logGroup,
  aws_iam_openid_connect_provider: openIdConnectProvider,
  aws_iam_policy: policy,
  aws_iam_policy_attachment: policyAttachment,
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iam_role_policy_attachment: rolePolicyAttachment,
  aws_lambda_alias: lambdaAlias,
  aws_lambda_event_source_mapping: eventSourceMapping,
  aws_lambda_function: lambdaFunction,
  aws_lambda_function_event_invoke_config: eventInvokeConfig,
  aws_lambda_function_url: functionUrl,
  aws_lambda_layer_version: lambdaLayerVersion,
  aws_s3_object: s3Object,
  aws_sfn_activity: activity,
  aws_sfn_alias: stateMachineAlias,
  aws_sfn_state_machine: stateMachine,
  local_file: localFile,
  local_sensitive_file: localFile,
  terraform_data: terraformData,
};

/** Types that nothing else of a stack needs to run: what cannot be created here exists by name only. */
export const OPTIONAL_TYPES: ReadonlySet<string> = new Set([
  'aws_lambda_event_source_mapping',
  'aws_lambda_function_event_invoke_config',
  'aws_lambda_function_url',
  'aws_s3_object',
  'local_file',
  'local_sensitive_file',
]);

/**
 * Types that need the permissions of a role. A stack often names no order between them: Terraform waits for the
 * permissions, and a deployment creates these types last.
 */
export const LAST_TYPES: ReadonlySet<string> = new Set([
  'aws_lambda_event_source_mapping',
  'aws_lambda_function_event_invoke_config',
  'aws_sfn_state_machine',
]);
