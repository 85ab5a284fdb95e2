/**
 * Actions of one service, `sqs: SendMessage`, and the resources for which they are allowed: `{Arn}` is the ARN of the called
 * resource, `{Name}` its name, and `states:execution` is `arn:aws:states:REGION:ACCOUNT:execution`.
 */
export type Allowed = readonly [actions: string, ...resources: string[]];

/** What a connector allows, by permission. */
export interface Profile {
  readonly Read?: readonly Allowed[];
  readonly Write?: readonly Allowed[];
  /** Whether it is the role of the destination that calls the source. */
  readonly isOfDestination?: true;
}

const OBJECTS = ['{Arn}', '{Arn}/*'];
const ITEMS = ['{Arn}', '{Arn}/index/*'];
const EXECUTIONS = 'states:execution:{Name}:*';
/** With this rule, Step Functions waits for the end of an execution. */
const RULE = 'events:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';

/** The same from functions and from state machines. */
const COMMON: Readonly<Record<string, Profile>> = {
  'AWS::Lambda::Function': { Write: [['lambda: InvokeAsync InvokeFunction', '{Arn}']] },
  'AWS::SNS::Topic': { Write: [['sns: Publish', '{Arn}']] },
  'AWS::Events::EventBus': { Write: [['events: PutEvents', '{Arn}']] },
  'AWS::DynamoDB::Table': {
    Read: [['dynamodb: GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect', ...ITEMS]],
    Write: [
      [
        'dynamodb: PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate',
        ...ITEMS,
      ],
    ],
  },
  'AWS::S3::Bucket': {
    Read: [
      [
        's3: GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts',
        ...OBJECTS,
      ],
    ],
    Write: [
      [
        's3: AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention RestoreObject',
        ...OBJECTS,
      ],
    ],
  },
};

/**
 * What SAM's connectors allow to roles, by the types of the source and of the destination (SAM Developer Guide, "AWS SAM
 * connector reference").
 */
export const PROFILES: Readonly<Record<string, Readonly<Record<string, Profile>>>> = {
  'AWS::Lambda::Function': {
    ...COMMON,
    'AWS::SQS::Queue': {
      Read: [['sqs: ReceiveMessage GetQueueAttributes', '{Arn}']],
      Write: [['sqs: DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue', '{Arn}']],
    },
    'AWS::StepFunctions::StateMachine': {
      Read: [
        ['states: DescribeStateMachine ListExecutions', '{Arn}'],
        ['states: DescribeExecution DescribeStateMachineForExecution GetExecutionHistory', EXECUTIONS],
      ],
      Write: [
        ['states: StartExecution StartSyncExecution', '{Arn}'],
        ['states: StopExecution', EXECUTIONS],
      ],
    },
    'AWS::Location::PlaceIndex': {
      Read: [
        [
          'geo: DescribePlaceIndex GetPlace SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions SearchPlaceIndexForText',
          '{Arn}',
        ],
      ],
    },
  },
  'AWS::StepFunctions::StateMachine': {
    ...COMMON,
    'AWS::SQS::Queue': { Write: [['sqs: SendMessage', '{Arn}']] },
    'AWS::StepFunctions::StateMachine': {
      Read: [
        ['states: DescribeExecution', EXECUTIONS],
        ['events: DescribeRule', RULE],
      ],
      Write: [
        ['states: StartExecution', '{Arn}'],
        ['states: StopExecution', EXECUTIONS],
        ['events: PutTargets PutRule', RULE],
      ],
    },
  },
  'AWS::SQS::Queue': {
    'AWS::Lambda::Function': {
      isOfDestination: true,
      Read: [['sqs: ReceiveMessage GetQueueAttributes', '{Arn}']],
      Write: [['sqs: DeleteMessage', '{Arn}']],
    },
  },
  'AWS::DynamoDB::Table': {
    'AWS::Lambda::Function': {
      isOfDestination: true,
      Read: [['dynamodb: DescribeStream GetRecords GetShardIterator ListStreams', '{Arn}/stream/*']],
    },
  },
};
