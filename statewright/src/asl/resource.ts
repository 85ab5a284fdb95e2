/** The parts of a Task's `Resource` (Step Functions Developer Guide, "Task workflow state" and "Integrating services"). */

export type TaskResource =
  | { readonly kind: 'lambda'; readonly arn: string; readonly function: FunctionName }
  | { readonly kind: 'activity'; readonly arn: string; readonly name: string }
  | IntegrationResource
  /** Not an ARN, or an ARN that a Task cannot call. */
  | { readonly kind: 'unknown'; readonly text: string };

/** `arn:aws:states:::lambda:invoke.waitForTaskToken`, or `arn:aws:states:::aws-sdk:s3:getObject`. */
export interface IntegrationResource {
  readonly kind: 'integration';
  /** Whether it is an AWS SDK integration; otherwise it is an optimized one. */
  readonly sdk: boolean;
  /** The service, such as `lambda`, or `s3` in `aws-sdk:s3:getObject`. */
  readonly service: string;
  /** The action, such as `invoke`. */
  readonly action: string;
  /** The integration pattern ("Service integration patterns"). */
  readonly pattern: 'requestResponse' | 'sync' | 'waitForTaskToken';
  /** The pattern as it is written: empty, `.sync`, `.sync:2` or `.waitForTaskToken`. */
  readonly suffix: string;
}

const INTEGRATION = /^arn:[^:]+:states:::(aws-sdk:)?([^:]+):(.+?)(\.sync(?::\d+)?|\.waitForTaskToken)?$/;
const ACTIVITY = /^arn:[^:]+:states:[^:]*:[^:]*:activity:(.+)$/;
const LAMBDA_FUNCTION = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]/;

/** A pattern of what a Task can call. */
export const CALLABLE = [INTEGRATION, ACTIVITY, LAMBDA_FUNCTION].map(({ source }) => source).join('|');

/** Reads a Task's `Resource`. Terraform references in an ARN are read as parts of it. */
export function parseResource(text: string): TaskResource {
  if (LAMBDA_FUNCTION.test(text)) return { kind: 'lambda', arn: text, function: parseFunctionName(text) };
  const [, activity] = ACTIVITY.exec(text) ?? [];
  if (activity !== undefined) return { kind: 'activity', arn: text, name: activity };
  const [, sdk, service, action = '', suffix = ''] = INTEGRATION.exec(text) ?? [];
  if (service === undefined) return { kind: 'unknown', text };
  const pattern = suffix.startsWith('.sync')
    ? 'sync'
    : suffix === '.waitForTaskToken'
      ? 'waitForTaskToken'
      : 'requestResponse';
  return { kind: 'integration', sdk: sdk !== undefined, service, action, pattern, suffix };
}

/** Whether it calls a Lambda function: by its ARN, or by `lambda:invoke`, with any integration pattern. */
export function callsFunction(resource: TaskResource): boolean {
  return resource.kind === 'lambda' || isLambdaInvoke(resource);
}

/** Whether it is `arn:aws:states:::lambda:invoke`, whose request names the function. */
export function isLambdaInvoke(resource: TaskResource): boolean {
  return (
    resource.kind === 'integration' &&
    !resource.sdk &&
    resource.service === 'lambda' &&
    resource.action === 'invoke'
  );
}

/** The parts of a function's name. A missing partition, region or account is the caller's own. */
export interface FunctionName {
  readonly partition?: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly name: string;
  /** A version or an alias. */
  readonly qualifier?: string;
}

/**
 * Reads a function's name (`f`), partial ARN (`111122223333:function:f`) or ARN, each with or without a version or an
 * alias (Lambda API Reference, "Invoke", `FunctionName`).
 */
export function parseFunctionName(text: string): FunctionName {
  const parts = text.split(':');
  const position = parts.indexOf('function');
  const before = (index: number) => (index < position ? parts[index] : undefined);
  const isArn = before(0) === 'arn';
  const partition = isArn ? before(1) : undefined;
  const region = isArn ? before(3) : undefined;
  const accountId = isArn ? before(4) : before(0);
  const name = parts[position + 1] ?? text;
  const qualifier = parts[position + 2];
  const parsed: { -readonly [Part in keyof FunctionName]: FunctionName[Part] } = { name };
  if (partition) parsed.partition = partition;
  if (region) parsed.region = region;
  if (accountId) parsed.accountId = accountId;
  if (qualifier) parsed.qualifier = qualifier;
  return parsed;
}

/** The ARN of a function; `own` fills in what its name leaves out. */
export function functionArn(
  { name, qualifier, ...named }: FunctionName,
  own: { readonly partition: string; readonly region: string; readonly accountId: string },
): string {
  const { partition, region, accountId } = { ...own, ...named };
  const suffix = qualifier === undefined ? '' : `:${qualifier}`;
  return `arn:${partition}:lambda:${region}:${accountId}:function:${name}${suffix}`;
}
