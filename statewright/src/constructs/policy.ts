/** One statement of an IAM policy, in IAM's own words (IAM User Guide, "IAM JSON policy element reference"). */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  /** ARNs, or `*`. A trust policy has none: it is attached to the role that it is about. */
  readonly Resource?: string | readonly string[];
  /** Who may act: trust policies only. */
  readonly Principal?: { readonly Service: string };
  /** Operator, condition key, value: `{ ArnLike: { 'aws:SourceArn': … } }`. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A policy document as the JSON text that Terraform's IAM resources take. References in it stay references. */
export function policyDocument(...statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** The trust policy of a role that an AWS service takes on, such as `lambda.amazonaws.com`. */
export function trustPolicy(service: string, condition?: PolicyStatement['Condition']): string {
  return policyDocument({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(condition && { Condition: condition }),
  });
}

/**
 * Lets a Lambda function or a state machine send its traces to X-Ray. The resource is `*` because X-Ray's actions
 * take no narrower one (Service Authorization Reference, "Actions, resources, and condition keys for AWS X-Ray").
 */
export function allowTracing(...actions: readonly `xray:${string}`[]): PolicyStatement {
  return { Sid: 'Trace', Effect: 'Allow', Action: actions, Resource: '*' };
}
