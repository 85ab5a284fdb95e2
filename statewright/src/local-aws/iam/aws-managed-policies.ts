import type { PolicyDocument } from './policy-document';

const allow = (actions: string[]): PolicyDocument => ({
  statements: [{ effect: 'Allow', actions, resources: ['*'], conditions: [] }],
});

/**
 * What the AWS-managed policies grant that a workflow of Lambdas and a state machine uses, by the part of the ARN after
 * `arn:aws:iam::aws:policy/` (AWS Managed Policy Reference Guide). Only what this account can do is listed. Any other
 * AWS-managed policy can be attached, and grants nothing here.
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

/** Whether the ARN is of a policy that AWS itself keeps. */
export const isAwsManagedPolicy = (policyArn: string): boolean => policyArn.startsWith(prefix);

/** What an AWS-managed policy grants here; a policy without statements when it is not known. */
export function awsManagedPolicy(policyArn: string): PolicyDocument {
  return documents.get(policyArn.slice(prefix.length)) ?? { statements: [] };
}
