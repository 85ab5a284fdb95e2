import type { Translate } from '../stack';
import { inlinePolicy, managedPolicy, role } from './iam';
import {
  alias,
  eventInvokeConfig,
  eventSourceMapping,
  functionUrl,
  lambdaFunction,
  layerVersion,
} from './lambda';
import { logGroup } from './logs';
import { activity, stateMachine, stateMachineAlias } from './states';

/** The types of resources that are created, in an order in which each finds what it needs. */
export const TYPES: Readonly<Record<string, Translate>> = {
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Role': role,
  'AWS::IAM::Policy': inlinePolicy,
  'AWS::IAM::RolePolicy': inlinePolicy,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Lambda::LayerVersion': layerVersion,
  'AWS::Serverless::LayerVersion': layerVersion,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Serverless::Function': lambdaFunction,
  'AWS::Lambda::Alias': alias,
  'AWS::Lambda::Url': functionUrl,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::StepFunctions::Activity': activity,
  'AWS::StepFunctions::StateMachine': stateMachine,
  'AWS::Serverless::StateMachine': stateMachine,
  'AWS::StepFunctions::StateMachineAlias': stateMachineAlias,
};

/** The same in Terraform: the resources are created in this order. */
export const TERRAFORM_TYPES: readonly string[] = [
  'aws_iam_policy',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_cloudwatch_log_group',
  'aws_lambda_layer_version',
  'aws_lambda_function',
  'aws_lambda_alias',
  'aws_lambda_function_url',
  'aws_sfn_activity',
];
