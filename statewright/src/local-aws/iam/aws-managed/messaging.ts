import { type AwsManagedPolicies, allow } from './statements';

/** Policies for events, messages, logs, parameters and keys (AWS Managed Policy Reference Guide). */
export const messagingPolicies: AwsManagedPolicies = {
  CloudWatchLogsFullAccess: [
    allow([
      'logs: *',
      'cloudwatch: GenerateQuery GenerateQueryResultsSummary',
      'observabilityadmin: GetS3TableIntegration ListS3TableIntegrations ListTelemetryPipelines',
    ]),
  ],
  CloudWatchLogsReadOnlyAccess: [
    allow([
      'logs: Describe* Get* List* StartQuery StopQuery TestMetricFilter FilterLogEvents StartLiveTail StopLiveTail',
      'cloudwatch: GenerateQuery GenerateQueryResultsSummary',
      'observabilityadmin: ListS3TableIntegrations GetS3TableIntegration ListTelemetryPipelines',
    ]),
  ],
  CloudWatchFullAccess: [
    allow([
      'autoscaling: Describe*',
      'cloudwatch: *',
      'logs: *',
      'sns: *',
      'iam: GetPolicy GetPolicyVersion GetRole',
      'oam: ListSinks',
    ]),
    allow(
      'iam: CreateServiceLinkedRole',
      'arn:aws:iam::*:role/aws-service-role/events.amazonaws.com/AWSServiceRoleForCloudWatchEvents*',
      { StringLike: { 'iam:AWSServiceName': 'events.amazonaws.com' } },
    ),
    allow('oam: ListAttachedLinks', 'arn:aws:oam:*:*:sink/*'),
  ],
  CloudWatchEventsFullAccess: [
    allow(['events: *', 'schemas: *', 'scheduler: *', 'pipes: *']),
    allow(
      'iam: CreateServiceLinkedRole',
      'arn:aws:iam::*:role/aws-service-role/apidestinations.events.amazonaws.com/AWSServiceRoleForAmazonEventBridgeApiDestinations',
      { StringEquals: { 'iam:AWSServiceName': 'apidestinations.events.amazonaws.com' } },
    ),
    allow(
      'iam: CreateServiceLinkedRole',
      'arn:aws:iam::*:role/aws-service-role/schemas.amazonaws.com/AWSServiceRoleForSchemas',
      { StringEquals: { 'iam:AWSServiceName': 'schemas.amazonaws.com' } },
    ),
    allow(
      'secretsmanager: CreateSecret UpdateSecret DeleteSecret GetSecretValue PutSecretValue',
      'arn:aws:secretsmanager:*:*:secret:events!*',
    ),
    allow('iam: PassRole', 'arn:aws:iam::*:role/AWS_Events_Invoke_Targets'),
    allow('iam: PassRole', 'arn:aws:iam::*:role/*', {
      StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    }),
    allow('iam: PassRole', 'arn:aws:iam::*:role/*', {
      StringEquals: { 'iam:PassedToService': 'pipes.amazonaws.com' },
    }),
  ],
  AmazonEventBridgeFullAccess: [
    allow(['events: *', 'schemas: *', 'scheduler: *', 'pipes: *']),
    allow(
      'iam: CreateServiceLinkedRole',
      'arn:aws:iam::*:role/aws-service-role/apidestinations.events.amazonaws.com/AWSServiceRoleForAmazonEventBridgeApiDestinations',
      { StringEquals: { 'iam:AWSServiceName': 'apidestinations.events.amazonaws.com' } },
    ),
    allow(
      'iam: CreateServiceLinkedRole',
      'arn:aws:iam::*:role/aws-service-role/schemas.amazonaws.com/AWSServiceRoleForSchemas',
      { StringEquals: { 'iam:AWSServiceName': 'schemas.amazonaws.com' } },
    ),
    allow(
      'secretsmanager: CreateSecret UpdateSecret DeleteSecret GetSecretValue PutSecretValue',
      'arn:aws:secretsmanager:*:*:secret:events!*',
    ),
    allow('iam: PassRole', 'arn:aws:iam::*:role/*', {
      StringLike: { 'iam:PassedToService': 'events.amazonaws.com' },
    }),
    allow('iam: PassRole', 'arn:aws:iam::*:role/*', {
      StringLike: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    }),
    allow('iam: PassRole', 'arn:aws:iam::*:role/*', {
      StringLike: { 'iam:PassedToService': 'pipes.amazonaws.com' },
    }),
  ],
  AmazonEventBridgeReadOnlyAccess: [
    allow([
      'events: DescribeRule DescribeEventBus DescribeEventSource ListEventBuses ListEventSources ListRuleNamesByTarget ListRules ListTargetsByRule TestEventPattern DescribeArchive ListArchives DescribeReplay ListReplays DescribeConnection ListConnections DescribeApiDestination ListApiDestinations DescribeEndpoint ListEndpoints',
      'schemas: DescribeCodeBinding DescribeDiscoverer DescribeRegistry DescribeSchema ExportSchema GetCodeBindingSource GetDiscoveredSchema GetResourcePolicy ListDiscoverers ListRegistries ListSchemas ListSchemaVersions ListTagsForResource SearchSchemas',
      'scheduler: GetSchedule GetScheduleGroup ListSchedules ListScheduleGroups ListTagsForResource',
      'pipes: DescribePipe ListPipes ListTagsForResource',
    ]),
  ],
  AmazonEventBridgeSchedulerFullAccess: [
    allow('scheduler: *'),
    allow('iam: PassRole', 'arn:aws:iam::*:role/*', {
      StringLike: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    }),
  ],
  AmazonSQSFullAccess: [allow('sqs: *')],
  AmazonSQSReadOnlyAccess: [
    allow(
      'sqs: GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListQueues ListMessageMoveTasks ListQueueTags',
    ),
  ],
  AmazonSNSFullAccess: [
    allow('sns: *'),
    allow(
      'sms-voice: DescribeVerifiedDestinationNumbers CreateVerifiedDestinationNumber SendDestinationNumberVerificationCode SendTextMessage DeleteVerifiedDestinationNumber VerifyDestinationNumber DescribeAccountAttributes DescribeSpendLimits DescribePhoneNumbers SetTextMessageSpendLimitOverride DescribeOptedOutNumbers DeleteOptedOutNumber',
      '*',
      { StringEquals: { 'aws:CalledViaLast': 'sns.amazonaws.com' } },
    ),
  ],
  AmazonSNSReadOnlyAccess: [
    allow(
      'sns: GetTopicAttributes List* CheckIfPhoneNumberIsOptedOut GetEndpointAttributes GetDataProtectionPolicy GetPlatformApplicationAttributes GetSMSAttributes GetSMSSandboxAccountStatus GetSubscriptionAttributes',
    ),
    allow(
      'sms-voice: DescribeVerifiedDestinationNumbers DescribeAccountAttributes DescribeSpendLimits DescribePhoneNumbers DescribeOptedOutNumbers',
      '*',
      { StringEquals: { 'aws:CalledViaLast': 'sns.amazonaws.com' } },
    ),
  ],
  'service-role/AmazonSNSRole': [
    allow('logs: CreateLogGroup CreateLogStream PutLogEvents PutMetricFilter PutRetentionPolicy'),
  ],
  AmazonSSMFullAccess: [
    allow([
      'cloudwatch: PutMetricData',
      'ds: CreateComputer DescribeDirectories',
      'ec2: DescribeInstanceStatus',
      'logs: *',
      'ssm: *',
      'ec2messages: *',
    ]),
    allow(
      'iam: CreateServiceLinkedRole',
      'arn:aws:iam::*:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM*',
      { StringLike: { 'iam:AWSServiceName': 'ssm.amazonaws.com' } },
    ),
    allow(
      'iam: DeleteServiceLinkedRole GetServiceLinkedRoleDeletionStatus',
      'arn:aws:iam::*:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM*',
    ),
    allow('ssmmessages: CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel'),
  ],
  AmazonSSMReadOnlyAccess: [allow('ssm: Describe* Get* List*')],
  SecretsManagerReadWrite: [
    allow([
      'secretsmanager: *',
      'cloudformation: CreateChangeSet DescribeChangeSet DescribeStackResource DescribeStacks ExecuteChangeSet',
      'docdb-elastic: GetCluster ListClusters',
      'ec2: DescribeSecurityGroups DescribeSubnets DescribeVpcs',
      'kms: DescribeKey ListAliases ListKeys',
      'lambda: ListFunctions',
      'rds: DescribeDBClusters DescribeDBInstances',
      'redshift: DescribeClusters',
      'redshift-serverless: ListWorkgroups GetNamespace',
      'tag: GetResources',
    ]),
    allow(
      'lambda: AddPermission CreateFunction GetFunction InvokeFunction UpdateFunctionConfiguration',
      'arn:aws:lambda:*:*:function:SecretsManager*',
    ),
    allow(
      'serverlessrepo: CreateCloudFormationChangeSet GetApplication',
      'arn:aws:serverlessrepo:*:*:applications/SecretsManager*',
    ),
    allow('s3: GetObject', [
      'arn:aws:s3:::awsserverlessrepo-changesets*',
      'arn:aws:s3:::secrets-manager-rotation-apps-*/*',
    ]),
  ],
  AmazonKinesisFullAccess: [allow('kinesis: *')],
  AmazonKinesisFirehoseFullAccess: [allow('firehose: *')],
  AmazonSESFullAccess: [allow('ses: *')],
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': [
    allow(
      'logs: CreateLogGroup CreateLogStream DescribeLogGroups DescribeLogStreams PutLogEvents GetLogEvents FilterLogEvents',
    ),
  ],
  AmazonAPIGatewayInvokeFullAccess: [
    allow('execute-api: Invoke ManageConnections', 'arn:aws:execute-api:*:*:*'),
  ],
  AmazonAPIGatewayAdministrator: [allow('apigateway: *', 'arn:aws:apigateway:*::/*')],
  AmazonSSMManagedInstanceCore: [
    allow(
      'ssm: DescribeAssociation GetDeployablePatchSnapshotForInstance GetDocument DescribeDocument GetManifest GetParameter GetParameters ListAssociations ListInstanceAssociations PutInventory PutComplianceItems PutConfigurePackageResult UpdateAssociationStatus UpdateInstanceAssociationStatus UpdateInstanceInformation',
    ),
    allow('ssmmessages: CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel'),
    allow('ec2messages: AcknowledgeMessage DeleteMessage FailMessage GetEndpoint GetMessages SendReply'),
  ],
  CloudWatchAgentServerPolicy: [
    allow([
      'cloudwatch: PutMetricData',
      'ec2: DescribeVolumes DescribeTags',
      'logs: PutLogEvents PutRetentionPolicy DescribeLogStreams DescribeLogGroups CreateLogStream CreateLogGroup',
      'xray: PutTraceSegments PutTelemetryRecords GetSamplingRules GetSamplingTargets GetSamplingStatisticSummaries',
    ]),
    allow('ssm: GetParameter', 'arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*'),
  ],
  AWSKeyManagementServicePowerUser: [
    allow([
      'kms: CreateAlias CreateKey DeleteAlias Describe* GenerateRandom Get* List* TagResource UntagResource',
      'iam: ListGroups ListRoles ListUsers',
    ]),
  ],
};
