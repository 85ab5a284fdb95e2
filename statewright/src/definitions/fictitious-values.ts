import type { Placeholder } from './placeholders';

/** The region and the account of definitions that are not part of a stack. */
export const REGION = 'us-east-1';
export const ACCOUNT_ID = '000000000000';

/** What follows notices about fictitious values. */
export const TO_SET_A_VALUE = 'To set a value: --substitution NAME=VALUE';

/** Fields of the Amazon States Language whose value is a number. */
const NUMBER_FIELD =
  /^(?:Seconds|\w+Seconds|Numeric(?:Equals|LessThan|GreaterThan)\w*|MaxAttempts|BackoffRate|MaxConcurrency|ToleratedFailure\w+|MaxItems\w*|MaxInputBytesPerBatch)$/;

/** Fields of the Amazon States Language whose value is true or false. */
const BOOLEAN_FIELD = /^(?:BooleanEquals|Is(?:Present|Null|Numeric|String|Boolean|Timestamp)|End)$/;

/** The pseudo parameters that are the same in every definition (CloudFormation User Guide, "Pseudo parameters reference"). */
export const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT_ID,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT_ID}:stack/stack/1`,
  'AWS::StackName': 'stack',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The values of pseudo parameters among those of parameters. */
export const pseudoParameters = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(PSEUDO_PARAMETERS, name)));

/** Where resources are. */
export interface Owner {
  readonly accountId: string;
  readonly region: string;
}

/** Where the resources of a template with these values are. */
export const ownerIn = (values: Readonly<Record<string, string>>): Owner => ({
  accountId: values['AWS::AccountId'] ?? ACCOUNT_ID,
  region: values['AWS::Region'] ?? REGION,
});

const DEFAULT_OWNER: Owner = { accountId: ACCOUNT_ID, region: REGION };

/**
 * A value for a placeholder that has none: the ARN of a Lambda function with the placeholder's name, so that a stand-in
 * can have this name; 1 for a number, and for an operand of an expression; true for a boolean; for a part of a text, a plausible part.
 */
export function fictitiousValue({ name, isQuoted, isWhole, isOperand, field = '' }: Placeholder): string {
  if (isOperand || (!isQuoted && NUMBER_FIELD.test(field))) return '1';
  if (!isQuoted && BOOLEAN_FIELD.test(field)) return 'true';
  return isWhole ? fictitiousArn(name) : fictitiousPart(name);
}

/** The same as it is written into the text: in quotes where it takes the place of a value without quotes. */
export function fictitiousText(placeholder: Placeholder): string {
  const value = fictitiousValue(placeholder);
  const isLiteral = value === '1' || value === 'true';
  return placeholder.isQuoted || !placeholder.isWhole || isLiteral ? value : JSON.stringify(value);
}

export function fictitiousArn(name: string, { region, accountId } = DEFAULT_OWNER): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${plainName(name)}`;
}

/** The ARNs among fictitious values. */
export const arnsIn = (values: Iterable<string>): string[] =>
  [...values].filter((value) => value.startsWith('arn:'));

function fictitiousPart(name: string): string {
  if (/account/i.test(name)) return ACCOUNT_ID;
  if (/region/i.test(name)) return REGION;
  if (/partition/i.test(name)) return 'aws';
  return plainName(name);
}

/** Function names consist of letters, digits, `-` and `_`. */
const plainName = (name: string) => name.replace(/[^\w-]+/g, '-');
