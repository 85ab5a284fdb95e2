/**
 * Actions of one service, `sqs: SendMessage ReceiveMessage`, the resources for which they are allowed, and which resource a
 * condition key must name.
 */
export type Allowed = readonly [
  actions: string,
  resources: string | readonly string[],
  onlyIf?: Readonly<Record<string, string>>,
];

const TABLE = ['dynamodb:table/{TableName}', 'dynamodb:table/{TableName}/index/*'];
const BUCKET = ['s3:::{BucketName}', 's3:::{BucketName}/*'];
const TABLE_READ = 'GetItem Scan Query BatchGetItem DescribeTable';
const OBJECT_READ = 'GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration';
const IDENTITY = 'ses:identity/{IdentityName}';
const COLLECTION = 'rekognition:collection/{CollectionId}';
const REPOSITORY_READ =
  'GitPull GetBranch ListBranches BatchDescribeMergeConflicts DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests DescribePullRequestEvents GetCommentsForPullRequest GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests GetBlob GetFile GetFolder GetComment GetCommentsForComparedCommit BatchGetCommits GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree GetRepository ListTagsForResource GetRepositoryTriggers TestRepositoryTriggers GetUploadArchiveStatus';
const CLUSTER = 'elasticmapreduce:cluster/{ClusterId}';

/**
 * The policy templates of SAM (SAM Developer Guide, "SAM policy template list"). The resource `sqs:{QueueName}` is
 * `arn:aws:sqs:REGION:ACCOUNT:{QueueName}`, and `s3:::…` has neither region nor account. The names in
 * braces are the parameters.
 */
export const POLICY_TEMPLATES: Readonly<Record<string, readonly Allowed[]>> = {
  AMIDescribePolicy: [['ec2: DescribeImages', '*']],
  AWSSecretsManagerGetSecretValuePolicy: [['secretsmanager: GetSecretValue', '{SecretArn}']],
  AWSSecretsManagerRotationPolicy: [
    [
      'secretsmanager: DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage',
      'secretsmanager:secret:*',
      { 'secretsmanager:resource/AllowRotationLambdaArn': 'lambda:function:{FunctionName}' },
    ],
    ['secretsmanager: GetRandomPassword', '*'],
  ],
  AcmGetCertificatePolicy: [['acm: GetCertificate', '{CertificateArn}']],
  AthenaQueryPolicy: [
    [
      'athena: ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace GetCatalogs GetNamespaces GetTables GetTable',
      '*',
    ],
    [
      'athena: StartQueryExecution GetQueryResults GetQueryResultsStream GetQueryExecution StopQueryExecution BatchGetQueryExecution ListQueryExecutions CreateNamedQuery GetNamedQuery DeleteNamedQuery ListNamedQueries BatchGetNamedQuery GetWorkGroup',
      'athena:workgroup/{WorkGroupName}',
    ],
  ],
  CloudFormationDescribeStacksPolicy: [['cloudformation: DescribeStacks', 'cloudformation:stack/*']],
  CloudWatchDashboardPolicy: [['cloudwatch: GetDashboard ListDashboards PutDashboard ListMetrics', '*']],
  CloudWatchDescribeAlarmHistoryPolicy: [['cloudwatch: DescribeAlarmHistory', '*']],
  CloudWatchPutMetricPolicy: [['cloudwatch: PutMetricData', '*']],
  CodeCommitCrudPolicy: [
    [
      `codecommit: ${REPOSITORY_READ} GitPush CreateBranch DeleteBranch MergeBranchesByFastForward MergeBranchesBySquash MergeBranchesByThreeWay UpdateDefaultBranch CreateUnreferencedMergeCommit CreatePullRequest MergePullRequestByFastForward MergePullRequestBySquash MergePullRequestByThreeWay PostCommentForPullRequest UpdatePullRequestDescription UpdatePullRequestStatus UpdatePullRequestTitle DeleteFile PutFile DeleteCommentContent PostCommentForComparedCommit PostCommentReply UpdateComment CreateCommit UpdateRepositoryDescription TagResource UntagResource PutRepositoryTriggers UploadArchive CancelUploadArchive`,
      'codecommit:{RepositoryName}',
    ],
  ],
  CodeCommitReadPolicy: [[`codecommit: ${REPOSITORY_READ}`, 'codecommit:{RepositoryName}']],
  CodePipelineLambdaExecutionPolicy: [['codepipeline: PutJobSuccessResult PutJobFailureResult', '*']],
  CodePipelineReadOnlyPolicy: [['codepipeline: ListPipelineExecutions', 'codepipeline:{PipelineName}']],
  ComprehendBasicAccessPolicy: [
    [
      'comprehend: BatchDetectKeyPhrases BatchDetectDominantLanguage BatchDetectEntities BatchDetectSentiment DetectDominantLanguage DetectEntities DetectKeyPhrases DetectSentiment',
      '*',
    ],
  ],
  CostExplorerReadOnlyPolicy: [
    [
      'ce: GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation GetReservationUtilization GetTags',
      '*',
    ],
  ],
  DynamoDBBackupFullAccessPolicy: [
    ['dynamodb: CreateBackup DescribeContinuousBackups', 'dynamodb:table/{TableName}'],
    ['dynamodb: DeleteBackup DescribeBackup ListBackups', 'dynamodb:table/{TableName}/backup/*'],
  ],
  DynamoDBCrudPolicy: [
    [`dynamodb: ${TABLE_READ} DeleteItem PutItem UpdateItem BatchWriteItem ConditionCheckItem`, TABLE],
  ],
  DynamoDBReadPolicy: [[`dynamodb: ${TABLE_READ}`, TABLE]],
  DynamoDBReconfigurePolicy: [['dynamodb: UpdateTable', 'dynamodb:table/{TableName}']],
  DynamoDBRestoreFromBackupPolicy: [
    ['dynamodb: RestoreTableFromBackup', 'dynamodb:table/{TableName}/backup/*'],
    [
      'dynamodb: PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem',
      'dynamodb:table/{TableName}',
    ],
  ],
  DynamoDBStreamReadPolicy: [
    [
      'dynamodb: DescribeStream GetRecords GetShardIterator',
      'dynamodb:table/{TableName}/stream/{StreamName}',
    ],
    ['dynamodb: ListStreams', 'dynamodb:table/{TableName}/stream/*'],
  ],
  DynamoDBWritePolicy: [['dynamodb: PutItem UpdateItem BatchWriteItem', TABLE]],
  EC2CopyImagePolicy: [['ec2: CopyImage', 'ec2:image/{ImageId}']],
  EC2DescribePolicy: [['ec2: DescribeRegions DescribeInstances', '*']],
  EFSWriteAccessPolicy: [
    [
      'elasticfilesystem: ClientMount ClientWrite',
      'elasticfilesystem:file-system/{FileSystem}',
      { 'elasticfilesystem:AccessPointArn': 'elasticfilesystem:access-point/{AccessPoint}' },
    ],
  ],
  EKSDescribePolicy: [['eks: DescribeCluster ListClusters', '*']],
  EcsRunTaskPolicy: [['ecs: RunTask', 'ecs:task-definition/{TaskDefinition}']],
  ElasticMapReduceAddJobFlowStepsPolicy: [['elasticmapreduce: AddJobFlowSteps', CLUSTER]],
  ElasticMapReduceCancelStepsPolicy: [['elasticmapreduce: CancelSteps', CLUSTER]],
  ElasticMapReduceModifyInstanceFleetPolicy: [
    ['elasticmapreduce: ModifyInstanceFleet ListInstanceFleets', CLUSTER],
  ],
  ElasticMapReduceModifyInstanceGroupsPolicy: [
    ['elasticmapreduce: ModifyInstanceGroups ListInstanceGroups', CLUSTER],
  ],
  ElasticMapReduceSetTerminationProtectionPolicy: [['elasticmapreduce: SetTerminationProtection', CLUSTER]],
  ElasticMapReduceTerminateJobFlowsPolicy: [['elasticmapreduce: TerminateJobFlows', CLUSTER]],
  ElasticsearchHttpPostPolicy: [['es: ESHttpPost ESHttpPut', 'es:domain/{DomainName}/*']],
  EventBridgePutEventsPolicy: [['events: PutEvents', 'events:event-bus/{EventBusName}']],
  FilterLogEventsPolicy: [['logs: FilterLogEvents', 'logs:log-group:{LogGroupName}:log-stream:*']],
  FirehoseCrudPolicy: [
    [
      'firehose: CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch UpdateDestination',
      'firehose:deliverystream/{DeliveryStreamName}',
    ],
  ],
  FirehoseWritePolicy: [
    ['firehose: PutRecord PutRecordBatch', 'firehose:deliverystream/{DeliveryStreamName}'],
  ],
  KMSDecryptPolicy: [['kms: Decrypt', 'kms:key/{KeyId}']],
  KMSEncryptPolicy: [['kms: Encrypt', 'kms:key/{KeyId}']],
  KMSEncryptPolicy_v2: [
    [
      'kms: Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext',
      'kms:key/{KeyId}',
    ],
  ],
  KinesisCrudPolicy: [
    [
      'kinesis: AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream',
      'kinesis:stream/{StreamName}',
    ],
  ],
  KinesisStreamReadPolicy: [
    ['kinesis: ListStreams DescribeLimits', 'kinesis:stream/*'],
    [
      'kinesis: DescribeStream DescribeStreamSummary GetRecords GetShardIterator',
      'kinesis:stream/{StreamName}',
    ],
  ],
  LambdaInvokePolicy: [['lambda: InvokeFunction', 'lambda:function:{FunctionName}*']],
  MobileAnalyticsWriteOnlyAccessPolicy: [['mobileanalytics: PutEvents', '*']],
  OrganizationsListAccountsPolicy: [['organizations: ListAccounts', '*']],
  PinpointEndpointAccessPolicy: [
    [
      'mobiletargeting: GetEndpoint UpdateEndpoint UpdateEndpointsBatch',
      'mobiletargeting:apps/{PinpointApplicationId}/endpoints/*',
    ],
  ],
  PollyFullAccessPolicy: [
    ['polly: GetLexicon DeleteLexicon', 'polly:lexicon/{LexiconName}'],
    ['polly: DescribeVoices ListLexicons PutLexicon SynthesizeSpeech', 'polly:lexicon/*'],
  ],
  RekognitionDetectOnlyPolicy: [
    ['rekognition: DetectFaces DetectLabels DetectModerationLabels DetectText', '*'],
  ],
  RekognitionFacesManagementPolicy: [
    [
      'rekognition: IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces',
      'rekognition:collection/{CollectionId}',
    ],
  ],
  RekognitionFacesPolicy: [['rekognition: CompareFaces DetectFaces', '*']],
  RekognitionLabelsPolicy: [['rekognition: DetectLabels DetectModerationLabels', '*']],
  RekognitionNoDataAccessPolicy: [
    ['rekognition: CompareFaces DetectFaces DetectLabels DetectModerationLabels', COLLECTION],
  ],
  RekognitionReadPolicy: [
    ['rekognition: ListCollections ListFaces SearchFaces SearchFacesByImage', COLLECTION],
  ],
  RekognitionWriteOnlyAccessPolicy: [['rekognition: CreateCollection IndexFaces', COLLECTION]],
  Route53ChangeResourceRecordSetsPolicy: [
    ['route53: ChangeResourceRecordSets', 'route53:::hostedzone/{HostedZoneId}'],
  ],
  S3CrudPolicy: [
    [`s3: ${OBJECT_READ} PutObject PutObjectAcl PutLifecycleConfiguration DeleteObject`, BUCKET],
  ],
  S3FullAccessPolicy: [
    [
      's3: GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging',
      's3:::{BucketName}/*',
    ],
    [
      's3: ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration',
      's3:::{BucketName}',
    ],
  ],
  S3ReadPolicy: [[`s3: ${OBJECT_READ}`, BUCKET]],
  S3WritePolicy: [['s3: PutObject PutObjectAcl PutLifecycleConfiguration', BUCKET]],
  SESBulkTemplatedCrudPolicy: [
    [
      'ses: GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail VerifyEmailIdentity',
      IDENTITY,
    ],
  ],
  SESBulkTemplatedCrudPolicy_v2: [
    [
      'ses: SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail',
      ['ses:identity/{IdentityName}', 'ses:template/{TemplateName}'],
    ],
    ['ses: GetIdentityVerificationAttributes VerifyEmailIdentity', '*'],
  ],
  SESCrudPolicy: [
    ['ses: GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity', IDENTITY],
  ],
  SESEmailTemplateCrudPolicy: [
    ['ses: CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate', '*'],
  ],
  SESSendBouncePolicy: [['ses: SendBounce', IDENTITY]],
  SNSCrudPolicy: [
    ['sns: ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish', 'sns:{TopicName}*'],
  ],
  SNSPublishMessagePolicy: [['sns: Publish', 'sns:{TopicName}']],
  SQSPollerPolicy: [
    [
      'sqs: ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage',
      'sqs:{QueueName}',
    ],
  ],
  SQSSendMessagePolicy: [['sqs: SendMessage*', 'sqs:{QueueName}']],
  SSMParameterReadPolicy: [
    ['ssm: DescribeParameters', '*'],
    ['ssm: GetParameters GetParameter GetParametersByPath', 'ssm:parameter/{ParameterName}'],
  ],
  SSMParameterWithSlashPrefixReadPolicy: [
    ['ssm: DescribeParameters', '*'],
    ['ssm: GetParameters GetParameter GetParametersByPath', 'ssm:parameter{ParameterName}'],
  ],
  SageMakerCreateEndpointConfigPolicy: [
    ['sagemaker: CreateEndpointConfig', 'sagemaker:endpoint-config/{EndpointConfigName}'],
  ],
  SageMakerCreateEndpointPolicy: [['sagemaker: CreateEndpoint', 'sagemaker:endpoint/{EndpointName}']],
  ServerlessRepoReadWriteAccessPolicy: [
    [
      'serverlessrepo: CreateApplication CreateApplicationVersion UpdateApplication GetApplication ListApplications ListApplicationVersions ListApplicationDependencies',
      'serverlessrepo:applications/*',
    ],
  ],
  StepFunctionsCallbackPolicy: [
    ['states: SendTaskFailure SendTaskHeartbeat SendTaskSuccess', 'states:stateMachine:{StateMachineName}'],
  ],
  StepFunctionsExecutionPolicy: [['states: StartExecution', 'states:stateMachine:{StateMachineName}']],
  StepFunctionsExecutionPolicy_v2: [
    ['states: StartExecution StartSyncExecution', 'states:stateMachine:{StateMachineName}'],
  ],
  TextractDetectAnalyzePolicy: [
    ['textract: DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument', '*'],
  ],
  TextractGetResultPolicy: [['textract: GetDocumentTextDetection GetDocumentAnalysis', '*']],
  TextractPolicy: [['textract: *', '*']],
  VPCAccessPolicy: [
    [
      'ec2: CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface',
      '*',
    ],
  ],
};
