import { type AwsManagedPolicies, allow } from './statements';

/** Policies for data, compute and machine learning (AWS Managed Policy Reference Guide). */
export const servicePolicies: AwsManagedPolicies = {
  AmazonS3FullAccess: [allow(['s3: *', 's3-object-lambda: *'])],
  AmazonS3ReadOnlyAccess: [allow(['s3: Get* List* Describe*', 's3-object-lambda: Get* List*'])],
  AmazonDynamoDBFullAccess: [
    allow([
      'dynamodb: *',
      'dax: *',
      'application-autoscaling: DeleteScalingPolicy DeregisterScalableTarget DescribeScalableTargets DescribeScalingActivities DescribeScalingPolicies PutScalingPolicy RegisterScalableTarget',
      'cloudwatch: DeleteAlarms DescribeAlarmHistory DescribeAlarms DescribeAlarmsForMetric GetMetricStatistics ListMetrics PutMetricAlarm GetMetricData',
      'datapipeline: ActivatePipeline CreatePipeline DeletePipeline DescribeObjects DescribePipelines GetPipelineDefinition ListPipelines PutPipelineDefinition QueryObjects',
      'ec2: DescribeVpcs DescribeSubnets DescribeSecurityGroups',
      'iam: GetRole ListRoles',
      'kms: DescribeKey ListAliases',
      'sns: CreateTopic DeleteTopic ListSubscriptions ListSubscriptionsByTopic ListTopics Subscribe Unsubscribe SetTopicAttributes',
      'lambda: CreateFunction ListFunctions ListEventSourceMappings CreateEventSourceMapping DeleteEventSourceMapping GetFunctionConfiguration DeleteFunction',
      'resource-groups: ListGroups ListGroupResources GetGroup GetGroupQuery DeleteGroup CreateGroup',
      'tag: GetResources',
      'kinesis: ListStreams DescribeStream DescribeStreamSummary',
    ]),
    allow(
      'cloudwatch: GetInsightRuleReport',
      'arn:aws:cloudwatch:*:*:insight-rule/DynamoDBContributorInsights*',
    ),
    allow('iam: PassRole', '*', {
      StringLike: {
        'iam:PassedToService': [
          'application-autoscaling.amazonaws.com',
          'application-autoscaling.amazonaws.com.cn',
          'dax.amazonaws.com',
        ],
      },
    }),
    allow('iam: CreateServiceLinkedRole', '*', {
      StringEquals: {
        'iam:AWSServiceName': [
          'replication.dynamodb.amazonaws.com',
          'dax.amazonaws.com',
          'dynamodb.application-autoscaling.amazonaws.com',
          'contributorinsights.dynamodb.amazonaws.com',
          'kinesisreplication.dynamodb.amazonaws.com',
        ],
      },
    }),
  ],
  AmazonDynamoDBFullAccess_v2: [
    allow(['dynamodb: *', 'dax: *']),
    allow('kms: DescribeKey ListAliases'),
    allow('lambda: ListEventSourceMappings ListFunctions'),
    allow('sns: ListTopics'),
    allow(
      'application-autoscaling: DeleteScalingPolicy DeregisterScalableTarget PutScalingPolicy RegisterScalableTarget',
      '*',
      { StringEquals: { 'application-autoscaling:service-namespace': 'dynamodb' } },
    ),
    allow(
      'application-autoscaling: DescribeScalableTargets DescribeScalingActivities DescribeScalingPolicies',
    ),
    allow('tag: GetResources'),
    allow('cloudwatch: DescribeAlarms GetMetricStatistics GetMetricData'),
    allow('kinesis: ListStreams DescribeStream DescribeStreamSummary'),
    allow('ec2: DescribeVpcs DescribeSubnets DescribeSecurityGroups'),
    allow(
      'cloudwatch: GetInsightRuleReport',
      'arn:aws:cloudwatch:*:*:insight-rule/DynamoDBContributorInsights*',
    ),
    allow('iam: CreateServiceLinkedRole', '*', {
      StringEquals: {
        'iam:AWSServiceName': [
          'replication.dynamodb.amazonaws.com',
          'dax.amazonaws.com',
          'dynamodb.application-autoscaling.amazonaws.com',
          'contributorinsights.dynamodb.amazonaws.com',
          'kinesisreplication.dynamodb.amazonaws.com',
        ],
      },
    }),
    allow('iam: ListRoles'),
  ],
  AmazonDynamoDBReadOnlyAccess: [
    allow([
      'application-autoscaling: DescribeScalableTargets DescribeScalingActivities DescribeScalingPolicies',
      'cloudwatch: DescribeAlarmHistory DescribeAlarms DescribeAlarmsForMetric GetMetricStatistics ListMetrics GetMetricData',
      'datapipeline: DescribeObjects DescribePipelines GetPipelineDefinition ListPipelines QueryObjects',
      'dynamodb: BatchGetItem Describe* List* GetAbacStatus GetItem GetResourcePolicy Query Scan PartiQLSelect',
      'dax: Describe* List* GetItem BatchGetItem Query Scan',
      'ec2: DescribeVpcs DescribeSubnets DescribeSecurityGroups',
      'iam: GetRole ListRoles',
      'kms: DescribeKey ListAliases',
      'sns: ListSubscriptionsByTopic ListTopics',
      'lambda: ListFunctions ListEventSourceMappings GetFunctionConfiguration',
      'resource-groups: ListGroups ListGroupResources GetGroup GetGroupQuery',
      'tag: GetResources',
      'kinesis: ListStreams DescribeStream DescribeStreamSummary',
    ]),
    allow(
      'cloudwatch: GetInsightRuleReport',
      'arn:aws:cloudwatch:*:*:insight-rule/DynamoDBContributorInsights*',
    ),
  ],
  AmazonAthenaFullAccess: [
    allow('athena: *'),
    allow(
      'glue: CreateDatabase DeleteDatabase GetCatalog GetCatalogs GetDatabase GetDatabases UpdateDatabase CreateTable DeleteTable BatchDeleteTable UpdateTable GetTable GetTables BatchCreatePartition CreatePartition DeletePartition BatchDeletePartition UpdatePartition GetPartition GetPartitions BatchGetPartition StartColumnStatisticsTaskRun GetColumnStatisticsTaskRun GetColumnStatisticsTaskRuns GetCatalogImportStatus',
    ),
    allow(
      's3: GetBucketLocation GetObject ListBucket ListBucketMultipartUploads ListMultipartUploadParts AbortMultipartUpload CreateBucket PutObject PutBucketPublicAccessBlock',
      'arn:aws:s3:::aws-athena-query-results-*',
    ),
    allow('s3: GetObject ListBucket', 'arn:aws:s3:::athena-examples*'),
    allow('s3: ListBucket GetBucketLocation ListAllMyBuckets'),
    allow('sns: ListTopics GetTopicAttributes'),
    allow('cloudwatch: PutMetricAlarm DescribeAlarms DeleteAlarms GetMetricData'),
    allow('lakeformation: GetDataAccess'),
    allow('datazone: ListDomains ListProjects ListAccountEnvironments'),
    allow('pricing: GetProducts'),
  ],
  'service-role/AWSGlueServiceRole': [
    allow([
      'glue: *',
      's3: GetBucketLocation ListBucket ListAllMyBuckets GetBucketAcl',
      'ec2: DescribeVpcEndpoints DescribeRouteTables CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DescribeSecurityGroups DescribeSubnets DescribeVpcAttribute',
      'iam: ListRolePolicies GetRole GetRolePolicy',
      'cloudwatch: PutMetricData',
    ]),
    allow('s3: CreateBucket', 'arn:aws:s3:::aws-glue-*'),
    allow('s3: GetObject PutObject DeleteObject', [
      'arn:aws:s3:::aws-glue-*/*',
      'arn:aws:s3:::*/*aws-glue-*/*',
    ]),
    allow('s3: GetObject', ['arn:aws:s3:::crawler-public*', 'arn:aws:s3:::aws-glue-*']),
    allow('logs: CreateLogGroup CreateLogStream PutLogEvents', 'arn:aws:logs:*:*:*:/aws-glue/*'),
    allow(
      'ec2: CreateTags DeleteTags',
      [
        'arn:aws:ec2:*:*:network-interface/*',
        'arn:aws:ec2:*:*:security-group/*',
        'arn:aws:ec2:*:*:instance/*',
      ],
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['aws-glue-service-resource'] } },
    ),
  ],
  'service-role/AmazonECSTaskExecutionRolePolicy': [
    allow([
      'ecr: GetAuthorizationToken BatchCheckLayerAvailability GetDownloadUrlForLayer BatchGetImage',
      'logs: CreateLogStream PutLogEvents',
    ]),
  ],
  'service-role/AmazonEC2ContainerServiceEventsRole': [
    allow('ecs: RunTask'),
    allow('iam: PassRole', '*', { StringLike: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }),
    allow('ecs: TagResource', '*', { StringEquals: { 'ecs:CreateAction': ['RunTask'] } }),
  ],
  AmazonEC2ContainerRegistryReadOnly: [
    allow(
      'ecr: GetAuthorizationToken BatchCheckLayerAvailability GetDownloadUrlForLayer GetRepositoryPolicy DescribeRepositories ListImages DescribeImages BatchGetImage GetLifecyclePolicy GetLifecyclePolicyPreview ListTagsForResource DescribeImageScanFindings',
    ),
  ],
  AWSBatchFullAccess: [
    allow([
      'batch: *',
      'cloudwatch: GetMetricStatistics',
      'ec2: DescribeSubnets DescribeSecurityGroups DescribeKeyPairs DescribeVpcs DescribeImages DescribeLaunchTemplates DescribeLaunchTemplateVersions',
      'ecs: DescribeClusters Describe* List*',
      'eks: DescribeCluster ListClusters',
      'logs: Describe* Get* TestMetricFilter FilterLogEvents',
      'iam: ListInstanceProfiles ListRoles',
    ]),
    allow('iam: PassRole', [
      'arn:aws:iam::*:role/AWSBatchServiceRole',
      'arn:aws:iam::*:role/service-role/AWSBatchServiceRole',
      'arn:aws:iam::*:role/ecsInstanceRole',
      'arn:aws:iam::*:instance-profile/ecsInstanceRole',
      'arn:aws:iam::*:role/iaws-ec2-spot-fleet-role',
      'arn:aws:iam::*:role/aws-ec2-spot-fleet-role',
      'arn:aws:iam::*:role/AWSBatchJobRole*',
    ]),
    allow('iam: CreateServiceLinkedRole', 'arn:aws:iam::*:role/*Batch*', {
      StringEquals: { 'iam:AWSServiceName': 'batch.amazonaws.com' },
    }),
  ],
  ComprehendFullAccess: [
    allow(['comprehend: *', 's3: ListAllMyBuckets ListBucket GetBucketLocation', 'iam: ListRoles GetRole']),
  ],
  AmazonRekognitionFullAccess: [allow('rekognition: *')],
  AmazonTextractFullAccess: [allow('textract: *')],
  AmazonTranscribeFullAccess: [allow('transcribe: *'), allow('s3: GetObject', 'arn:aws:s3:::*transcribe*')],
  TranslateFullAccess: [
    allow([
      'translate: *',
      'comprehend: DetectDominantLanguage',
      'cloudwatch: GetMetricStatistics ListMetrics',
      's3: ListAllMyBuckets ListBucket GetBucketLocation',
      'iam: ListRoles GetRole',
    ]),
  ],
  AmazonPollyFullAccess: [allow('polly: *')],
  AmazonBedrockReadOnly: [
    allow('bedrock: Get* List*'),
    allow(
      'sagemaker: DescribeEndpoint DescribeEndpointConfig DescribeModel DescribeInferenceComponent ListEndpoints ListTags',
      [
        'arn:aws:sagemaker:*:*:endpoint/*',
        'arn:aws:sagemaker:*:*:endpoint-config/*',
        'arn:aws:sagemaker:*:*:model/*',
      ],
      { StringEquals: { 'aws:CalledViaLast': 'bedrock.amazonaws.com' } },
    ),
    allow('sagemaker: DescribeHubContent', [
      'arn:aws:sagemaker:*:aws:hub-content/SageMakerPublicHub/Model/*',
      'arn:aws:sagemaker:*:aws:hub/SageMakerPublicHub',
    ]),
    allow('sagemaker: ListHubContents', 'arn:aws:sagemaker:*:aws:hub/SageMakerPublicHub'),
  ],
  AWSCloudFormationFullAccess: [allow('cloudformation: *')],
  AmazonEC2ReadOnlyAccess: [
    allow('ec2: Describe* GetSecurityGroupsForVpc'),
    allow('elasticloadbalancing: Describe*'),
    allow('cloudwatch: ListMetrics GetMetricStatistics Describe*'),
    allow('autoscaling: Describe*'),
  ],
};
