// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are IAM's variables
import { type AwsManagedPolicies, allow } from './statements';

/** Policies for Lambda functions and Step Functions (AWS Managed Policy Reference Guide). */
export const functionPolicies: AwsManagedPolicies = {
  'service-role/AWSLambdaBasicExecutionRole': [allow('logs: CreateLogGroup CreateLogStream PutLogEvents')],
  'service-role/AWSLambdaRole': [allow('lambda: InvokeFunction')],
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    allow([
      'logs: CreateLogGroup CreateLogStream PutLogEvents',
      'ec2: CreateNetworkInterface DescribeNetworkInterfaces DescribeSubnets DeleteNetworkInterface AssignPrivateIpAddresses UnassignPrivateIpAddresses',
    ]),
  ],
  'service-role/AWSLambdaENIManagementAccess': [
    allow(
      'ec2: CreateNetworkInterface DescribeNetworkInterfaces DeleteNetworkInterface AssignPrivateIpAddresses UnassignPrivateIpAddresses',
    ),
  ],
  'service-role/AWSLambdaSQSQueueExecutionRole': [
    allow([
      'sqs: ReceiveMessage DeleteMessage GetQueueAttributes',
      'logs: CreateLogGroup CreateLogStream PutLogEvents',
    ]),
  ],
  'service-role/AWSLambdaDynamoDBExecutionRole': [
    allow([
      'dynamodb: DescribeStream GetRecords GetShardIterator ListStreams',
      'logs: CreateLogGroup CreateLogStream PutLogEvents',
    ]),
  ],
  'service-role/AWSLambdaKinesisExecutionRole': [
    allow([
      'kinesis: DescribeStream DescribeStreamSummary GetRecords GetShardIterator ListShards ListStreams SubscribeToShard',
      'logs: CreateLogGroup CreateLogStream PutLogEvents',
    ]),
  ],
  'service-role/AWSLambdaMSKExecutionRole': [
    allow([
      'kafka: DescribeCluster DescribeClusterV2 GetBootstrapBrokers',
      'ec2: CreateNetworkInterface DescribeNetworkInterfaces DescribeVpcs DeleteNetworkInterface DescribeSubnets DescribeSecurityGroups',
      'logs: CreateLogGroup CreateLogStream PutLogEvents',
    ]),
  ],
  'AWSLambdaInvocation-DynamoDB': [
    allow('lambda: InvokeFunction'),
    allow('dynamodb: DescribeStream GetRecords GetShardIterator ListStreams'),
  ],
  AWSLambdaExecute: [
    allow('logs: *', 'arn:aws:logs:*:*:*'),
    allow('s3: GetObject PutObject', 'arn:aws:s3:::*'),
  ],
  AWSLambda_FullAccess: [
    allow([
      'cloudformation: DescribeStacks ListStackResources',
      'cloudwatch: ListMetrics GetMetricData',
      'ec2: DescribeSecurityGroups DescribeSubnets DescribeVpcs',
      'kms: DescribeKey ListAliases',
      'iam: GetPolicy GetPolicyVersion GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies ListRoles',
      'lambda: *',
      'logs: DescribeLogGroups',
      'states: DescribeStateMachine ListStateMachines',
      'tag: GetResources',
      'xray: GetTraceSummaries BatchGetTraces',
    ]),
    allow('iam: PassRole', '*', { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }),
    allow(
      'logs: DescribeLogStreams GetLogEvents FilterLogEvents StartLiveTail StopLiveTail',
      'arn:aws:logs:*:*:log-group:/aws/lambda/*',
    ),
    allow(
      'iam: CreateServiceLinkedRole',
      'arn:aws:iam::*:role/aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda',
      { StringEquals: { 'iam:AWSServiceName': 'lambda.amazonaws.com' } },
    ),
  ],
  AWSLambda_ReadOnlyAccess: [
    allow([
      'cloudformation: DescribeStacks ListStacks ListStackResources',
      'cloudwatch: GetMetricData ListMetrics',
      'ec2: DescribeSecurityGroups DescribeSubnets DescribeVpcs',
      'kms: ListAliases',
      'iam: GetPolicy GetPolicyVersion GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies ListRoles',
      'logs: DescribeLogGroups',
      'lambda: Get* List*',
      'states: DescribeStateMachine ListStateMachines',
      'tag: GetResources',
      'xray: GetTraceSummaries BatchGetTraces',
    ]),
    allow(
      'logs: DescribeLogStreams GetLogEvents FilterLogEvents StartQuery StopQuery DescribeQueries GetLogGroupFields GetLogRecord GetQueryResults StartLiveTail StopLiveTail',
      'arn:aws:logs:*:*:log-group:/aws/lambda/*',
    ),
  ],
  'service-role/AWSLambdaBasicDurableExecutionRolePolicy': [
    allow([
      'logs: CreateLogGroup CreateLogStream PutLogEvents',
      'lambda: CheckpointDurableExecution GetDurableExecutionState',
    ]),
  ],
  'service-role/AmazonS3ObjectLambdaExecutionRolePolicy': [
    allow(['logs: CreateLogGroup CreateLogStream PutLogEvents', 's3-object-lambda: WriteGetObjectResponse']),
  ],
  CloudWatchLambdaInsightsExecutionRolePolicy: [
    allow('logs: CreateLogGroup'),
    allow('logs: CreateLogStream PutLogEvents', 'arn:aws:logs:*:*:log-group:/aws/lambda-insights:*'),
  ],
  CloudWatchLambdaApplicationSignalsExecutionRolePolicy: [
    allow('xray: PutTraceSegments', '*', {
      StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' },
    }),
    allow(
      'logs: CreateLogGroup CreateLogStream PutLogEvents',
      'arn:aws:logs:*:*:log-group:/aws/application-signals/data:*',
      { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
    ),
  ],
  AWSXRayDaemonWriteAccess: [
    allow(
      'xray: PutTraceSegments PutTelemetryRecords GetSamplingRules GetSamplingTargets GetSamplingStatisticSummaries',
    ),
  ],
  AWSXrayWriteOnlyAccess: [
    allow(
      'xray: PutTraceSegments PutTelemetryRecords GetSamplingRules GetSamplingTargets GetSamplingStatisticSummaries',
    ),
  ],
  AWSXrayReadOnlyAccess: [
    allow(
      'xray: GetSamplingRules GetSamplingTargets GetSamplingStatisticSummaries BatchGetTraces BatchGetTraceSummaryById GetDistinctTraceGraphs GetServiceGraph GetTraceGraph GetTraceSummaries GetGroups GetGroup ListTagsForResource ListResourcePolicies GetTimeSeriesServiceStatistics GetInsightSummaries GetInsight GetInsightEvents GetInsightImpactGraph',
    ),
  ],
  AWSXrayFullAccess: [allow('xray: *')],
  AWSStepFunctionsFullAccess: [allow('states: *')],
  AWSStepFunctionsReadOnlyAccess: [
    allow(
      'states: ListStateMachines ListActivities DescribeStateMachine DescribeStateMachineForExecution ListExecutions DescribeExecution GetExecutionHistory DescribeActivity ListTagsForResource DescribeMapRun ListMapRuns DescribeStateMachineAlias ListStateMachineAliases ListStateMachineVersions ValidateStateMachineDefinition',
    ),
  ],
  AWSStepFunctionsConsoleFullAccess: [
    allow('states: *'),
    allow('iam: ListRoles'),
    allow('iam: PassRole', 'arn:aws:iam::*:role/service-role/StatesExecutionRole*'),
    allow('lambda: ListFunctions'),
  ],
};
