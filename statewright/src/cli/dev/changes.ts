import type { Change } from '../../local-aws/deployment/update';

/** Members of requests in the words of AWS's documentation; others are their own words. */
const WORDS: Readonly<Record<string, string>> = {
  AssumeRolePolicyDocument: 'trust policy',
  Environment: 'environment variables',
  EphemeralStorage: 'ephemeral storage',
  LoggingConfig: 'logging',
  MemorySize: 'memory',
  PolicyDocument: 'statements',
  loggingConfiguration: 'logging',
  roleArn: 'role',
  tracingConfiguration: 'tracing',
};

/** `Lambda function Test: code`, `log group orders: created`. */
export function describeChange({ action, subject, members }: Change): string {
  const what = action === 'updated' && members.length > 0 ? members.map(inWords).join(', ') : action;
  return `${subject}: ${what}`;
}

const inWords = (member: string): string =>
  WORDS[member] ?? member.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
