/** How IAM names the actions and resources of services (Service Authorization Reference, "Actions, resources, and condition keys"). */

/** The IAM prefix of a service, where it is not the service's name in a Task's Resource. */
export const PREFIXES: Readonly<Record<string, string>> = {
  apigatewayv2: 'apigateway',
  applicationautoscaling: 'application-autoscaling',
  bedrockruntime: 'bedrock',
  bedrockagentruntime: 'bedrock',
  cloudwatchlogs: 'logs',
  cognitoidentity: 'cognito-identity',
  cognitoidentityprovider: 'cognito-idp',
  costexplorer: 'ce',
  databasemigration: 'dms',
  docdb: 'rds',
  efs: 'elasticfilesystem',
  elasticloadbalancingv2: 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  emrcontainers: 'emr-containers',
  emrserverless: 'emr-serverless',
  eventbridge: 'events',
  iotdataplane: 'iot',
  neptune: 'rds',
  opensearch: 'es',
  rdsdata: 'rds-data',
  redshiftdata: 'redshift-data',
  resourcegroupstaggingapi: 'tag',
  sesv2: 'ses',
  sfn: 'states',
};

/** Actions that are not called like the operation, by the operation in lower case. */
export const ACTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bedrock: { converse: 'InvokeModel' },
  dynamodb: { transactgetitems: 'GetItem' },
  elasticmapreduce: {
    createcluster: 'RunJobFlow',
    terminatecluster: 'TerminateJobFlows',
    addstep: 'AddJobFlowSteps',
    cancelstep: 'CancelSteps',
    setclusterterminationprotection: 'SetTerminationProtection',
    modifyinstancefleetbyname: 'ModifyInstanceFleet',
    modifyinstancegroupbyname: 'ModifyInstanceGroups',
  },
  lambda: { invoke: 'InvokeFunction' },
  s3: {
    completemultipartupload: 'PutObject',
    copyobject: 'PutObject',
    createmultipartupload: 'PutObject',
    deleteobjects: 'DeleteObject',
    headbucket: 'ListBucket',
    headobject: 'GetObject',
    listbuckets: 'ListAllMyBuckets',
    listobjects: 'ListBucket',
    listobjectsv2: 'ListBucket',
    listobjectversions: 'ListBucketVersions',
    uploadpart: 'PutObject',
  },
  sns: { publishbatch: 'Publish' },
  sqs: {
    changemessagevisibilitybatch: 'ChangeMessageVisibility',
    deletemessagebatch: 'DeleteMessage',
    sendmessagebatch: 'SendMessage',
  },
};

/**
 * By IAM prefix, the fields of a request that name its resource, and the resource's ARN after the account: `#` is the
 * field's value. A value that is an ARN is the resource itself.
 */
export const RESOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  athena: { WorkGroup: 'workgroup/#' },
  batch: { JobDefinition: 'job-definition/#:*', JobQueue: 'job-queue/#' },
  bedrock: { ModelId: 'foundation-model/#' },
  cloudformation: { StackName: 'stack/#/*' },
  codebuild: { ProjectName: 'project/#', Name: 'project/#' },
  databrew: { Name: 'job/#' },
  dynamodb: { TableName: 'table/#', ResourceArn: '#' },
  ecs: { TaskDefinition: 'task-definition/#:*', Service: 'service/#', Cluster: 'cluster/#' },
  eks: { Name: 'cluster/#', ClusterName: 'cluster/#' },
  elasticmapreduce: { ClusterId: 'cluster/#', JobFlowId: 'cluster/#' },
  events: { EventBusName: 'event-bus/#', Name: 'rule/#', Rule: 'rule/#' },
  firehose: { DeliveryStreamName: 'deliverystream/#' },
  glue: { JobName: 'job/#', Name: 'job/#' },
  iam: { RoleName: 'role/#', UserName: 'user/#', GroupName: 'group/#', PolicyArn: '#' },
  kinesis: { StreamARN: 'stream/#', StreamArn: 'stream/#', StreamName: 'stream/#' },
  kms: { KeyId: 'key/#' },
  lambda: { FunctionName: 'function:#', Resource: '#' },
  logs: { LogGroupName: 'log-group:#', LogGroupIdentifier: 'log-group:#' },
  rds: { DbInstanceIdentifier: 'db:#', DbClusterIdentifier: 'cluster:#' },
  'rds-data': { ResourceArn: '#' },
  sagemaker: {
    TrainingJobName: 'training-job/#',
    TransformJobName: 'transform-job/#',
    ProcessingJobName: 'processing-job/#',
    LabelingJobName: 'labeling-job/#',
    HyperParameterTuningJobName: 'hyper-parameter-tuning-job/#',
    EndpointName: 'endpoint/#',
    EndpointConfigName: 'endpoint-config/#',
    ModelName: 'model/#',
  },
  // The end of a secret's ARN is random.
  secretsmanager: { SecretId: 'secret:#-??????', Name: 'secret:#-??????' },
  sns: { TopicArn: '#', TargetArn: '#' },
  ssm: { Name: 'parameter/#' },
  states: {
    StateMachineArn: '#',
    ExecutionArn: '#',
    ActivityArn: '#',
    StateMachineAliasArn: '#',
    MapRunArn: '#',
    ResourceArn: '#',
    Name: 'stateMachine:#',
  },
};

/** Operations whose actions have no resources, by IAM prefix, as a pattern of the operation in lower case. */
export const WITHOUT_RESOURCE: Readonly<Record<string, RegExp>> = {
  apigateway: /^/,
  ecs: /^(list|register)/,
  eks: /^(createcluster|listclusters)$/,
  events: /^listrules$/,
  iam: /^list(roles|users|groups|policies)$/,
  lambda: /^(listfunctions|getaccountsettings)$/,
  logs: /^describeloggroups$/,
  s3: /^listbuckets$/,
  states: /^(sendtask|liststatemachines$|listactivities$|validatestatemachinedefinition$)/,
};
