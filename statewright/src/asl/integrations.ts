/**
 * The table of optimized integrations: their actions and patterns, required fields, and the permissions of the role
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
  readonly permission?: Permission;
}

/** A permission that the state machine's role needs. */
export interface Permission {
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

const none = [] as const;
const job = ['sync'] as const;
const token = ['waitForTaskToken'] as const;
const both = ['sync', 'waitForTaskToken'] as const;

export const INTEGRATIONS: Readonly<Record<string, Integration>> = {
  apigateway: { waits: token, actions: { invoke: {} } },
  athena: { waits: job },
  batch: { waits: job, actions: { submitJob: {} } },
  bedrock: { waits: both },
  'bedrock-agentcore': { waits: none },
  codebuild: { waits: job },
  databrew: { waits: job, actions: { startJobRun: {} } },
  dynamodb: {
    waits: none,
    actions: {
      getItem: { required: ['TableName', 'Key'] },
      putItem: { required: ['TableName', 'Item'] },
      updateItem: {},
      deleteItem: {},
    },
  },
  ecs: { waits: both, actions: { runTask: { required: ['TaskDefinition'] } } },
  eks: { waits: both },
  elasticmapreduce: { waits: job },
  'emr-containers': { waits: job },
  'emr-serverless': { waits: job },
  events: { waits: token, actions: { putEvents: { required: ['Entries'] } } },
  glue: { waits: job, actions: { startJobRun: { required: ['JobName'] } } },
  http: { waits: none, actions: { invoke: {} } },
  lambda: {
    waits: token,
    actions: { invoke: { required: [INVOKE_FUNCTION.resourceField], permission: INVOKE_FUNCTION } },
  },
  mediaconvert: { waits: job, actions: { createJob: {} } },
  sagemaker: { waits: job },
  sns: { waits: token, actions: { publish: { required: ['Message'] } } },
  sqs: { waits: token, actions: { sendMessage: { required: ['QueueUrl', 'MessageBody'] } } },
  states: { waits: both, actions: { startExecution: { required: ['StateMachineArn'] } } },
};
