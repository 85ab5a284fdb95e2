import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import { INVOKE_FUNCTION } from '../asl/integrations';
import { functionArn, parseFunctionName } from '../asl/resource';
import type { WorkflowType } from '../asl/validation/place';
import { address, addressOf, attribute } from './address';
import {
  type AnyDefinition,
  definitionFaults,
  definitionMistakes,
  definitionText,
  functionsCalledBy,
  isOnlyInTerraform,
  resolvedDefinition,
  tokensOf,
} from './definition';
import type { Deployment } from './deployment';
import { allowTracing, type PolicyStatement, policyDocument, trustPolicy } from './policy';
import { LazyText } from './resolve-tokens';
import * as resources from './resources';
import { allowServices } from './service-permissions';
import { tokensIn } from './tokens';

/** The options of a state machine. An EXPRESS state machine has a log: it is all that AWS keeps of its executions. */
export type StateMachineProps = StateMachineOptions & (Logged | WithoutLog);

interface Logged {
  /** Default: `STANDARD`. */
  readonly type?: WorkflowType;
  /** What is logged: all events, or those of errors (default: `ALL`). */
  readonly logLevel?: 'ALL' | 'ERROR' | 'FATAL';
  /** Whether the log has the inputs and outputs (default: true). */
  readonly includeExecutionData?: boolean;
}

interface WithoutLog {
  readonly type?: 'STANDARD';
  readonly logLevel: 'OFF';
  readonly includeExecutionData?: never;
}

interface StateMachineOptions {
  /** The state machine's name in AWS. */
  readonly name: string;
  /**
   * A definition from `defineStateMachine`. Its values can be Terraform's: attributes of constructs and other tokens of
   * CDKTF, and texts such as `${aws_lambda_function.charge.arn}`. Any other `${` is plain text.
   *
   * Or the JSON text of a definition that only Terraform knows, such as `Fn.templatefile(…)`. It is not checked, and
   * `permissions` has to allow the functions that it calls.
   */
  readonly definition: AnyDefinition;
  /** Where the state machine is deployed to. */
  readonly deployment: Deployment;
  /** How long to keep the logs, in days (default: 14). */
  readonly logRetention?: number;
  /** Whether executions are traced with X-Ray (default: true). */
  readonly tracing?: boolean;
  /** Permissions of the role, in addition to those for the calls of the definition's Tasks. */
  readonly permissions?: readonly PolicyStatement[];
}

/**
 * A Step Functions state machine with a role that may call exactly what its definition calls, deliver its logs and write
 * its traces. The address of every resource is `<type>.<id>`.
 */
export class StateMachine extends Construct {
  /** It stays when `logLevel` becomes `OFF`, so that no logs are deleted. */
  readonly logGroup: CloudwatchLogGroup;
  /** The role that the state machine assumes. */
  readonly role: IamRole;
  readonly policy: IamRolePolicy;
  readonly stateMachine: SfnStateMachine;

  constructor(scope: Construct, id: string, props: StateMachineProps) {
    super(scope, id);
    const { name, definition, deployment, type = 'STANDARD', logLevel = 'ALL', tracing = true } = props;
    this.node.addValidation({ validate: () => definitionFaults(definition, type, this) });
    for (const mistake of definitionMistakes(definition)) Annotations.of(this).addWarning(mistake);
    if (isOnlyInTerraform(definition)) {
      Annotations.of(this).addWarning(
        'Only Terraform knows the definition. Its states, transitions, paths and limits are not checked before AWS ' +
          'checks them, and the role can invoke only the functions that `permissions` allows',
      );
    }

    this.logGroup = address(
      id,
      new resources.CloudwatchLogGroup(this, 'log-group', {
        // The prefix keeps the log group's resource policy, which AWS writes, below its size limit
        // (Step Functions Developer Guide, "Using CloudWatch Logs to log execution history in Step Functions").
        name: `/aws/vendedlogs/states/${name}`,
        retentionInDays: props.logRetention ?? 14,
      }),
    );
    this.role = address(
      id,
      new resources.IamRole(this, 'role', {
        // IAM is global: with the region in the role's name, the stack can be deployed to two regions.
        name: `${name}-${deployment.region}`,
        // Step Functions Developer Guide, "Creating an IAM role for your state machine in Step Functions",
        // under "Prevent cross-service confused deputy issue". The ARN is written out: a reference would be a cycle.
        assumeRolePolicy: trustPolicy('states.amazonaws.com', {
          ArnLike: { 'aws:SourceArn': deployment.arn('states', `stateMachine:${name}`) },
          StringEquals: { 'aws:SourceAccount': deployment.accountId },
        }),
      }),
    );
    const home = {
      partition: deployment.partition,
      region: deployment.region,
      accountId: deployment.accountId,
      stateMachineArn: deployment.arn('states', `stateMachine:${name}`),
    };
    this.policy = address(
      id,
      new resources.IamRolePolicy(this, 'policy', {
        name: 'workflow',
        // Not the name, which stays the same when Terraform replaces the role: the new role would have no policy.
        role: attribute('id', this.role),
        // Once the references are known: a queue's URL in a request means the queue's ARN in the policy.
        policy: new LazyText(
          () => new Set([...tokensIn([home, props.permissions]), ...tokensOf(definition)]),
          (context) =>
            policyDocument(
              ...this.#allowInvoking(definition, deployment),
              ...allowServices(resolvedDefinition(definition, context), home),
              ...(props.permissions ?? []),
              ...(logLevel === 'OFF' ? [] : [allowLogDelivery]),
              ...(tracing ? [traceStateMachine] : []),
            ),
        ).toString(),
      }),
    );
    this.stateMachine = address(
      id,
      new resources.SfnStateMachine(this, 'state-machine', {
        name,
        type,
        definition: definitionText(definition),
        roleArn: attribute('arn', this.role),
        loggingConfiguration:
          logLevel === 'OFF'
            ? { level: logLevel }
            : {
                level: logLevel,
                includeExecutionData: props.includeExecutionData ?? true,
                logDestination: `${attribute('arn', this.logGroup)}:*`,
              },
        tracingConfiguration: { enabled: tracing },
      }),
    );
    // When AWS creates the state machine, it checks that the role may deliver logs.
    this.stateMachine.dependsOn = [addressOf(this.policy)];
  }

  /** The state machine's ARN. */
  get arn(): string {
    return this.stateMachine.arn;
  }

  /** Allows exactly what the definition calls: a function's ARN covers neither its versions nor its aliases. */
  #allowInvoking(definition: AnyDefinition, deployment: Deployment): PolicyStatement[] {
    const functions = functionsCalledBy(definition, this).map(({ text, isArn }) =>
      isArn ? text : functionArn(parseFunctionName(text), deployment),
    );
    if (functions.length === 0) return [];
    return [{ Sid: 'Invoke', Effect: 'Allow', Action: INVOKE_FUNCTION.action, Resource: functions }];
  }
}

/**
 * Step Functions Developer Guide, "Using CloudWatch Logs to log execution history in Step Functions". The resource is
 * `*` because these actions belong to the account, not to a log group: CloudWatch Logs does not support a narrower one
 * (Service Authorization Reference, "Actions, resources, and condition keys for Amazon CloudWatch Logs").
 * The role only sets up the delivery; CloudWatch's delivery service writes the events.
 */
const allowLogDelivery: PolicyStatement = {
  Sid: 'DeliverLogs',
  Effect: 'Allow',
  Action: [
    'logs:CreateLogDelivery',
    'logs:GetLogDelivery',
    'logs:UpdateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:DescribeResourcePolicies',
    'logs:DescribeLogGroups',
  ],
  Resource: '*',
};

/** Step Functions Developer Guide, "IAM policies for AWS X-Ray". */
const traceStateMachine = allowTracing(
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
);
