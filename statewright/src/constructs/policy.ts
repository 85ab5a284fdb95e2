import { Fn } from 'cdktf';
import { isToken } from '../asl/token';
import { jsonWithExpressions } from './terraform-json';
import { mapLeaves, tokenFault, tokenFaults } from './tokens';

/** One statement of an IAM policy (IAM User Guide, "IAM JSON policy element reference"). */
export interface PolicyStatement {
  /** The id of the statement. */
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  /** The actions, such as `sqs:SendMessage`. */
  readonly Action: string | readonly string[];
  /** ARNs, or `*`. A trust policy has no Resource: it belongs to its role. */
  readonly Resource?: string | readonly string[];
  /** Who may assume the role: only in trust policies. */
  readonly Principal?: { readonly Service: string };
  /** Operator, condition key, value: `{ ArnLike: { 'aws:SourceArn': … } }`. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * A policy document as JSON text for Terraform's IAM resources. Terraform references in it still work, and so do lists
 * that only Terraform knows.
 *
 * @throws Error for a list that only Terraform knows inside another list, and other values that are not JSON
 */
export function policyDocument(...statements: readonly PolicyStatement[]): string {
  const document = { Version: '2012-10-17', Statement: statements };
  return jsonWithExpressions((hold) =>
    mapLeaves(document, (leaf) => {
      if (tokenFault(leaf) !== undefined) throw new Error(`Policy${tokenFaults(document)[0]}`);
      return typeof leaf !== 'string' && isToken(leaf) ? hold(Fn.jsonencode(leaf)) : leaf;
    }),
  );
}

/** The trust policy of a role that an AWS service assumes, such as `lambda.amazonaws.com`. */
export function trustPolicy(service: string, condition?: PolicyStatement['Condition']): string {
  return policyDocument({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(condition && { Condition: condition }),
  });
}

/**
 * Lets a Lambda function or a state machine send its traces to X-Ray. The resource is `*` because these actions do not
 * support resource-level permissions (Service Authorization Reference, "Actions, resources, and condition keys for AWS
 * X-Ray").
 */
export function allowTracing(...actions: readonly `xray:${string}`[]): PolicyStatement {
  return { Sid: 'Trace', Effect: 'Allow', Action: actions, Resource: '*' };
}
