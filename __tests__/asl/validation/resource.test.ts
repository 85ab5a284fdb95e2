import { diagnosticsOf, diagnosticsOfState, machineOf } from '../machine';

/** A reference that Terraform resolves later. */
const token = (reference: string) => `\${${reference}}`;

const task = (Resource: unknown, fields = {}) => diagnosticsOfState({ Type: 'Task', Resource, ...fields });

test.each([
  'arn:aws:lambda:us-east-1:111122223333:function:f',
  'arn:aws:lambda:us-east-1:111122223333:function:f:$LATEST',
  'arn:aws-cn:states:::lambda:invoke.waitForTaskToken',
  'arn:aws:states:::states:startExecution.sync:2',
  'arn:aws:states:::aws-sdk:dynamodb:getItem',
  'arn:aws:states:us-east-1:111122223333:activity:a',
  token('aws_lambda_function.test.arn'),
  token('TfToken[TOKEN.0]'),
])('%s is a resource', (resource) => {
  expect(task(resource)).toEqual([]);
});

test.each(['', 'f', 'arn:aws:lambda', 'lambda:invoke'])('%p is none', (resource) => {
  expect(task(resource)).toEqual([
    'SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/A/Resource',
  ]);
});

test('a Task without one', () => {
  expect(diagnosticsOfState({ Type: 'Task' })).toEqual([
    'SCHEMA_VALIDATION_FAILED: These fields are required: [Resource] at /States/A',
  ]);
});

test.each([
  'arn:aws:states:::lambda:invoke.sync',
  'arn:aws:states:::sqs:sendMessage.sync',
  'arn:aws:states:::glue:startJobRun.sync:2',
])('%s does not exist', (resource) => {
  expect(task(resource)).toEqual([
    `SCHEMA_VALIDATION_FAILED: The resource provided ${resource} is not recognized at /States/A/Resource`,
  ]);
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

  test('of an activity', () => {
    const activity = 'arn:aws:states:us-east-1:111122223333:activity:a';
    expect(task(activity, { Credentials: { RoleArn: 'arn:aws:iam::111122223333:role/r' } })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'Credentials' is not supported for activities at /States/A/Credentials",
    ]);
  });
});

describe('EXPRESS', () => {
  const express = (Resource: string) => diagnosticsOf(machineOf({ Type: 'Task', Resource }), 'EXPRESS');

  test.each([
    [
      'arn:aws:states:::lambda:invoke.waitForTaskToken',
      "Express state machine does not support '.waitForTaskToken' service integration",
    ],
    [
      'arn:aws:states:::glue:startJobRun.sync',
      "Express state machine does not support '.sync' service integration",
    ],
    [
      'arn:aws:states:::states:startExecution.sync:2',
      "Express state machine does not support '.sync' service integration",
    ],
    [
      'arn:aws:states:us-east-1:111122223333:activity:a',
      'Express state machine does not support Activity ARN',
    ],
  ])('%s', (resource, message) => {
    expect(express(resource)).toEqual([`SCHEMA_VALIDATION_FAILED: ${message} at /States/A/Resource`]);
  });

  test('calls and goes on', () => {
    expect(express('arn:aws:states:::lambda:invoke')).toEqual([]);
  });
});
