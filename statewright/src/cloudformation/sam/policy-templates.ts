import type { Owner } from '../../definitions/fictitious-values';
import { didYouMeanOneOf } from '../../did-you-mean';
import { UserError } from '../../user-error';

/** Actions of one service, `sqs: SendMessage ReceiveMessage`, and the resources for which they are allowed. */
type Allowed = readonly [actions: string, ...resources: string[]];

const TABLE = ['dynamodb:table/{TableName}', 'dynamodb:table/{TableName}/index/*'] as const;
const BUCKET = ['s3:::{BucketName}', 's3:::{BucketName}/*'] as const;
const TABLE_READ = 'GetItem Scan Query BatchGetItem DescribeTable';
const OBJECT_READ = 'GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration';
const IDENTITY = 'ses:identity/{IdentityName}';
const COLLECTION = 'rekognition:collection/{CollectionId}';

/**
 * The policy templates of SAM (SAM Developer Guide, "SAM policy template list"). The resource `sqs:{QueueName}` is
 * `arn:aws:sqs:REGION:ACCOUNT:{QueueName}`, and `s3:::…` has neither region nor account.
 */
const TEMPLATES: Readonly<Record<string, readonly Allowed[]>> = {
  AMIDescribePolicy: [['ec2: DescribeImages', 'ec2:image/*']],
  AWSSecretsManagerGetSecretValuePolicy: [['secretsmanager: GetSecretValue', '{SecretArn}']],
  AthenaQueryPolicy: [
    ['athena: ListWorkGroups GetExecutionEngine GetCatalogs GetNamespaces GetTables GetTable', '*'],
    [
      'athena: StartQueryExecution GetQueryResults GetQueryResultsStream GetQueryExecution StopQueryExecution BatchGetQueryExecution ListQueryExecutions CreateNamedQuery GetNamedQuery DeleteNamedQuery ListNamedQueries BatchGetNamedQuery GetWorkGroup',
      'athena:workgroup/{WorkGroupName}',
    ],
  ],
  CloudFormationDescribeStacksPolicy: [['cloudformation: DescribeStacks', 'cloudformation:stack/*']],
  CloudWatchDashboardPolicy: [['cloudwatch: GetDashboard ListDashboards PutDashboard ListMetrics', '*']],
  CloudWatchDescribeAlarmHistoryPolicy: [['cloudwatch: DescribeAlarmHistory', '*']],
  CloudWatchPutMetricPolicy: [['cloudwatch: PutMetricData', '*']],
  CodeCommitReadPolicy: [
    ['codecommit: GitPull GetBranch GetCommit GetRepository List* Describe*', 'codecommit:{RepositoryName}'],
  ],
  CodePipelineLambdaExecutionPolicy: [['codepipeline: PutJobSuccessResult PutJobFailureResult', '*']],
  ComprehendBasicAccessPolicy: [
    [
      'comprehend: BatchDetectKeyPhrases BatchDetectDominantLanguage BatchDetectEntities BatchDetectSentiment DetectDominantLanguage DetectEntities DetectKeyPhrases DetectSentiment',
      '*',
    ],
  ],
  DynamoDBBackupFullAccessPolicy: [
    ['dynamodb: CreateBackup DescribeContinuousBackups', TABLE[0]],
    ['dynamodb: DeleteBackup DescribeBackup ListBackups', 'dynamodb:table/{TableName}/backup/*'],
  ],
  DynamoDBCrudPolicy: [
    [`dynamodb: ${TABLE_READ} DeleteItem PutItem UpdateItem BatchWriteItem ConditionCheckItem`, ...TABLE],
  ],
  DynamoDBReadPolicy: [[`dynamodb: ${TABLE_READ}`, ...TABLE]],
  DynamoDBReconfigurePolicy: [['dynamodb: UpdateTable', TABLE[0]]],
  DynamoDBStreamReadPolicy: [
    [
      'dynamodb: DescribeStream GetRecords GetShardIterator',
      'dynamodb:table/{TableName}/stream/{StreamName}',
    ],
    ['dynamodb: ListStreams', 'dynamodb:table/{TableName}/stream/*'],
  ],
  DynamoDBWritePolicy: [['dynamodb: PutItem UpdateItem BatchWriteItem', ...TABLE]],
  EC2CopyImagePolicy: [['ec2: CopyImage', 'ec2:image/{ImageId}']],
  EC2DescribePolicy: [['ec2: DescribeRegions DescribeInstances', '*']],
  EcsRunTaskPolicy: [['ecs: RunTask', 'ecs:task-definition/{TaskDefinition}']],
  ElasticsearchHttpPostPolicy: [['es: ESHttpPost ESHttpPut', 'es:domain/{DomainName}/*']],
  EventBridgePutEventsPolicy: [['events: PutEvents', 'events:event-bus/{EventBusName}']],
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
  KinesisCrudPolicy: [
    [
      'kinesis: AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream GetRecords',
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
  PollyFullAccessPolicy: [
    ['polly: GetLexicon DeleteLexicon', 'polly:lexicon/{LexiconName}'],
    ['polly: DescribeVoices ListLexicons PutLexicon SynthesizeSpeech', 'polly:lexicon/*'],
  ],
  RekognitionDetectOnlyPolicy: [
    ['rekognition: DetectFaces DetectLabels DetectModerationLabels DetectText', '*'],
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
  S3CrudPolicy: [
    [`s3: ${OBJECT_READ} PutObject PutObjectAcl PutLifecycleConfiguration DeleteObject`, ...BUCKET],
  ],
  S3FullAccessPolicy: [
    [
      's3: GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging',
      BUCKET[1],
    ],
    ['s3: ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration', BUCKET[0]],
  ],
  S3ReadPolicy: [[`s3: ${OBJECT_READ}`, ...BUCKET]],
  S3WritePolicy: [['s3: PutObject PutObjectAcl PutLifecycleConfiguration', ...BUCKET]],
  SESBulkTemplatedCrudPolicy: [
    [
      'ses: GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail VerifyEmailIdentity',
      IDENTITY,
    ],
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
  StepFunctionsExecutionPolicy: [['states: StartExecution', 'states:stateMachine:{StateMachineName}']],
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

/** @param place the region and the account of the stack */
export function statementsOf(
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  place: Owner,
): object[] {
  const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined;
  if (!template) {
    throw new UserError(
      `The SAM policy template ${name} is not known here. ${didYouMeanOneOf(name, Object.keys(TEMPLATES))}`,
      'Write its statements in the template instead.',
    );
  }
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, parameter) => String(parameters[parameter] ?? '*'));
  const arnOf = (resource: string): string => {
    const [, service, end = ''] = /^(\w+):(.*)$/.exec(resource) ?? [];
    if (service === undefined) return filled(resource);
    const owner = end.startsWith('::') ? '' : `${place.region}:${place.accountId}:`;
    return `arn:aws:${service}:${owner}${filled(end)}`;
  };
  return template.map(([actions, ...resources]) => {
    const [service, names = ''] = actions.split(': ');
    return {
      Effect: 'Allow',
      Action: names.split(' ').map((action) => `${service}:${action}`),
      Resource: resources.map(arnOf),
    };
  });
}
