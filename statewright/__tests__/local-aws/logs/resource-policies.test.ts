import { logsAt, NOW } from './support';

const policyDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: '*',
  },
});

test('policies of the account are kept by name, and replaced', () => {
  const { logs, time } = logsAt();
  logs.putResourcePolicy({ policyName: 'events', policyDocument: policyDocument.replace('events.', 'es.') });
  time.now += 1000;
  const { resourcePolicy } = logs.putResourcePolicy({ policyName: 'events', policyDocument });
  expect(resourcePolicy).toEqual({
    policyName: 'events',
    policyDocument,
    lastUpdatedTime: NOW + 1000,
    policyScope: 'ACCOUNT',
  });
  expect(logs.describeResourcePolicies()).toEqual({ resourcePolicies: [resourcePolicy] });
  logs.deleteResourcePolicy({ policyName: 'events' });
  expect(logs.describeResourcePolicies()).toEqual({ resourcePolicies: [] });
  expect(() => logs.deleteResourcePolicy({ policyName: 'events' })).toThrow(
    expect.objectContaining({
      code: 'ResourceNotFoundException',
      message: 'Policy with name [events] does not exist',
    }),
  );
});

test('an account has ten', () => {
  const { logs } = logsAt();
  const put = (n: number) => logs.putResourcePolicy({ policyName: `p${n}`, policyDocument });
  for (let n = 0; n < 10; n++) put(n);
  put(9);
  expect(() => put(10)).toThrow(expect.objectContaining({ code: 'LimitExceededException' }));
  const page = logs.describeResourcePolicies({ limit: 9 });
  expect(
    logs.describeResourcePolicies({ nextToken: page.nextToken as string }).resourcePolicies,
  ).toHaveLength(1);
});

test('a log group has one of its own, with a revision, which ends with it', () => {
  const { logs } = logsAt();
  const resourceArn = 'arn:aws:logs:us-east-1:123456789012:log-group:a';
  expect(() => logs.putResourcePolicy({ resourceArn, policyDocument })).toThrow(
    'The specified log group does not exist.',
  );
  logs.createLogGroup({ logGroupName: 'a' });
  const { revisionId } = logs.putResourcePolicy({ resourceArn, policyDocument });
  expect(revisionId).toEqual(expect.any(String));
  expect(() => logs.putResourcePolicy({ resourceArn, policyDocument, expectedRevisionId: 'x' })).toThrow(
    expect.objectContaining({ code: 'OperationAbortedException' }),
  );
  expect(logs.describeResourcePolicies().resourcePolicies).toEqual([]);
  expect(logs.describeResourcePolicies({ policyScope: 'RESOURCE' }).resourcePolicies).toMatchObject([
    { resourceArn, policyScope: 'RESOURCE', revisionId },
  ]);
  logs.deleteLogGroup({ logGroupName: 'a' });
  expect(logs.describeResourcePolicies({ resourceArn }).resourcePolicies).toEqual([]);
});

test.each([
  [{ policyName: 'p', policyDocument: '{' }, 'InvalidParameterException'],
  [{ policyName: 'p' }, 'InvalidParameterException'],
  [{ policyDocument }, 'InvalidParameterException'],
])('%j is refused', (request, code) => {
  expect(() => logsAt().logs.putResourcePolicy(request)).toThrow(expect.objectContaining({ code }));
});
