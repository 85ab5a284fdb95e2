/**
 * The table of optimized integrations: their actions and patterns, fields, and the permissions of the role
 * (Step Functions Developer Guide, "Integrating optimized services"; Service Authorization Reference).
 */

interface Integration {
  /** The patterns that wait: for a job (`.sync`), or for a task token (`.waitForTaskToken`). */
  readonly waits: readonly ('sync' | 'waitForTaskToken')[];
  /** Every action, for services with few. Otherwise undefined, so that new actions of a service are not refused. */
  readonly actions?: Readonly<Record<string, Action>>;
}

interface Action {
  /** The required fields of the request. */
  readonly required?: readonly string[];
  /** Its other fields. Without this list, every field is accepted. */
  readonly optional?: readonly string[];
  readonly permission?: Permission;
}

/** A permission that the state machine's role needs. */
interface Permission {
  /** The IAM action. */
  readonly action: string;
  /** The request's field that names the IAM resource. */
  readonly resourceField: string;
}

/** The permission for a Task that calls a Lambda function, by its ARN or by `lambda:invoke`. */
export const INVOKE_FUNCTION: Permission = {
  action: 'lambda:InvokeFunction',
  resourceField: 'FunctionName',
};

/** A list of fields. */
const fields = (names: string): readonly string[] => names.trim().split(/\s+/);

/** The fields of the requests that write an item of DynamoDB. */
const WRITE = `Expected ConditionalOperator ReturnValues ReturnConsumedCapacity ReturnItemCollectionMetrics
  ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValuesOnConditionCheckFailure`;

const none = [] as const;
const job = ['sync'] as const;
const token = ['waitForTaskToken'] as const;
const both = ['sync', 'waitForTaskToken'] as const;

export const INTEGRATIONS: Readonly<Record<string, Integration>> = {
  apigateway: {
    waits: token,
    actions: {
      invoke: {
        optional: fields(
          'ApiEndpoint Method Headers Stage Path QueryParameters RequestBody AllowNullValues AuthType',
        ),
      },
    },
  },
  athena: { waits: job },
  batch: {
    waits: job,
    actions: {
      submitJob: {
        optional: fields(
          `JobName JobQueue JobDefinition ShareIdentifier SchedulingPriorityOverride ArrayProperties DependsOn Parameters
          ContainerOverrides NodeOverrides EcsPropertiesOverride EksPropertiesOverride RetryStrategy PropagateTags
          Timeout Tags ConsumableResourcePropertiesOverride`,
        ),
      },
    },
  },
  bedrock: { waits: both },
  bedrockagentcore: { waits: none, actions: { invokeHarness: {} } },
  codebuild: { waits: job },
  databrew: { waits: job, actions: { startJobRun: {} } },
  dynamodb: {
    waits: none,
    actions: {
      getItem: {
        required: ['TableName', 'Key'],
        optional: fields(
          'AttributesToGet ConsistentRead ReturnConsumedCapacity ProjectionExpression ExpressionAttributeNames',
        ),
      },
      putItem: { required: ['TableName', 'Item'], optional: fields(WRITE) },
      updateItem: { optional: fields(`TableName Key AttributeUpdates UpdateExpression ${WRITE}`) },
      deleteItem: { optional: fields(`TableName Key ${WRITE}`) },
    },
  },
  ecs: {
    waits: both,
    actions: {
      runTask: {
        required: ['TaskDefinition'],
        optional: fields(
          `CapacityProviderStrategy ClientToken Cluster Count EnableECSManagedTags EnableExecuteCommand Group LaunchType
          NetworkConfiguration Overrides PlacementConstraints PlacementStrategy PlatformVersion PropagateTags
          ReferenceId StartedBy Tags VolumeConfigurations`,
        ),
      },
    },
  },
  eks: { waits: both },
  elasticmapreduce: { waits: job },
  'emr-containers': { waits: job },
  'emr-serverless': { waits: job },
  events: { waits: token, actions: { putEvents: { required: ['Entries'], optional: ['EndpointId'] } } },
  glue: {
    waits: job,
    actions: {
      startJobRun: {
        required: ['JobName'],
        optional: fields(
          `JobRunId JobRunQueuingEnabled Arguments AllocatedCapacity Timeout MaxCapacity SecurityConfiguration
          NotificationProperty WorkerType NumberOfWorkers ExecutionClass ExecutionRoleSessionPolicy`,
        ),
      },
    },
  },
  http: { waits: none, actions: { invoke: {} } },
  lambda: {
    waits: token,
    actions: {
      invoke: {
        required: [INVOKE_FUNCTION.resourceField],
        optional: fields(
          'ClientContext DurableExecutionName InvocationType LogType Payload Qualifier TenantId',
        ),
        permission: INVOKE_FUNCTION,
      },
    },
  },
  mediaconvert: { waits: job, actions: { createJob: {} } },
  sagemaker: { waits: job },
  sns: {
    waits: token,
    actions: {
      publish: {
        required: ['Message'],
        optional: fields(
          `MessageAttributes MessageDeduplicationId MessageGroupId MessageStructure PhoneNumber Subject TargetArn
          TopicArn`,
        ),
      },
    },
  },
  sqs: {
    waits: token,
    actions: {
      sendMessage: {
        required: ['QueueUrl', 'MessageBody'],
        optional: fields(
          'DelaySeconds MessageAttributes MessageDeduplicationId MessageGroupId MessageSystemAttributes',
        ),
      },
    },
  },
  states: {
    waits: both,
    actions: {
      startExecution: { required: ['StateMachineArn'], optional: fields('Input Name TraceHeader') },
    },
  },
};
