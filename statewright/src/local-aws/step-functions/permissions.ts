import { ownField, statesOf } from '../../asl/graph';
import { rulePermissions } from '../../asl/job-permissions';
import { parseResource } from '../../asl/resource';
import { AwsError } from '../aws-error';
import type { StatesDependencies } from './dependencies';
import type { LoggingConfiguration } from './records';

/**
 * Whether Step Functions may assume a role for a state machine. The role's trust policy is evaluated with the condition
 * keys against the confused deputy problem (Developer Guide, "Creating an IAM role for your state machine").
 */
export function mayAssume(states: StatesDependencies, roleArn: string, stateMachineArn: string): boolean {
  const { accountId, region } = states.store.context;
  const conditions = { 'aws:SourceArn': stateMachineArn, 'aws:SourceAccount': accountId };
  return ['states.amazonaws.com', `states.${region}.amazonaws.com`].some((service) =>
    states.iam.canAssume({ roleArn, service, conditions }),
  );
}

/** Refuses a role that Step Functions may not assume, when a state machine is created or updated. */
export function checkRole(states: StatesDependencies, roleArn: string, stateMachineArn: string): void {
  if (!/^arn:[^:]*:iam::\d*:role\/.+$/.test(roleArn)) {
    throw new AwsError('InvalidArn', `Invalid Role Arn: '${roleArn}'`);
  }
  if (mayAssume(states, roleArn, stateMachineArn)) return;
  throw new AwsError(
    'AccessDeniedException',
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
  );
}

/**
 * Refuses a role that may not manage the rules with which Step Functions learns that jobs have ended (Developer Guide, "Run
 * a Job (.sync)"): every `.sync` Task of some services needs one.
 */
export function checkManagedRules(states: StatesDependencies, roleArn: string, definition: string): void {
  if (!definition.includes('.sync')) return;
  const { accountId, region } = states.store.context;
  const rules = [...statesOf(JSON.parse(definition))].flatMap(({ content }) => {
    const called = parseResource(String(ownField(content, 'Resource')));
    return called.kind === 'integration'
      ? rulePermissions(called, { partition: 'aws', region, accountId })
      : [];
  });
  if (rules.every(({ action, resource }) => states.iam.authorize({ roleArn, action, resource }).allowed))
    return;
  throw new AwsError('AccessDeniedException', `'${roleArn}' is not authorized to create managed-rule.`);
}

/** Refuses a log destination that is missing, is not a log group, or that the role may not deliver to. */
export function checkLogging(
  states: StatesDependencies,
  roleArn: string,
  logging: LoggingConfiguration,
): void {
  const { level, destinations = [] } = logging;
  if (level === 'OFF' && destinations.length === 0) return;
  if (destinations.length !== 1) {
    throw invalidLogging('Must specify exactly one Log Destination.');
  }
  const logGroupArn = destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn ?? '';
  if (!/^arn:[^:]*:logs:[^:]+:\d+:log-group:.+:\*$/.test(logGroupArn)) {
    throw invalidLogging('Log Destination must be a CloudWatch Log Group ARN that ends with ":*".');
  }
  const isInRegion = logGroupArn.split(':')[3] === states.context.region;
  if (!isInRegion || !states.logs.hasLogGroup(logGroupArn))
    throw invalidLogging('Log Destination not found.');
  if (
    level !== 'OFF' &&
    !states.iam.authorize({ roleArn, action: 'logs:CreateLogDelivery', resource: '*' }).allowed
  ) {
    throw new AwsError(
      'AccessDeniedException',
      'The state machine IAM Role is not authorized to access the Log Destination',
    );
  }
}

const invalidLogging = (reason: string) =>
  new AwsError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${reason}`);
