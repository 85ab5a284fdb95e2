import { diagnosticsOf, diagnosticsOfState, machineOf } from '../machine';

/** A placeholder without a value. */
const token = (reference: string) => `\${${reference}}`;

/** The required fields of a request, by the action. */
const REQUESTS: Record<string, object> = {
  'lambda:invoke': { FunctionName: 'f' },
  'states:startExecution': { StateMachineArn: 'm' },
  'sqs:sendMessage': { QueueUrl: 'q', MessageBody: 'b' },
  'glue:startJobRun': { JobName: 'j' },
  'dynamodb:getItem': { TableName: 't', Key: {} },
};
const requestOf = (resource: string) => REQUESTS[resource.replace(/^.*:::(\w+:\w+).*$/, '$1')] ?? {};

const task = (Resource: unknown, fields = {}) => diagnosticsOfState({ Type: 'Task', Resource, ...fields });

test.each([
  'arn:aws:lambda:us-east-1:111122223333:function:f',
  'arn:aws:lambda:us-east-1:111122223333:function:f:$LATEST',
  'arn:aws-cn:states:::lambda:invoke.waitForTaskToken',
  'arn:aws:states:::states:startExecution.sync:2',
  'arn:aws:states:::aws-sdk:dynamodb:getItem',
  'arn:aws:states:::aws-sdk:dynamodb:getItem.waitForTaskToken',
  'arn:aws:states:::sagemaker:createTrainingJob.sync',
  'arn:aws:states:::newerthanthis:doSomething.sync',
  'arn:aws:states:::bedrockagentcore:invokeHarness',
  'arn:aws:states:us-east-1:111122223333:activity:a',
])('%s is a resource', (resource) => {
  expect(task(resource, { Parameters: requestOf(resource) })).toEqual([]);
});

test.each([
  '',
  'f',
  'arn:aws:lambda',
  'lambda:invoke',
  token('FnArn'),
  token('aws_lambda_function.test.arn'),
  `arn:aws:lambda:us-east-1:111122223333:function:${token('Name')}`,
])('%p is not a resource', (resource) => {
  expect(task(resource)).toEqual([
    'SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/A/Resource',
  ]);
});

test('a Task without a Resource', () => {
  expect(diagnosticsOfState({ Type: 'Task' })).toEqual([
    'SCHEMA_VALIDATION_FAILED: These fields are required: [Resource] at /States/A',
  ]);
});

test.each([
  'arn:aws:states:::lambda:invoke.sync',
  'arn:aws:states:::sqs:sendMessage.sync',
  'arn:aws:states:::glue:startJobRun.sync:2',
  'arn:aws:states:::glue:startJobRun.waitForTaskToken',
  'arn:aws:states:::dynamodb:getItem.waitForTaskToken',
  'arn:aws:states:::lambda:invoke.waitForToken',
  'arn:aws:states:::aws-sdk:dynamodb',
  'arn:aws:states:::aws-sdk:dynamodb:getItem.sync',
  'arn:aws:states:::dynamodb:createTable',
  'arn:aws:states:::glue:startJobRun.sync:3',
  'arn:aws:states:us-east-1:111122223333:stateMachine:m',
  'arn:aws:sns:us-east-1:111122223333:topic',
])('%s does not exist', (resource) => {
  expect(task(resource, { Parameters: requestOf(resource) })).toEqual([
    expect.stringMatching(
      /^SCHEMA_VALIDATION_FAILED: The resource provided \S+ is not recognized\. The value is not a valid resource ARN, or the resource is not available in this region\..* at \/States\/A\/Resource$/,
    ),
  ]);
});

test.each([
  ['arn:aws:states:::lambda:invok', 'invoke'],
  ['arn:aws:states:::lamda:invoke', 'lambda'],
  ['arn:aws:states:::bedrock-agentcore:invokeHarness', 'bedrockagentcore'],
])('%s is misspelt', (resource, meant) => {
  expect(task(resource, { Parameters: requestOf(resource) })).toEqual([
    `SCHEMA_VALIDATION_FAILED: The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. Did you mean "${meant}"? at /States/A/Resource`,
  ]);
});

test.each([
  ['arn:aws:states:::sqs:sendMessage.sync', 'The suffixes of sqs are: .waitForTaskToken'],
  ['arn:aws:states:::sqs:sendMessage.waitForTaskTokens', 'Did you mean ".waitForTaskToken"?'],
  ['arn:aws:states:::athena:startQueryExecution.syn', 'Did you mean ".sync"?'],
  [
    'arn:aws:states:::dynamodb:getItem.sync',
    'The only pattern of dynamodb is Request Response: without a suffix',
  ],
  [
    'arn:aws:states:::glue:startCrawler',
    'The optimized integration of glue has: startJobRun. Other actions are arn:aws:states:::aws-sdk:SERVICE:ACTION',
  ],
  ['arn:aws:states:::aws-sdk:glue:StartCrawler', 'Did you mean "startCrawler"?'],
  [
    'arn:aws:states:::aws-sdk:glue:startCrawler.sync',
    'The suffixes of an AWS SDK integration are: .waitForTaskToken',
  ],
  ['arn:aws:states::lambda:invoke', 'Did you mean "arn:aws:states:::lambda:invoke"?'],
  [
    'arn:aws:states:us-east-1:111122223333:stateMachine:m',
    'To start a state machine, use "arn:aws:states:::states:startExecution"',
  ],
  ['arn:aws:lambda:us-east-1:111122223333:f', 'The ARN of a function has ":function:" before its name'],
  [
    'arn:aws:sns:us-east-1:111122223333:topic',
    'A Task calls a Lambda function, an activity or a service integration',
  ],
])('%s: %s', (resource, hint) => {
  expect(task(resource, { Parameters: requestOf(resource) })).toEqual([
    expect.stringMatching(/^SCHEMA_VALIDATION_FAILED: The resource provided \S+ is not recognized\./),
  ]);
  expect(task(resource, { Parameters: requestOf(resource) })[0]).toContain(` ${hint} at /States/A/Resource`);
});

describe('the request of an integration', () => {
  const Resource = 'arn:aws:states:::sqs:sendMessage';

  test('is required', () => {
    expect(task(Resource)).toEqual([
      `SCHEMA_VALIDATION_FAILED: Parameters field is required for resource ARN: ${Resource} at /States/A/Resource`,
    ]);
    expect(task(Resource, { QueryLanguage: 'JSONata' })).toEqual([
      `SCHEMA_VALIDATION_FAILED: Arguments field is required for resource ARN: ${Resource} at /States/A/Resource`,
    ]);
  });

  test('has the required fields of the service', () => {
    expect(task(Resource, { Parameters: { 'QueueUrl.$': '$.queue' } })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'MessageBody' is required but was missing at /States/A/Parameters",
    ]);
    expect(task(Resource, { QueryLanguage: 'JSONata', Arguments: { MessageBody: 'b' } })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'QueueUrl' is required but was missing at /States/A/Arguments",
    ]);
  });

  test.each<[string, string, object, string]>([
    ['sqs:sendMessage', 'Parameters', { QueueUrl: 'q', MessageBody: 'b', Delay: 5 }, 'Delay'],
    ['lambda:invoke', 'Parameters', { FunctionName: 'f', 'Paylod.$': '$' }, 'Paylod'],
    ['dynamodb:getItem', 'Arguments', { TableName: 't', Key: {}, Item: {} }, 'Item'],
    ['states:startExecution.sync', 'Arguments', { StateMachineArn: 'm', 'Input.$': '$' }, 'Input.$'],
  ])('%s has no field that the service does not know: %s', (action, field, request, name) => {
    const language = field === 'Arguments' ? 'JSONata' : 'JSONPath';
    const [diagnostic, ...others] = task(`arn:aws:states:::${action}`, {
      QueryLanguage: language,
      [field]: request,
    });
    expect(diagnostic).toContain(`The field "${name}" is not supported by Step Functions`);
    expect(diagnostic).toContain(` at /States/A/${field}`);
    expect(others).toEqual([]);
  });

  test('a misspelt field', () => {
    expect(task(Resource, { Parameters: { QueueUrl: 'q', MessageBody: 'b', MessageGroupID: 'g' } })).toEqual([
      'SCHEMA_VALIDATION_FAILED: The field "MessageGroupID" is not supported by Step Functions. Did you mean "MessageGroupId"? at /States/A/Parameters',
    ]);
  });

  test.each([
    ['Parameters', { name: 'crawler' }, 'name', 'Did you mean "Name"?'],
    ['Parameters', { 'name.$': '$.crawler' }, 'name', 'Did you mean "Name"?'],
    [
      'Arguments',
      { 'Name.$': '$.crawler' },
      'Name.$',
      'A JSONata state has "Name" with an expression: {% … %}',
    ],
  ])('an AWS SDK integration has names in Pascal case: %s %p', (field, request, name, hint) => {
    const QueryLanguage = field === 'Arguments' ? 'JSONata' : 'JSONPath';
    expect(task('arn:aws:states:::aws-sdk:glue:startCrawler', { QueryLanguage, [field]: request })).toEqual([
      `SCHEMA_VALIDATION_FAILED: The field "${name}" is not supported by Step Functions. ${hint} at /States/A/${field}`,
    ]);
  });

  test('the names inside a field of an AWS SDK integration can be the user’s own', () => {
    const Parameters = { TableName: 't', Key: { id: { 'S.$': '$.id' } } };
    expect(task('arn:aws:states:::aws-sdk:dynamodb:getItem', { Parameters })).toEqual([]);
  });

  test('may be computed as a whole', () => {
    expect(task(Resource, { QueryLanguage: 'JSONata', Arguments: '{% $states.input %}' })).toEqual([]);
  });

  test('is not required for a function or an activity', () => {
    expect(task('arn:aws:states:us-east-1:111122223333:activity:a')).toEqual([]);
  });
});

describe('Credentials', () => {
  const lambda = 'arn:aws:lambda:us-east-1:111122223333:function:f';

  test.each([{ RoleArn: 'arn:aws:iam::111122223333:role/r' }, { 'RoleArn.$': '$.role' }])(
    '%j',
    (Credentials) => {
      expect(task(lambda, { Credentials })).toEqual([]);
    },
  );

  test('without a role', () => {
    expect(task(lambda, { Credentials: {} })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'RoleArn' is required but was missing at /States/A/Credentials",
    ]);
  });

  test('that are not an object', () => {
    expect(task(lambda, { Credentials: 'r' })).toEqual([
      'SCHEMA_VALIDATION_FAILED: Expected value of type Object at /States/A/Credentials',
    ]);
  });

  test('of an activity', () => {
    const activity = 'arn:aws:states:us-east-1:111122223333:activity:a';
    expect(task(activity, { Credentials: { RoleArn: 'arn:aws:iam::111122223333:role/r' } })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'Credentials' is not supported for activities at /States/A/Credentials",
    ]);
  });
});

describe('EXPRESS', () => {
  const express = (Resource: string) =>
    diagnosticsOf(machineOf({ Type: 'Task', Resource, Parameters: requestOf(Resource) }), 'EXPRESS');

  test.each([
    [
      'arn:aws:states:::lambda:invoke.waitForTaskToken',
      "Express state machine does not support '.waitForTaskToken' service integration ",
    ],
    [
      'arn:aws:states:::glue:startJobRun.sync',
      "Express state machine does not support '.sync' service integration ",
    ],
    [
      'arn:aws:states:::states:startExecution.sync:2',
      "Express state machine does not support '.sync' service integration ",
    ],
    [
      'arn:aws:states:us-east-1:111122223333:activity:a',
      'Express state machine does not support Activity ARN',
    ],
  ])('%s', (resource, message) => {
    expect(express(resource)).toEqual([`SCHEMA_VALIDATION_FAILED: ${message} at /States/A/Resource`]);
  });

  test('a call that does not wait is allowed', () => {
    expect(express('arn:aws:states:::lambda:invoke')).toEqual([]);
  });
});
