import { logsAt, NOW } from './support';

const ARN = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/Test';

describe('log groups', () => {
  test('are created, described and deleted', () => {
    const { logs } = logsAt();
    logs.createLogGroup({ logGroupName: '/aws/lambda/Test' });
    expect(logs.describeLogGroups()).toEqual({
      logGroups: [
        {
          logGroupName: '/aws/lambda/Test',
          creationTime: NOW,
          logGroupClass: 'STANDARD',
          deletionProtectionEnabled: false,
          metricFilterCount: 0,
          arn: `${ARN}:*`,
          logGroupArn: ARN,
          storedBytes: 0,
        },
      ],
    });
    logs.deleteLogGroup({ logGroupName: '/aws/lambda/Test' });
    expect(logs.describeLogGroups()).toEqual({ logGroups: [] });
  });

  test('are unique, and must exist', () => {
    const { logs } = logsAt();
    logs.createLogGroup({ logGroupName: 'a' });
    expect(() => logs.createLogGroup({ logGroupName: 'a' })).toThrow(
      expect.objectContaining({
        code: 'ResourceAlreadyExistsException',
        message: 'The specified log group already exists',
      }),
    );
    expect(() => logs.deleteLogGroup({ logGroupName: 'b' })).toThrow(
      expect.objectContaining({
        code: 'ResourceNotFoundException',
        message: 'The specified log group does not exist.',
      }),
    );
  });

  test.each(['with space', '', 'x'.repeat(513), 'colon:'])('refuse the name %j', (logGroupName) => {
    expect(() => logsAt().logs.createLogGroup({ logGroupName })).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException' }),
    );
  });

  test('are found by a prefix or a part of their names', () => {
    const { logs } = logsAt();
    for (const logGroupName of ['/b/One', '/a/One', '/a/Two']) logs.createLogGroup({ logGroupName });
    const names = (request: Parameters<typeof logs.describeLogGroups>[0]) =>
      logs.describeLogGroups(request).logGroups.map(({ logGroupName }) => logGroupName);
    expect(names({ logGroupNamePrefix: '/a/' })).toEqual(['/a/One', '/a/Two']);
    expect(names({ logGroupNamePattern: 'one' })).toEqual(['/a/One', '/b/One']);
    expect(() => names({ logGroupNamePrefix: '/a', logGroupNamePattern: 'b' })).toThrow('mutually exclusive');
  });

  test('are listed by parts and beginnings of their names', () => {
    const { logs } = logsAt();
    for (const logGroupName of ['/aws/lambda/One', '/other/aws/lambda', '/aws/states/Two']) {
      logs.createLogGroup({ logGroupName });
    }
    const names = (request: Parameters<typeof logs.listLogGroups>[0]) =>
      logs.listLogGroups(request).logGroups.map(({ logGroupName }) => logGroupName);
    expect(names({})).toEqual(['/aws/lambda/One', '/aws/states/Two', '/other/aws/lambda']);
    expect(names({ logGroupNamePattern: 'lambda' })).toEqual(['/aws/lambda/One', '/other/aws/lambda']);
    expect(names({ logGroupNamePattern: '^/aws/lambda|Two' })).toEqual([
      '/aws/lambda/One',
      '/aws/states/Two',
    ]);
    expect(names({ logGroupNamePattern: 'two' })).toEqual([]);
    expect(() => names({ logGroupNamePattern: '/a*' })).toThrow('regular expression pattern');
    const { nextToken } = logs.listLogGroups({ limit: 2 });
    expect(logs.listLogGroups({ limit: 2, ...(nextToken && { nextToken }) })).toEqual({
      logGroups: [
        {
          logGroupName: '/other/aws/lambda',
          logGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/other/aws/lambda',
          logGroupClass: 'STANDARD',
        },
      ],
    });
  });

  test('have a key, which changes and goes', () => {
    const { logs } = logsAt();
    const key = (name: string) => `arn:aws:kms:us-east-1:123456789012:key/${name}`;
    const kept = () => logs.describeLogGroups().logGroups[0]?.kmsKeyId;
    logs.createLogGroup({ logGroupName: '/aws/lambda/Test', kmsKeyId: key('one') });
    expect(kept()).toBe(key('one'));
    logs.associateKmsKey({ resourceIdentifier: ARN, kmsKeyId: key('two') });
    expect(kept()).toBe(key('two'));
    logs.disassociateKmsKey({ logGroupName: '/aws/lambda/Test' });
    expect(kept()).toBeUndefined();
    expect(() => logs.disassociateKmsKey({ logGroupName: 'none' })).toThrow(
      expect.objectContaining({ code: 'ResourceNotFoundException' }),
    );
  });

  test('are found by their class, or by names and ARNs', () => {
    const { logs } = logsAt();
    logs.createLogGroup({ logGroupName: '/aws/lambda/Test', logGroupClass: 'INFREQUENT_ACCESS' });
    logs.createLogGroup({ logGroupName: 'b' });
    const names = (request: Parameters<typeof logs.describeLogGroups>[0]) =>
      logs.describeLogGroups(request).logGroups.map(({ logGroupName }) => logGroupName);
    expect(names({ logGroupClass: 'INFREQUENT_ACCESS' })).toEqual(['/aws/lambda/Test']);
    expect(names({ logGroupIdentifiers: [ARN, 'c'] })).toEqual(['/aws/lambda/Test']);
  });

  test('with deletion protection are not deleted', () => {
    const { logs } = logsAt();
    logs.createLogGroup({ logGroupName: 'a', deletionProtectionEnabled: true });
    expect(logs.describeLogGroups().logGroups[0]?.deletionProtectionEnabled).toBe(true);
    expect(() => logs.deleteLogGroup({ logGroupName: 'a' })).toThrow(
      expect.objectContaining({ code: 'ValidationException' }),
    );
    logs.putLogGroupDeletionProtection({ logGroupIdentifier: 'a', deletionProtectionEnabled: false });
    logs.deleteLogGroup({ logGroupName: 'a' });
    expect(logs.describeLogGroups().logGroups).toEqual([]);
  });

  test('are listed in pages', () => {
    const { logs } = logsAt();
    for (const logGroupName of ['a', 'b', 'c']) logs.createLogGroup({ logGroupName });
    const first = logs.describeLogGroups({ limit: 2 });
    const second = logs.describeLogGroups({ limit: 2, nextToken: first.nextToken ?? '' });
    expect([...first.logGroups, ...second.logGroups].map(({ logGroupName }) => logGroupName)).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(second.nextToken).toBeUndefined();
    expect(() => logs.describeLogGroups({ nextToken: 'forged' })).toThrow(
      'The specified nextToken is invalid.',
    );
    expect(() => logs.describeLogGroups({ limit: 51 })).toThrow('less than or equal to 50');
  });

  test('keep events for their retention period', () => {
    const { logs, time } = logsAt();
    logs.createLogGroup({ logGroupName: 'a' });
    logs.createLogStream({ logGroupName: 'a', logStreamName: 's' });
    logs.putRetentionPolicy({ logGroupName: 'a', retentionInDays: 1 });
    logs.putLogEvents({
      logGroupName: 'a',
      logStreamName: 's',
      logEvents: [{ timestamp: NOW, message: 'x' }],
    });
    expect(logs.describeLogGroups().logGroups[0]?.retentionInDays).toBe(1);

    time.now += 86_400_001;
    expect(logs.filterLogEvents({ logGroupName: 'a' }).events).toEqual([]);
    logs.deleteRetentionPolicy({ logGroupName: 'a' });
    expect(logs.describeLogGroups().logGroups[0]).not.toHaveProperty('retentionInDays');
    expect(logs.filterLogEvents({ logGroupName: 'a' }).events).toHaveLength(1);
    expect(() => logs.putRetentionPolicy({ logGroupName: 'a', retentionInDays: 2 })).toThrow(
      'enum value set',
    );
  });

  test.each([ARN, `${ARN}:*`])('have tags, by the ARN %s', (resourceArn) => {
    const { logs } = logsAt();
    logs.createLogGroup({ logGroupName: '/aws/lambda/Test', tags: { a: '1' } });
    logs.tagResource({ resourceArn, tags: { b: '2', c: '3' } });
    logs.untagResource({ resourceArn, tagKeys: ['a', 'c'] });
    expect(logs.listTagsForResource({ resourceArn })).toEqual({ tags: { b: '2' } });
  });

  test('have tags, by their names', () => {
    const { logs } = logsAt();
    logs.createLogGroup({ logGroupName: 'a' });
    logs.tagLogGroup({ logGroupName: 'a', tags: { b: '2', c: '3' } });
    logs.untagLogGroup({ logGroupName: 'a', tags: ['c'] });
    expect(logs.listTagsLogGroup({ logGroupName: 'a' })).toEqual({ tags: { b: '2' } });
    expect(() => logs.listTagsLogGroup({ logGroupName: 'b' })).toThrow(
      'The specified log group does not exist.',
    );
  });
});
