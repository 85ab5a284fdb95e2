import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct } from 'constructs';
import {
  type StateMachine as Definition,
  lambdaFunctionsOf,
  serializeStateMachine,
  validateStateMachine,
} from '../asl';
import { INVOKE_FUNCTION } from '../asl/integrations';
import { functionArn, parseFunctionName } from '../asl/resource';
import { address } from './address';
import type { Deployment } from './deployment';
import { allowTracing, type PolicyStatement, policyDocument, trustPolicy } from './policy';
import { escapeTemplates, unreadableReferences, withArns } from './terraform-references';

export interface StateMachineProps {
  /** The state machine's name in AWS. */
  readonly name: string;
  /**
   * Made by `defineStateMachine`. A text in it can have Terraform references: attributes of constructs, and plain ones
   * such as `${aws_lambda_function.charge.arn}`. Any other `${` is text.
   */
  readonly definition: Definition;
  readonly deployment: Deployment;
  /** In days; 14 unless given. */
  readonly logRetention?: number;
  /** What the role may do beside invoking the definition's functions: a topic to publish to, a table to write. */
  readonly permissions?: readonly PolicyStatement[];
}

/**
 * A Step Functions state machine (standard workflow) with a role that may invoke exactly the Lambda functions that
 * its definition calls, deliver its logs and write its traces. Every resource is at `<type>.<id>`.
 */
export class StateMachine extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  readonly role: IamRole;
  readonly policy: IamRolePolicy;
  readonly stateMachine: SfnStateMachine;

  constructor(scope: Construct, id: string, props: StateMachineProps) {
    super(scope, id);
    const { name, definition, deployment } = props;
    this.node.addValidation({ validate: () => faultsOf(definition) });

    this.logGroup = address(
      id,
      new CloudwatchLogGroup(this, 'log-group', {
        // The prefix keeps the log group's resource policy, which AWS writes, below its size limit
        // (Step Functions Developer Guide, "Using CloudWatch Logs to log execution history in Step Functions").
        name: `/aws/vendedlogs/states/${name}`,
        retentionInDays: props.logRetention ?? 14,
      }),
    );
    this.role = address(
      id,
      new IamRole(this, 'role', {
        // IAM knows no regions: with the region in its name, the stack can be deployed to two of them.
        name: `${name}-${deployment.region}`,
        // Step Functions Developer Guide, "Creating an IAM role for your state machine in Step Functions",
        // under "Prevent cross-service confused deputy issue". The ARN is spelt out: a reference would be a cycle.
        assumeRolePolicy: trustPolicy('states.amazonaws.com', {
          ArnLike: { 'aws:SourceArn': deployment.arn('states', `stateMachine:${name}`) },
          StringEquals: { 'aws:SourceAccount': deployment.accountId },
        }),
      }),
    );
    this.policy = address(
      id,
      new IamRolePolicy(this, 'policy', {
        name: 'workflow',
        role: this.role.name,
        policy: policyDocument(
          ...allowInvoking(definition, deployment),
          ...(props.permissions ?? []),
          allowLogDelivery,
          traceStateMachine,
        ),
      }),
    );
    this.stateMachine = address(
      id,
      new SfnStateMachine(this, 'state-machine', {
        name,
        type: 'STANDARD',
        definition: escapeTemplates(serializeStateMachine(definition)),
        roleArn: this.role.arn,
        loggingConfiguration: {
          level: 'ALL',
          includeExecutionData: true,
          logDestination: `${this.logGroup.arn}:*`,
        },
        tracingConfiguration: { enabled: true },
        // AWS checks, when it makes the machine, that the role may deliver logs.
        dependsOn: [this.policy],
      }),
    );
  }

  get arn(): string {
    return this.stateMachine.arn;
  }
}

/** What is wrong with the definition, each fault with its place in it. */
function faultsOf(definition: Definition): string[] {
  const unreadable = [...unreadableReferences(definition)].map(
    (location) =>
      `${location}: A Terraform reference in a text can have names and numbers only. Use an attribute of the construct, such as \`lambda.arn\``,
  );
  const faults = validateStateMachine(withArns(definition))
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ message, location }) => (location ? `${location}: ${message}` : message));
  return [...unreadable, ...faults];
}

/** Exactly what the definition calls: a function's ARN covers neither its versions nor its aliases. */
function allowInvoking(definition: Definition, deployment: Deployment): PolicyStatement[] {
  const functions = lambdaFunctionsOf(definition).map((text) => {
    const written = escapeTemplates(text);
    // What begins with a reference is an ARN when Terraform has filled it in.
    return written.startsWith('${') ? written : functionArn(parseFunctionName(written), deployment);
  });
  if (functions.length === 0) return [];
  return [{ Sid: 'Invoke', Effect: 'Allow', Action: INVOKE_FUNCTION.action, Resource: functions }];
}

/**
 * Step Functions Developer Guide, "Using CloudWatch Logs to log execution history in Step Functions". The resource is
 * `*` because these actions belong to the account, not to a log group: CloudWatch Logs takes no narrower one
 * (Service Authorization Reference, "Actions, resources, and condition keys for Amazon CloudWatch Logs").
 * The events themselves are written by the delivery service, which this role lets in; it writes none itself.
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
