import { exceptionName, javaName } from '../../src/integrations/java-names';
import { packageOf, sdkName } from '../../src/integrations/sdk-services';

test.each([
  ['DBInstances', 'DbInstances'],
  ['ETag', 'ETag'],
  ['KMSMasterKeyID', 'KmsMasterKeyId'],
  ['MD5OfMessageBody', 'Md5OfMessageBody'],
  ['NULL', 'Nul'],
  ['SSEKMSKeyId', 'SsekmsKeyId'],
  ['S3Bucket', 'S3Bucket'],
  ['taskArn', 'TaskArn'],
])('the member %s is %s', (name, shown) => {
  expect(javaName(name)).toBe(shown);
});

test.each([
  ['QueueDoesNotExist', 'QueueDoesNotExistException'],
  ['ResourceNotFoundException', 'ResourceNotFoundException'],
])('the error %s is the class %s', (name, shown) => {
  expect(exceptionName(name)).toBe(shown);
});

test.each([
  ['cloudwatchlogs', 'cloudwatch-logs', 'CloudWatchLogs'],
  ['cognitoidentityprovider', 'cognito-identity-provider', 'CognitoIdentityProvider'],
  ['dynamodb', 'dynamodb', 'DynamoDb'],
  ['elasticmapreduce', 'emr', 'Emr'],
  ['eventbridge', 'eventbridge', 'EventBridge'],
  ['events', 'eventbridge', 'EventBridge'],
  ['secretsmanager', 'secrets-manager', 'SecretsManager'],
  ['sfn', 'sfn', 'Sfn'],
  ['sqs', 'sqs', 'Sqs'],
])('the service %s is in the package %s, and its errors begin with %s', (service, name, errors) => {
  expect(packageOf(service)).toBe(name);
  expect(sdkName(service)).toBe(errors);
});
