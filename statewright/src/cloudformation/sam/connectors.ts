import { objectOf, ownField } from '../../asl/graph';
import type { Resources } from './globals';

interface Profile {
  /** The type of the destination. */
  readonly type: RegExp;
  /** Actions of one service, `sqs: SendMessage`, by permission. */
  readonly Read?: string;
  readonly Write?: string;
  /** The ends of the resources' ARNs, after that of the destination (default: nothing more). */
  readonly ends?: readonly string[];
}

/** What a function or a state machine may do with a resource (SAM Developer Guide, "AWS SAM connector reference"). */
const PROFILES: readonly Profile[] = [
  { type: /^AWS::(?:Lambda|Serverless)::Function$/, Write: 'lambda: InvokeAsync InvokeFunction' },
  {
    type: /^AWS::(?:StepFunctions|Serverless)::StateMachine$/,
    Read: 'states: DescribeExecution DescribeStateMachine DescribeStateMachineForExecution GetExecutionHistory ListExecutions',
    Write: 'states: StartExecution StartSyncExecution StopExecution',
  },
  {
    type: /^AWS::SQS::Queue$/,
    Read: 'sqs: ReceiveMessage GetQueueAttributes',
    Write: 'sqs: DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue',
  },
  { type: /^AWS::SNS::Topic$/, Write: 'sns: Publish' },
  { type: /^AWS::Events::EventBus$/, Write: 'events: PutEvents' },
  {
    type: /^AWS::(?:DynamoDB::Table|Serverless::SimpleTable)$/,
    Read: 'dynamodb: GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect',
    Write: 'dynamodb: PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate',
    ends: ['', '/index/*'],
  },
  {
    type: /^AWS::S3::Bucket$/,
    Read: 's3: GetObject GetObjectAcl GetObjectVersion ListBucket ListBucketVersions',
    Write: 's3: PutObject PutObjectAcl DeleteObject DeleteObjectVersion RestoreObject AbortMultipartUpload',
    ends: ['', '/*'],
  },
];

/** The policies that SAM makes of connectors: resources, and `Connectors` of other resources. */
export function connectorPolicies(resources: Resources): Record<string, object> {
  return Object.fromEntries(
    Object.entries(resources).flatMap(([id, resource]) => {
      if (ownField(resource, 'Type') === 'AWS::Serverless::Connector') {
        const properties = ownField(resource, 'Properties');
        const source = ownField(ownField(properties, 'Source'), 'Id');
        return policies(id, String(source), properties, resources);
      }
      return Object.entries(objectOf(ownField(resource, 'Connectors')) ?? {}).flatMap(([name, connector]) =>
        policies(id + name, id, ownField(connector, 'Properties'), resources),
      );
    }),
  );
}

/** One for each destination whose type is known, for the role of the source. */
function policies(
  name: string,
  source: string,
  properties: unknown,
  resources: Resources,
): [string, object][] {
  const from = ownField(resources[source], 'Properties');
  const role = ownField(from, 'Role') ?? ownField(from, 'RoleArn');
  const permissions = [ownField(properties, 'Permissions') ?? []].flat().map(String);
  return [ownField(properties, 'Destination') ?? []].flat().flatMap((destination, index) => {
    const id = ownField(destination, 'Id');
    const type = ownField(destination, 'Type') ?? ownField(resources[String(id)], 'Type');
    const profile = PROFILES.find((each) => each.type.test(String(type)));
    const Action = permissions.flatMap((each) => actions(profile?.[each as 'Read' | 'Write']));
    if (role === undefined || Action.length === 0) return [];
    const arn = ownField(destination, 'Arn') ?? { 'Fn::GetAtt': [id, 'Arn'] };
    const Resource = (profile?.ends ?? ['']).map((end) => ({ 'Fn::Join': ['', [arn, end]] }));
    const own = { Effect: 'Allow', Action, Resource };
    const Statement = /StateMachine$/.test(String(type)) ? [own, ...ofExecutions(arn, Action)] : [own];
    const PolicyDocument = { Version: '2012-10-17', Statement };
    const policy = { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument, Roles: [role] } };
    return [[`${name}Policy${index === 0 ? '' : index}`, policy] as [string, object]];
  });
}

/** `sqs: SendMessage` as `sqs:SendMessage`. */
function actions(text: string | undefined): string[] {
  const [service, names = ''] = text?.split(': ') ?? [];
  return names === '' ? [] : names.split(' ').map((name) => `${service}:${name}`);
}

/** The executions of a state machine, and the rule with which Step Functions waits for their end. */
function ofExecutions(arn: unknown, Action: readonly string[]): object[] {
  const name = { 'Fn::Select': [6, { 'Fn::Split': [':', arn] }] };
  const arnOf = (service: string, end: unknown[]) => ({
    'Fn::Join': [':', [`arn:aws:${service}`, { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, ...end]],
  });
  return [
    { Effect: 'Allow', Action, Resource: arnOf('states', ['execution', name, '*']) },
    {
      Effect: 'Allow',
      Action: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      Resource: arnOf('events', ['rule/StepFunctionsGetEventsForStepFunctionsExecutionRule']),
    },
  ];
}
