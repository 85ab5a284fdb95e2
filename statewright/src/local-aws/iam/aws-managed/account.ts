import { type AwsManagedPolicies, allow, allowAllBut } from './statements';

/**
 * Policies for people and for whole accounts (AWS Managed Policy Reference Guide). Of ReadOnlyAccess, which has 3,000
 * actions, only the services that state machines and functions work with are listed.
 */
export const accountPolicies: AwsManagedPolicies = {
  AdministratorAccess: [allow('*')],
  PowerUserAccess: [
    allowAllBut(['iam: *', 'organizations: *', 'account: *']),
    allow([
      'account: GetAccountInformation GetGovCloudAccountInformation GetPrimaryEmail ListRegions',
      'iam: CreateServiceLinkedRole DeleteServiceLinkedRole ListRoles',
      'organizations: DescribeEffectivePolicy DescribeOrganization',
    ]),
  ],
  ReadOnlyAccess: [
    allow([
      'apigateway: GET GetPortal GetPortalProduct GetProductPage GetProductRestEndpointPage GetRoutingRule ListPortalProducts ListPortals ListProductPages ListProductRestEndpointPages ListRoutingRules',
      'athena: Batch* Get* List*',
      'batch: Describe* List*',
      'cloudformation: BatchDescribeTypeConfigurations Describe* Detect* Estimate* Get* List* ValidateTemplate',
      'cloudwatch: Describe* GenerateQuery GenerateQueryResultsSummary Get* List*',
      'codebuild: BatchGet* DescribeCodeCoverages DescribeTestCases List*',
      'dynamodb: BatchGet* Describe* Get* List* PartiQLSelect Query Scan',
      'ec2: Describe* DescribeInstanceImageMetadata Get* ListImagesInRecycleBin ListSnapshotsInRecycleBin SearchLocalGatewayRoutes SearchTransitGatewayRoutes',
      'ecr: BatchCheck* BatchGet* Describe* Get* List*',
      'ecs: Describe* List*',
      'elasticmapreduce: Describe* GetBlockPublicAccessConfiguration List* View*',
      'events: Describe* List* Test*',
      'firehose: Describe* List*',
      'iam: Generate* Get* List* Simulate*',
      'kinesis: Describe* Get* List*',
      'kms: Describe* Get* List*',
      'lambda: Get* List*',
      'logs: Describe* FilterLogEvents Get* ListAggregateLogGroupSummaries ListAnomalies ListEntitiesForLogGroup ListIntegrations ListLogAnomalyDetectors ListLogDeliveries ListLogGroupsForEntity ListLogGroupsForQuery ListScheduledQueries ListSourcesForS3TableIntegration ListTagsForResource ListTagsLogGroup StartLiveTail StartQuery StopLiveTail StopQuery TestMetricFilter',
      'pipes: DescribePipe ListPipes ListTagsForResource',
      'rds: Describe* Download* List*',
      's3: DescribeJob Get* List*',
      'sagemaker: Describe* GetSearchSuggestions List* Search',
      'scheduler: GetSchedule GetScheduleGroup ListScheduleGroups ListSchedules ListTagsForResource',
      'secretsmanager: Describe* GetResourcePolicy List*',
      'sns: Check* Get* List*',
      'sqs: Get* List* Receive*',
      'ssm: Describe* Get* List*',
      'states: Describe* GetExecutionHistory List* ValidateStateMachineDefinition',
      'sts: GetAccessKeyInfo GetCallerIdentity GetSessionToken',
      'xray: BatchGet* CancelTraceRetrieval Get* ListResourcePolicies ListRetrievedTraces ListTagsForResource StartTraceRetrieval',
    ]),
  ],
  IAMFullAccess: [
    allow([
      'iam: *',
      'organizations: DescribeAccount DescribeOrganization DescribeOrganizationalUnit DescribePolicy ListChildren ListParents ListPoliciesForTarget ListRoots ListPolicies ListTargetsForPolicy',
    ]),
  ],
  IAMReadOnlyAccess: [
    allow(
      'iam: GenerateCredentialReport GenerateServiceLastAccessedDetails Get* List* SimulateCustomPolicy SimulatePrincipalPolicy',
    ),
  ],
};
