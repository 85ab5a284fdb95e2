/** Mocked results, checked against the models in the clients of the AWS SDK. */
import { parseResource } from '../../src/asl/resource';
import type { Json } from '../../src/engine/data';
import { checkResponse, type ResponseCheck } from '../../src/integrations/response-model';

/** What is wrong with a result; undefined when nothing is. */
function fault(resource: string, value: Json, mode: ResponseCheck = 'STRICT'): string | undefined {
  const called = parseResource(`arn:aws:states:::${resource}`);
  if (called.kind !== 'integration') throw new Error(resource);
  try {
    checkResponse(called, value, mode);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

test.each<[string, Json, string]>([
  ['aws-sdk:s3:getObject', { ContentLength: '1' }, "Field 'ContentLength' must be a number"],
  ['aws-sdk:s3:getObject', { ETag: 1 }, "Field 'ETag' must be a string"],
  ['aws-sdk:s3:getObject', { LastModified: 1 }, "Field 'LastModified' must be a string"],
  ['aws-sdk:s3:getObject', { DeleteMarker: 'no' }, "Field 'DeleteMarker' must be a boolean"],
  ['aws-sdk:s3:getObject', { Metadata: [] }, "Field 'Metadata' must be an object"],
  ['aws-sdk:s3:getObject', { Metadata: { a: 1 } }, "Field 'Metadata' must be a string"],
  ['aws-sdk:s3:getObject', { StorageClass: 'PAPER' }, "Field 'StorageClass' is not an expected value"],
  [
    'aws-sdk:lambda:getFunction',
    { Configuration: { Architectures: ['x86_64', 'z80'] } },
    "Field 'Architectures' is not an expected value",
  ],
  ['aws-sdk:sqs:receiveMessage', { Messages: {} }, "Field 'Messages' must be an array"],
  ['sqs:sendMessage', 'sent', 'Mock result must be a valid JSON object'],
  ['lambda:invoke', { StatusCode: '200' }, "Field 'StatusCode' must be a number"],
])('%s refuses %j', (resource, value, message) => {
  expect(fault(resource, value)).toBe(message);
  expect(fault(resource, value, 'PRESENT')).toBe(message);
});

test.each<[string, Json]>([
  ['aws-sdk:s3:getObject', { StorageClass: 'GLACIER', Body: 'text' }],
  ['lambda:invoke', { StatusCode: 200, Payload: { any: ['json'] } }],
  ['dynamodb:getItem', { Item: { id: { S: 'a' } }, SdkHttpMetadata: 5 }],
  ['http:invoke', 5],
  ['apigateway:invoke', 5],
  ['eks:call', 5],
])('%s accepts %j', (resource, value) => {
  expect(fault(resource, value)).toBeUndefined();
});

test('only STRICT wants the required fields', () => {
  expect(fault('states:startExecution', {})).toBe("Required field 'ExecutionArn' is missing");
  expect(fault('states:startExecution', {}, 'PRESENT')).toBeUndefined();
});

test('the result of a job has the model of the call that asks for its state', () => {
  expect(fault('states:startExecution.sync:2', { Status: 'SUCCEEDED' }, 'PRESENT')).toBeUndefined();
  expect(fault('states:startExecution.sync:2', { Status: 'DONE' }, 'PRESENT')).toBe(
    "Field 'Status' is not an expected value",
  );
});

test('a client that is not installed is named', () => {
  expect(fault('aws-sdk:braket:getJob', {})).toMatch(
    /The package @aws-sdk\/client-braket is not installed\. Install it: npm install/,
  );
});
