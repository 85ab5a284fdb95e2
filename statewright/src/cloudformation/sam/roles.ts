import { ownField } from '../../asl/graph';
import type { EventSource } from './event-sources';
import type { Resources } from './globals';

/** The role of a function without one (SAM Developer Guide, "AWS::Serverless::Function", Role and Policies). */
export const functionRole = (properties: Resources, sources: readonly EventSource[]): object =>
  roleOf('lambda.amazonaws.com', properties, [
    'AWSLambdaBasicExecutionRole',
    ...(properties.VpcConfig === undefined ? [] : ['AWSLambdaVPCAccessExecutionRole']),
    ...(properties.Tracing === undefined ? [] : ['AWSXRayDaemonWriteAccess']),
    ...sources.map(({ policy }) => policy),
    ...deadLetters(properties.DeadLetterQueue),
  ]);

/** The role of a state machine without one. */
export const stateMachineRole = (properties: Resources): object =>
  roleOf('states.amazonaws.com', properties, [
    ...(ownField(properties.Tracing, 'Enabled') === undefined ? [] : ['AWSXRayDaemonWriteAccess']),
  ]);

/** @param policies what SAM adds to the policies of the resource */
function roleOf(service: string, properties: Resources, policies: readonly unknown[]): object {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: properties.AssumeRolePolicyDocument ?? {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
      },
      Path: properties.RolePath,
      PermissionsBoundary: properties.PermissionsBoundary,
      // In the words of SAM: names of managed policies, documents and policy templates.
      Policies: [...policies, ...[properties.Policies ?? []].flat()],
    },
  };
}

function deadLetters(queue: unknown): object[] {
  if (queue === undefined) return [];
  const Action = ownField(queue, 'Type') === 'SNS' ? 'sns:Publish' : 'sqs:SendMessage';
  return [{ Statement: [{ Effect: 'Allow', Action, Resource: ownField(queue, 'TargetArn') }] }];
}
