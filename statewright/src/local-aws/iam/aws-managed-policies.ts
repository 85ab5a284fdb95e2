import type { PolicyDocument } from './policy-document';

const allow = (actions: string[]): PolicyDocument => ({
  statements: [{ effect: 'Allow', actions, resources: ['*'], conditions: [] }],
});

/**
 * The AWS managed policies that state machines and Lambda functions use, by the part of the ARN after
 * `arn:aws:iam::aws:policy/` (AWS Managed Policy Reference Guide). Only actions that this account supports are listed.
 * Any other AWS managed policy can be attached, and grants nothing here.
 */
const documents = new Map(
  Object.entries<PolicyDocument>({
    'service-role/AWSLambdaBasicExecutionRole': allow([
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]),
    'service-role/AWSLambdaRole': allow(['lambda:InvokeFunction']),
    AWSXRayDaemonWriteAccess: allow([
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:GetSamplingStatisticSummaries',
    ]),
    AWSLambda_FullAccess: allow([
      'lambda:*',
      'logs:DescribeLogGroups',
      'states:DescribeStateMachine',
      'states:ListStateMachines',
    ]),
    CloudWatchLogsFullAccess: allow(['logs:*']),
  }),
);

const prefix = 'arn:aws:iam::aws:policy/';

/** Whether the ARN is that of an AWS managed policy. */
export const isAwsManagedPolicy = (policyArn: string): boolean => policyArn.startsWith(prefix);

/** What an AWS managed policy grants here: nothing when it is not in the list. */
export function awsManagedPolicy(policyArn: string): PolicyDocument {
  return documents.get(policyArn.slice(prefix.length)) ?? { statements: [] };
}
