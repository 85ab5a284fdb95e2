import { allowTracing, policyDocument, trustPolicy } from '../../src/constructs/policy';

test('a policy document is JSON text of the version with policy variables', () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' } as const;

  expect(JSON.parse(policyDocument(statement))).toEqual({ Version: '2012-10-17', Statement: [statement] });
});

test('a trust policy has the service, and the conditions if any', () => {
  const condition = { StringEquals: { 'aws:SourceAccount': '123456789012' } };

  const [plain, guarded] = [
    trustPolicy('lambda.amazonaws.com'),
    trustPolicy('states.amazonaws.com', condition),
  ];

  expect(JSON.parse(plain).Statement).toEqual([
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ]);
  expect(JSON.parse(guarded).Statement[0].Condition).toEqual(condition);
});

test('tracing allows the named actions only', () => {
  expect(allowTracing('xray:PutTraceSegments')).toEqual({
    Sid: 'Trace',
    Effect: 'Allow',
    Action: ['xray:PutTraceSegments'],
    Resource: '*',
  });
});
