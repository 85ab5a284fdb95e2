/**
 * The IAM permissions that a Task's call needs, from its request (Service Authorization Reference, "Actions, resources,
 * and condition keys"; Step Functions Developer Guide, "How Step Functions generates IAM policies for integrated services").
 */
import { objectOf, ownField } from './graph';
import { functionArn, type IntegrationResource, parseFunctionName } from './resource';

/** The place of a caller's own resources. */
export interface Home {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** A permission that a call needs. */
export interface TaskPermission {
  /** Such as `sqs:SendMessage`. */
  readonly action: string;
  /** The resource's ARN, or `*` for an action without resources. Undefined when the request does not say it. */
  readonly resource: string | undefined;
}

/** The IAM prefix of a service, where it is not the service's name in a Task's Resource. */
const PREFIXES: Readonly<Record<string, string>> = {
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
const ACTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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
const RESOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  athena: { WorkGroup: 'workgroup/#' },
  batch: { JobDefinition: 'job-definition/#', JobQueue: 'job-queue/#' },
  bedrock: { ModelId: 'foundation-model/#' },
  cloudformation: { StackName: 'stack/#/*' },
  codebuild: { ProjectName: 'project/#', Name: 'project/#' },
  databrew: { Name: 'job/#' },
  dynamodb: { TableName: 'table/#', ResourceArn: '#' },
  ecs: { TaskDefinition: 'task-definition/#', Service: 'service/#', Cluster: 'cluster/#' },
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
  secretsmanager: { SecretId: 'secret:#', Name: 'secret:#' },
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
const WITHOUT_RESOURCE: Readonly<Record<string, RegExp>> = {
  apigateway: /^/,
  ecs: /^(list|register)/,
  events: /^listrules$/,
  iam: /^list(roles|users|groups|policies)$/,
  lambda: /^(listfunctions|getaccountsettings)$/,
  logs: /^describeloggroups$/,
  s3: /^listbuckets$/,
  states: /^(sendtask|liststatemachines$|listactivities$|validatestatemachinedefinition$)/,
};

/** ARNs without a region and an account, and those without a region. */
const GLOBAL: Readonly<Record<string, (home: Home) => string>> = {
  bedrock: ({ partition, region }) => `arn:${partition}:bedrock:${region}::`,
  iam: ({ partition, accountId }) => `arn:${partition}:iam::${accountId}:`,
};

/** A whole text that is one reference to an attribute of a Terraform resource. */
const REFERENCE = /^\$\{((?:data\.)?\w+\.[\w-]+(?:\[[^\]]*\])?)\.\w+\}$/;

/**
 * What a value of a request names: an ARN is the resource itself, and a reference to any attribute of a Terraform resource
 * means that resource. Undefined for a value that is only known at run time.
 */
function resourceNamed(value: unknown, arnOf: (name: string) => string): string | undefined {
  if (typeof value !== 'string' || value === '' || value.startsWith('{%')) return undefined;
  if (value.startsWith('arn:')) return value;
  const [, address] = REFERENCE.exec(value) ?? [];
  return address === undefined ? arnOf(value) : `\${${address}.arn}`;
}

/** The permissions of one call: without those for waiting, which `.sync` needs in addition. */
export function callPermissions(
  { sdk, service, action: operation }: IntegrationResource,
  request: unknown,
  home: Home,
): TaskPermission[] {
  const prefix = PREFIXES[service] ?? service;
  const name = operation.charAt(0).toUpperCase() + operation.slice(1);
  const action = `${prefix}:${ACTIONS[prefix]?.[operation.toLowerCase()] ?? name}`;
  const special = sdk ? undefined : OPTIMIZED[service];
  if (special) return special(request, home);
  if (prefix === 'sts' && operation === 'getCallerIdentity') return [];
  if (WITHOUT_RESOURCE[prefix]?.test(operation.toLowerCase())) return [{ action, resource: '*' }];
  return (SPECIAL[prefix] ?? byField)(prefix, action, request, home);
}

type Derive = (prefix: string, action: string, request: unknown, home: Home) => TaskPermission[];

const byField: Derive = (prefix, action, request, home) => {
  const start = GLOBAL[prefix]?.(home) ?? `arn:${home.partition}:${prefix}:${home.region}:${home.accountId}:`;
  for (const [field, pattern] of Object.entries(RESOURCES[prefix] ?? {})) {
    // A name in a path starts with its own slash.
    const arnOf = (value: string) =>
      start +
      pattern.replace(/\/?#/, (place) =>
        place.replace(/.*/s, place === '#' ? value : `/${value.replace(/^\//, '')}`),
      );
    const value = ownField(request, field);
    if (value !== undefined) return [{ action, resource: resourceNamed(value, arnOf) }];
  }
  return [{ action, resource: undefined }];
};

/** A queue's ARN from its URL, whose path is its account and its name. */
function queueArn(url: string, { partition, region, accountId }: Home): string {
  const [, host = '', path = ''] = /^https?:\/\/([^/]+)\/(.*)$/.exec(url) ?? [];
  const [name = url, account = accountId] = path.split('/').filter(Boolean).reverse();
  const [, named = region] = /^(?:sqs\.)?([a-z]+(?:-[a-z]+)+-\d)\./.exec(host) ?? [];
  return `arn:${partition}:sqs:${named}:${/^\d{12}$/.test(account) ? account : accountId}:${name}`;
}

const SPECIAL: Readonly<Record<string, Derive>> = {
  dynamodb: (prefix, action, request, home) => {
    const tables = Object.keys(objectOf(ownField(request, 'RequestItems')) ?? {});
    const parts = ownField(request, 'TransactItems');
    if (Array.isArray(parts)) {
      return parts.flatMap((part) =>
        Object.entries(objectOf(part) ?? {}).flatMap(([kind, inner]) => {
          const each = kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`;
          return byField(prefix, `dynamodb:${each}`, inner, home);
        }),
      );
    }
    if (tables.length > 0) {
      return tables.flatMap((TableName) => byField(prefix, action, { TableName }, home));
    }
    const index = ownField(request, 'IndexName');
    return byField(prefix, action, request, home).map(({ resource }) => ({
      action,
      resource: index === undefined || resource === undefined ? resource : `${resource}/index/${index}`,
    }));
  },
  events: (prefix, action, request, home) => {
    const entries = ownField(request, 'Entries');
    if (action !== 'events:PutEvents') return byField(prefix, action, request, home);
    if (!Array.isArray(entries)) return [{ action, resource: undefined }];
    const buses = entries.flatMap((entry) => {
      const atRunTime = ownField(entry, 'EventBusName.$') !== undefined;
      const EventBusName = ownField(entry, 'EventBusName') ?? (atRunTime ? '{%' : 'default');
      return byField(prefix, action, { EventBusName }, home);
    });
    return buses.filter(
      ({ resource }, index) => buses.findIndex((bus) => bus.resource === resource) === index,
    );
  },
  s3: (_, action, request, { partition }) => {
    const bucket = resourceNamed(ownField(request, 'Bucket'), (name) => `arn:${partition}:s3:::${name}`);
    if (bucket === undefined) return [{ action, resource: undefined }];
    const key = (value: unknown) => (typeof value === 'string' && !value.startsWith('{%') ? value : '*');
    if (action === 's3:DeleteObject' && ownField(request, 'Delete') !== undefined) {
      return [{ action, resource: `${bucket}/*` }];
    }
    const hasKey = ['Key', 'Key.$'].some((field) => ownField(request, field) !== undefined);
    const own = { action, resource: hasKey ? `${bucket}/${key(ownField(request, 'Key'))}` : bucket };
    const source = ownField(request, 'CopySource');
    if (typeof source !== 'string') return [own];
    const read = source.startsWith('{%') ? undefined : `arn:${partition}:s3:::${source.replace(/^\//, '')}`;
    return [own, { action: 's3:GetObject', resource: read }];
  },
  sqs: (_, action, request, home) => {
    const url = ownField(request, 'QueueUrl') ?? ownField(request, 'QueueName');
    return [{ action, resource: resourceNamed(url, (text) => queueArn(text, home)) }];
  },
  lambda: (prefix, action, request, home) => {
    const name = ownField(request, 'FunctionName');
    if (name === undefined) return byField(prefix, action, request, home);
    const qualifier = ownField(request, 'Qualifier');
    const own = { ...home, ...(typeof qualifier === 'string' && { qualifier }) };
    return [
      {
        action,
        resource: resourceNamed(name, (text) => functionArn({ ...own, ...parseFunctionName(text) }, home)),
      },
    ];
  },
};

const SECRETS = ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'];

/** Optimized integrations whose call is not an operation of an AWS service. */
const OPTIMIZED: Readonly<Record<string, (request: unknown, home: Home) => TaskPermission[]>> = {
  apigateway: (request, { partition, region, accountId }) => {
    const auth = ownField(request, 'AuthType') ?? 'NO_AUTH';
    if (auth === 'NO_AUTH') return [];
    const field = (name: string) => {
      const value = ownField(request, name);
      return typeof value === 'string' && !value.startsWith('{%') ? value.replace(/^\//, '') : '*';
    };
    const [api = '*'] = field('ApiEndpoint').split('.');
    const end = [api, field('Stage'), field('Method'), field('Path')].join('/');
    return [
      {
        action: 'execute-api:Invoke',
        resource: `arn:${partition}:execute-api:${region}:${accountId}:${end}`,
      },
    ];
  },
  http: (request, { partition }) => {
    const connection = ownField(
      ownField(request, 'Authentication') ?? ownField(request, 'InvocationConfig'),
      'ConnectionArn',
    );
    const secret = `arn:${partition}:secretsmanager:*:*:secret:events!connection/*`;
    return [
      { action: 'states:InvokeHTTPEndpoint', resource: '*' },
      { action: 'events:RetrieveConnectionCredentials', resource: resourceNamed(connection, String) },
      ...SECRETS.map((action) => ({ action, resource: secret })),
    ];
  },
};
