/** The permissions that the role of a state machine gets for what its definition calls. */
import { SfnActivity } from '@cdktf/provider-aws/lib/sfn-activity';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { StateMachine as Definition } from '../../src/asl';
import { allowServices } from '../../src/constructs/service-permissions';
import { StateMachine } from '../../src/constructs/state-machine';
import { statements, synthesized } from './synthesized';

const home = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}`;
const rule = (name: string) => arn('events', `rule/StepFunctionsGetEvent${name}Rule`);

const task = (resource: string, Parameters: object, more: object = {}) => ({
  StartAt: 'Call',
  States: {
    Call: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters, End: true, ...more },
  },
});

/** Each action and its resources. */
function allowed(definition: object): string[] {
  return allowServices(definition, home).flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${resource}`)),
  );
}

const child = arn('states', 'stateMachine:child');

test.each<[string, object, string[]]>([
  [
    'sqs:sendMessage',
    { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q', MessageBody: '' },
    [`sqs:SendMessage ${arn('sqs', 'q')}`],
  ],
  [
    'sqs:sendMessage.waitForTaskToken',
    { QueueUrl: 'http://127.0.0.1:5000/123456789012/q', MessageBody: '' },
    [`sqs:SendMessage ${arn('sqs', 'q')}`],
  ],
  ['sns:publish', { TopicArn: arn('sns', 't'), Message: '' }, [`sns:Publish ${arn('sns', 't')}`]],
  ['dynamodb:getItem', { TableName: 't', Key: {} }, [`dynamodb:GetItem ${arn('dynamodb', 'table/t')}`]],
  ['dynamodb:putItem', { TableName: 't', Item: {} }, [`dynamodb:PutItem ${arn('dynamodb', 'table/t')}`]],
  ['dynamodb:updateItem', { TableName: 't', Key: {} }, [`dynamodb:UpdateItem ${arn('dynamodb', 'table/t')}`]],
  ['dynamodb:deleteItem', { TableName: 't', Key: {} }, [`dynamodb:DeleteItem ${arn('dynamodb', 'table/t')}`]],
  [
    'events:putEvents',
    { Entries: [{ EventBusName: 'shop' }, { Source: 's' }, {}] },
    [
      `events:PutEvents ${arn('events', 'event-bus/shop')}`,
      `events:PutEvents ${arn('events', 'event-bus/default')}`,
    ],
  ],
  [
    'aws-sdk:sfn:getActivityTask',
    { ActivityArn: arn('states', 'activity:paint') },
    [`states:GetActivityTask ${arn('states', 'activity:paint')}`],
  ],
  ['states:startExecution', { StateMachineArn: child }, [`states:StartExecution ${child}`]],
  [
    'states:startExecution.sync:2',
    { StateMachineArn: child },
    [
      `states:StartExecution ${child}`,
      `states:DescribeExecution ${arn('states', 'execution:child:*')}`,
      `states:StopExecution ${arn('states', 'execution:child:*')}`,
      `events:PutTargets ${rule('sForStepFunctionsExecution')}`,
      `events:PutRule ${rule('sForStepFunctionsExecution')}`,
      `events:DescribeRule ${rule('sForStepFunctionsExecution')}`,
    ],
  ],
  [
    'ecs:runTask.sync',
    { TaskDefinition: 'app', Cluster: 'c' },
    [
      `ecs:RunTask ${arn('ecs', 'task-definition/app:*')}`,
      `events:PutTargets ${rule('sForECSTask')}`,
      `events:PutRule ${rule('sForECSTask')}`,
      `events:DescribeRule ${rule('sForECSTask')}`,
      'ecs:DescribeTasks *',
      'ecs:StopTask *',
    ],
  ],
  [
    'batch:submitJob.sync',
    { JobDefinition: 'd', JobQueue: 'q', JobName: 'j' },
    [
      `batch:SubmitJob ${arn('batch', 'job-definition/d:*')}`,
      `batch:SubmitJob ${arn('batch', 'job-queue/q')}`,
      `events:PutTargets ${rule('sForBatchJobs')}`,
      `events:PutRule ${rule('sForBatchJobs')}`,
      `events:DescribeRule ${rule('sForBatchJobs')}`,
      'batch:DescribeJobs *',
      'batch:TerminateJob *',
    ],
  ],
  [
    'glue:startJobRun.sync',
    { JobName: 'j' },
    ['StartJobRun', 'GetJobRun', 'GetJobRuns', 'BatchStopJobRun'].map(
      (action) => `glue:${action} ${arn('glue', 'job/j')}`,
    ),
  ],
  [
    'codebuild:startBuild.sync',
    { ProjectName: 'p' },
    [
      ...['StartBuild', 'BatchGetBuilds', 'StopBuild'].map(
        (action) => `codebuild:${action} ${arn('codebuild', 'project/p')}`,
      ),
      ...['PutTargets', 'PutRule', 'DescribeRule'].map(
        (action) => `events:${action} ${rule('ForCodeBuildStartBuild')}`,
      ),
    ],
  ],
  [
    'athena:startQueryExecution.sync',
    { QueryString: 'SELECT 1', WorkGroup: 'w' },
    ['StartQueryExecution', 'GetQueryExecution', 'StopQueryExecution'].map(
      (action) => `athena:${action} ${arn('athena', 'workgroup/w')}`,
    ),
  ],
  [
    'sagemaker:createTrainingJob.sync',
    { TrainingJobName: 'j' },
    [
      ...['Create', 'Describe', 'Stop'].map(
        (verb) => `sagemaker:${verb}TrainingJob ${arn('sagemaker', 'training-job/j')}`,
      ),
      ...['PutTargets', 'PutRule', 'DescribeRule'].map(
        (action) => `events:${action} ${rule('sForSageMakerTrainingJobs')}`,
      ),
    ],
  ],
  [
    'elasticmapreduce:terminateCluster',
    { ClusterId: 'j-1' },
    [`elasticmapreduce:TerminateJobFlows ${arn('elasticmapreduce', 'cluster/j-1')}`],
  ],
  [
    'bedrock:invokeModel',
    { ModelId: 'm', Body: {} },
    ['bedrock:InvokeModel arn:aws:bedrock:eu-west-1::foundation-model/m'],
  ],
  [
    'apigateway:invoke',
    {
      ApiEndpoint: 'abc.execute-api.eu-west-1.amazonaws.com',
      Method: 'GET',
      Stage: 'prod',
      Path: '/pets',
      AuthType: 'IAM_ROLE',
    },
    [`execute-api:Invoke ${arn('execute-api', 'abc/prod/GET/pets')}`],
  ],
  ['apigateway:invoke', { ApiEndpoint: 'abc.execute-api.eu-west-1.amazonaws.com', Method: 'GET' }, []],
  [
    'http:invoke',
    {
      ApiEndpoint: 'https://example.com',
      Method: 'GET',
      Authentication: { ConnectionArn: arn('events', 'connection/c/1') },
    },
    [
      `events:RetrieveConnectionCredentials ${arn('events', 'connection/c/1')}`,
      'secretsmanager:GetSecretValue arn:aws:secretsmanager:*:*:secret:events!connection/*',
      'secretsmanager:DescribeSecret arn:aws:secretsmanager:*:*:secret:events!connection/*',
      'states:InvokeHTTPEndpoint *',
    ],
  ],
  ['aws-sdk:s3:getObject', { Bucket: 'b', Key: 'k' }, ['s3:GetObject arn:aws:s3:::b/k']],
  ['aws-sdk:s3:listObjectsV2', { Bucket: 'b' }, ['s3:ListBucket arn:aws:s3:::b']],
  [
    'aws-sdk:secretsmanager:getSecretValue',
    { SecretId: arn('secretsmanager', 'secret:s-a1b2c3') },
    [`secretsmanager:GetSecretValue ${arn('secretsmanager', 'secret:s-a1b2c3')}`],
  ],
  ['aws-sdk:ssm:getParameter', { Name: '/app/key' }, [`ssm:GetParameter ${arn('ssm', 'parameter/app/key')}`]],
  ['aws-sdk:sfn:sendTaskSuccess', { TaskToken: 't', Output: '{}' }, ['states:SendTaskSuccess *']],
  [
    'aws-sdk:eventbridge:putEvents',
    { Entries: [{}] },
    [`events:PutEvents ${arn('events', 'event-bus/default')}`],
  ],
])('%s', (resource, Parameters, expected) => {
  expect(allowed(task(resource, Parameters))).toEqual(expected);
});

test('a resource that is known at run time is *, and the statement says so', () => {
  const policy = allowServices(task('sqs:sendMessage', { 'QueueUrl.$': '$.queue', MessageBody: '' }), home);
  expect(policy).toEqual([
    { Sid: 'CallNamedAtRunTime', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: '*' },
  ]);
  const jsonata = task(
    'sns:publish',
    {},
    { QueryLanguage: 'JSONata', Arguments: { TopicArn: '{% $topic %}' } },
  );
  expect(allowed({ ...jsonata })).toEqual(['sns:Publish *']);
});

test('with Credentials the role may assume the other role, which makes the call', () => {
  const RoleArn = 'arn:aws:iam::111122223333:role/other';
  const Parameters = { TopicArn: arn('sns', 't'), Message: '' };
  expect(allowed(task('sns:publish', Parameters, { Credentials: { RoleArn } }))).toEqual([
    `sts:AssumeRole ${RoleArn}`,
  ]);
});

test("an attribute of a construct or of another resource means the resource's ARN", () => {
  const { resource } = synthesized((scope, deployment) => {
    const queue = new SqsQueue(scope, 'queue', { name: 'orders' });
    const definition = {
      StartAt: 'Send',
      States: {
        Send: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage',
          Parameters: { QueueUrl: queue.url, MessageBody: 'm' },
          Next: 'Store',
        },
        Store: {
          Type: 'Task',
          Resource: 'arn:aws:states:::dynamodb:putItem',
          Parameters: { TableName: `\${aws_dynamodb_table.stock.name}`, Item: {} },
          End: true,
        },
      },
    } as unknown as Definition;
    new StateMachine(scope, 'shop', { name: 'Shop', definition, deployment });
  });
  expect(statements(resource.aws_iam_role_policy?.shop?.policy).slice(0, 2)).toEqual([
    { Sid: 'Call', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: `\${aws_sqs_queue.queue.arn}` },
    {
      Sid: 'Call2',
      Effect: 'Allow',
      Action: ['dynamodb:PutItem'],
      Resource: `\${aws_dynamodb_table.stock.arn}`,
    },
  ]);
});

test('the Tasks of an activity need none: workers have permissions of their own', () => {
  const { resource } = synthesized((scope, deployment) => {
    const { arn, id } = new SfnActivity(scope, 'paint', { name: 'paint' });
    const definition = {
      StartAt: 'First',
      States: {
        First: { Type: 'Task', Resource: arn, HeartbeatSeconds: 60, TimeoutSeconds: 600, Next: 'Second' },
        Second: { Type: 'Task', Resource: id, End: true },
      },
    } as Definition;
    new StateMachine(scope, 'shop', { name: 'Shop', definition, deployment });
  });
  expect(statements(resource.aws_iam_role_policy?.shop?.policy)).toMatchObject([
    { Sid: 'DeliverLogs' },
    { Sid: 'Trace' },
  ]);
  expect(
    allowed({ StartAt: 'A', States: { A: { Type: 'Task', Resource: arn('states', 'activity:a') } } }),
  ).toEqual([]);
});

test('an activity has no Credentials, also where it is a reference', () => {
  let faults: string[] = [];
  synthesized((scope, deployment) => {
    const { arn } = new SfnActivity(scope, 'paint', { name: 'paint' });
    const Credentials = { RoleArn: 'arn:aws:iam::111122223333:role/other' };
    const definition = {
      StartAt: 'A',
      States: { A: { Type: 'Task', Resource: arn, Credentials, End: true } },
    } as Definition;
    faults = new StateMachine(scope, 'shop', { name: 'Shop', definition, deployment }).node.validate();
  });
  expect(faults).toEqual([
    expect.stringContaining("The field 'Credentials' is not supported for activities"),
  ]);
});

describe('a distributed Map', () => {
  const self = arn('states', 'stateMachine:orders');
  const map = (more: object, ExecutionType = 'STANDARD') => ({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
          StartAt: 'One',
          States: { One: { Type: 'Pass', End: true } },
        },
        End: true,
        ...more,
      },
    },
  });
  const children = [
    `states:StartExecution ${self}`,
    `states:DescribeExecution ${arn('states', 'execution:orders:*')}`,
    `states:StopExecution ${arn('states', 'execution:orders:*')}`,
  ];
  const redrive = (label = '*') => `states:RedriveExecution ${arn('states', `execution:orders/${label}:*`)}`;
  const permissionsFor = (definition: object) =>
    allowServices(definition, { ...home, stateMachineArn: self })
      .flatMap(({ Action, Resource }) =>
        [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${resource}`)),
      )
      .sort();
  const reader = (action: string, Parameters: object, ReaderConfig: object = {}) => ({
    ItemReader: { Resource: `arn:aws:states:::s3:${action}`, Parameters, ReaderConfig },
  });
  const written = (place: string) =>
    ['PutObject', 'GetObject', 'ListMultipartUploadParts', 'AbortMultipartUpload'].map(
      (action) => `s3:${action} ${place}`,
    );

  test.each<[object, string[]]>([
    [{}, []],
    [reader('getObject', { Bucket: 'b', Key: 'in.csv' }), ['s3:GetObject arn:aws:s3:::b/in.csv']],
    [reader('getObject', { Bucket: 'b', 'Key.$': '$.key' }), ['s3:GetObject arn:aws:s3:::b/*']],
    [reader('getObject', { 'Bucket.$': '$.b', 'Key.$': '$.key' }), ['s3:GetObject *']],
    [
      reader('getObject', { Bucket: 'b', Key: 'in.csv', VersionId: 'v' }),
      ['s3:GetObjectVersion arn:aws:s3:::b/in.csv'],
    ],
    [
      reader('getObject', { Bucket: 'b', Key: 'manifest.json' }, { InputType: 'MANIFEST' }),
      ['s3:GetObject arn:aws:s3:::b/manifest.json', 's3:GetObject *'],
    ],
    [reader('listObjectsV2', { Bucket: 'b', Prefix: 'p/' }), ['s3:ListBucket arn:aws:s3:::b']],
    [
      reader('listObjectsV2', { Bucket: 'b', Prefix: 'p/' }, { Transformation: 'LOAD_AND_FLATTEN' }),
      ['s3:ListBucket arn:aws:s3:::b', 's3:GetObject arn:aws:s3:::b/p/*'],
    ],
    [
      {
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Parameters: { Bucket: 'b', Prefix: 'out' },
        },
      },
      written('arn:aws:s3:::b/out/*'),
    ],
    [
      { ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: '{% $b %}' } } },
      written('*'),
    ],
    [{ ResultWriter: { WriterConfig: { Transformation: 'FLATTEN' } } }, []],
  ])('%j', (more, actions) => {
    expect(permissionsFor(map(more))).toEqual([...children, redrive(), ...actions].sort());
  });

  test('the child executions that a redrive continues are those of the Map Runs of the label', () => {
    expect(permissionsFor(map({ Label: 'Each' }))).toEqual([...children, redrive('Each')].sort());
  });

  test('a redrive starts Express child executions again', () => {
    expect(permissionsFor(map({}, 'EXPRESS'))).toEqual([...children].sort());
  });
});
