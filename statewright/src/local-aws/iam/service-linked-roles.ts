import { invalidInput, noSuchEntity } from './errors';
import type { IamRequest } from './requests';
import { addRole } from './roles';
import { type Role, showPrincipal } from './show';
import { type IamStore, SERVICE_LINKED_PATH } from './store';

/** What follows `AWSServiceRoleFor` in the names of common services' roles; each service's guide has its own. */
const ROLE_NAMES: Readonly<Record<string, string>> = {
  'apidestinations.events': 'AmazonEventBridgeApiDestinations',
  autoscaling: 'AutoScaling',
  batch: 'Batch',
  config: 'Config',
  'delivery.logs': 'LogDelivery',
  'dynamodb.application-autoscaling': 'ApplicationAutoScaling_DynamoDBTable',
  ecs: 'ECS',
  'ecs.application-autoscaling': 'ApplicationAutoScaling_ECSService',
  eks: 'AmazonEKS',
  'eks-nodegroup': 'AmazonEKSNodegroup',
  elasticache: 'ElastiCache',
  elasticbeanstalk: 'ElasticBeanstalk',
  elasticfilesystem: 'AmazonElasticFileSystem',
  elasticloadbalancing: 'ElasticLoadBalancing',
  es: 'AmazonElasticsearchService',
  events: 'CloudWatchEvents',
  guardduty: 'AmazonGuardDuty',
  'lambda.application-autoscaling': 'ApplicationAutoScaling_LambdaConcurrency',
  opensearchservice: 'AmazonOpenSearchService',
  'ops.apigateway': 'APIGateway',
  organizations: 'Organizations',
  rds: 'RDS',
  'replicator.lambda': 'LambdaReplicator',
  spot: 'EC2Spot',
  spotfleet: 'EC2SpotFleet',
  ssm: 'AmazonSSM',
  transitgateway: 'VPCTransitGateway',
};

/** Creates the role of a service. AWS gives it a policy of the service; here it has none, since no such service runs. */
export function createServiceLinkedRole(
  iam: IamStore,
  { AWSServiceName: service, CustomSuffix, Description }: IamRequest<'CreateServiceLinkedRole'>,
): { Role: Role } {
  const [, label] = /^([\w.-]+)\.amazonaws\.com(?:\.cn)?$/.exec(service) ?? [];
  if (label === undefined) {
    throw invalidInput(`The service name ${service} is not valid. A valid one is ecs.amazonaws.com.`);
  }
  const name = `AWSServiceRoleFor${ROLE_NAMES[label] ?? guessedName(iam, label)}`;
  const RoleName = CustomSuffix === undefined ? name : `${name}_${CustomSuffix}`;
  if (iam.roles.has(RoleName)) {
    throw invalidInput(
      `Service role name ${RoleName} has been taken in this account, please try a different suffix.`,
    );
  }
  const role = addRole(iam, {
    RoleName,
    Path: `${SERVICE_LINKED_PATH}${service}/`,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    }),
    ...(Description !== undefined && { Description }),
  });
  return { Role: showPrincipal(role) };
}

/** Deletes the role at once; AWS does so later, when the service has no resource that uses it. */
export function deleteServiceLinkedRole(
  iam: IamStore,
  { RoleName }: IamRequest<'DeleteServiceLinkedRole'>,
): { DeletionTaskId: string } {
  const role = iam.role(RoleName);
  if (!role.Path.startsWith(SERVICE_LINKED_PATH)) {
    throw noSuchEntity(`Service-linked role ${RoleName} cannot be found.`);
  }
  iam.roles.delete(RoleName);
  const DeletionTaskId = `task${role.Path}${RoleName}/${iam.context.uuid()}`;
  iam.roleDeletions.add(DeletionTaskId);
  return { DeletionTaskId };
}

export function getServiceLinkedRoleDeletionStatus(
  iam: IamStore,
  { DeletionTaskId }: IamRequest<'GetServiceLinkedRoleDeletionStatus'>,
): { Status: 'SUCCEEDED' } {
  if (!iam.roleDeletions.has(DeletionTaskId)) {
    throw noSuchEntity(`Deletion task ${DeletionTaskId} cannot be found.`);
  }
  return { Status: 'SUCCEEDED' };
}

function guessedName(iam: IamStore, label: string): string {
  const guess = label.replace(/(?:^|\W)(\w)/g, (_, letter: string) => letter.toUpperCase());
  iam.context.warn?.(
    `The local AWS does not know the name of the service-linked role of ${label}.amazonaws.com: here it is AWSServiceRoleFor${guess}.`,
  );
  return guess;
}
