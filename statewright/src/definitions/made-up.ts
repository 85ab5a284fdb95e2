import type { Placeholder } from './placeholders';

/** Where definitions run that are not part of a stack. */
export const REGION = 'us-east-1';
export const ACCOUNT_ID = '000000000000';

/** Fields of the Amazon States Language whose value is a number. */
const NUMBER_FIELD =
  /^(?:Seconds|\w+Seconds|MaxAttempts|BackoffRate|MaxConcurrency|ToleratedFailure\w+|MaxItems\w*|MaxInputBytesPerBatch)$/;

/** The pseudo parameters that are the same in every definition (CloudFormation User Guide, "Pseudo parameters reference"). */
export const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT_ID,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT_ID}:stack/stack/1`,
  'AWS::StackName': 'stack',
  'AWS::URLSuffix': 'amazonaws.com',
};

/**
 * A value for a placeholder that was given none: the ARN of a Lambda function with the placeholder's name, so that a
 * stand-in can be named after it; 1 where a number is needed; for a part of a text, what would stand there.
 */
export function madeUpValue({ name, isQuoted, isWhole, field = '' }: Placeholder): string {
  if (!isQuoted && NUMBER_FIELD.test(field)) return '1';
  return isWhole ? madeUpArn(name) : madeUpPart(name);
}

export function madeUpArn(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${plainName(name)}`;
}

function madeUpPart(name: string): string {
  if (/account/i.test(name)) return ACCOUNT_ID;
  if (/region/i.test(name)) return REGION;
  if (/partition/i.test(name)) return 'aws';
  return plainName(name);
}

/** Function names have letters, digits, `-` and `_` only. */
const plainName = (name: string) => name.replace(/[^\w-]+/g, '-');
