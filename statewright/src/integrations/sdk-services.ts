/** The names of AWS services: in a Task's Resource, in the SDK's packages, and in the errors of Tasks. */

/** The packages `@aws-sdk/client-…` whose name has hyphens; a Resource writes them without. */
const HYPHENATED =
  `acm-pca api-gateway application-auto-scaling auto-scaling bedrock-agent bedrock-agent-runtime
  bedrock-agentcore bedrock-agentcore-control bedrock-data-automation bedrock-data-automation-runtime bedrock-runtime
  chime-sdk-meetings chime-sdk-messaging cloudhsm-v2 cloudwatch-events cloudwatch-logs cognito-identity
  cognito-identity-provider cognito-sync compute-optimizer config-service cost-explorer customer-profiles
  database-migration-service device-farm devops-guru direct-connect directory-service dynamodb-streams
  elastic-beanstalk elastic-load-balancing elastic-load-balancing-v2 elastic-transcoder elasticsearch-service
  emr-containers emr-serverless global-accelerator iot-data-plane iot-events iot-events-data iot-jobs-data-plane
  iot-wireless kinesis-analytics kinesis-analytics-v2 kinesis-video lex-models-v2 lex-runtime-service lex-runtime-v2
  license-manager machine-learning marketplace-catalog mediapackage-vod medical-imaging network-firewall
  personalize-events personalize-runtime pinpoint-sms-voice-v2 rds-data redshift-data redshift-serverless
  resource-explorer-2 resource-groups resource-groups-tagging-api route-53 route-53-domains s3-control
  sagemaker-a2i-runtime sagemaker-featurestore-runtime sagemaker-runtime secrets-manager service-catalog service-quotas
  ssm-contacts ssm-incidents sso-admin sso-oidc storage-gateway timestream-query timestream-write
  transcribe-streaming vpc-lattice waf-regional`.split(/\s+/);

/** Services that a Resource calls by another name than the SDK's. */
const PACKAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(HYPHENATED.map((name) => [name.replaceAll('-', ''), name])),
  databasemigration: 'database-migration-service',
  config: 'config-service',
  elasticmapreduce: 'emr',
  'emr-containers': 'emr-containers',
  'emr-serverless': 'emr-serverless',
  events: 'eventbridge',
  states: 'sfn',
};

/** The service's name in the SDK's packages: `secrets-manager` for `secretsmanager`. */
export const packageOf = (service: string): string => PACKAGES[service] ?? service;

/** The names of `aws-sdk:` services in errors that are not the words of their packages. */
const SDK_NAMES: Readonly<Record<string, string>> = {
  cloudformation: 'CloudFormation',
  cloudfront: 'CloudFront',
  cloudtrail: 'CloudTrail',
  cloudwatch: 'CloudWatch',
  'cloudwatch-logs': 'CloudWatchLogs',
  codebuild: 'CodeBuild',
  codecommit: 'CodeCommit',
  codedeploy: 'CodeDeploy',
  codepipeline: 'CodePipeline',
  databrew: 'DataBrew',
  datasync: 'DataSync',
  'database-migration-service': 'DatabaseMigration',
  dynamodb: 'DynamoDb',
  elasticache: 'ElastiCache',
  eventbridge: 'EventBridge',
  guardduty: 'GuardDuty',
  lakeformation: 'LakeFormation',
  mediaconvert: 'MediaConvert',
  opensearch: 'OpenSearch',
  quicksight: 'QuickSight',
  sagemaker: 'SageMaker',
  'sagemaker-runtime': 'SageMakerRuntime',
  securityhub: 'SecurityHub',
  servicediscovery: 'ServiceDiscovery',
  sesv2: 'SesV2',
};

/** The name of an `aws-sdk:` service in errors, such as `DynamoDb`. */
export function sdkName(service: string): string {
  const name = packageOf(service);
  const words = () => name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return SDK_NAMES[name] ?? words().join('');
}

interface OptimizedName {
  /** What the names of errors begin with. */
  readonly prefix: string;
  /** The service's name in causes. */
  readonly service: string;
}

/** The names of optimized integrations in errors, where they are not those of `aws-sdk:` calls. */
const OPTIMIZED: Readonly<Record<string, OptimizedName>> = {
  athena: { prefix: 'Athena', service: 'AmazonAthena' },
  batch: { prefix: 'Batch', service: 'AWSBatch' },
  codebuild: { prefix: 'CodeBuild', service: 'AWSCodeBuild' },
  databrew: { prefix: 'DataBrew', service: 'AWSGlueDataBrew' },
  dynamodb: { prefix: 'DynamoDB', service: 'AmazonDynamoDBv2' },
  ecs: { prefix: 'ECS', service: 'AmazonECS' },
  eks: { prefix: 'EKS', service: 'AmazonEKS' },
  elasticmapreduce: { prefix: 'ElasticMapReduce', service: 'AmazonElasticMapReduce' },
  'emr-containers': { prefix: 'EMRContainers', service: 'AmazonEMRContainers' },
  'emr-serverless': { prefix: 'EMRServerless', service: 'AWSEMRServerless' },
  events: { prefix: 'EventBridge', service: 'AmazonEventBridge' },
  glue: { prefix: 'Glue', service: 'AWSGlue' },
  lambda: { prefix: 'Lambda', service: 'AWSLambda' },
  mediaconvert: { prefix: 'MediaConvert', service: 'AWSMediaConvert' },
  sagemaker: { prefix: 'SageMaker', service: 'AmazonSageMaker' },
  sns: { prefix: 'SNS', service: 'AmazonSNS' },
  sqs: { prefix: 'SQS', service: 'AmazonSQS' },
  states: { prefix: 'StepFunctions', service: 'AWSStepFunctions' },
};

/** The names of an optimized integration in errors; undefined for one whose errors are those of `aws-sdk:` calls. */
export const optimizedName = (service: string): OptimizedName | undefined =>
  Object.hasOwn(OPTIMIZED, service) ? OPTIMIZED[service] : undefined;
