import { localLambda } from './support';

describe('provisioned concurrency', () => {
  const { lambda, create } = localLambda();
  const live = { FunctionName: 'Test', Qualifier: 'live' };
  beforeEach(() => {
    create('Test', '', { Publish: true });
    lambda.createAlias({ FunctionName: 'Test', Name: 'live', FunctionVersion: '1' });
  });
  afterEach(() => lambda.deleteFunction({ FunctionName: 'Test' }));
  afterAll(() => lambda.close());

  test('is kept, listed and deleted', () => {
    const ready = {
      RequestedProvisionedConcurrentExecutions: 2,
      AvailableProvisionedConcurrentExecutions: 2,
      AllocatedProvisionedConcurrentExecutions: 2,
      Status: 'READY',
      LastModified: expect.stringMatching(/\+0000$/),
    };
    expect(
      lambda.putProvisionedConcurrencyConfig({ ...live, ProvisionedConcurrentExecutions: 2 }),
    ).toMatchObject({ Status: 'IN_PROGRESS', AvailableProvisionedConcurrentExecutions: 0 });
    expect(lambda.getProvisionedConcurrencyConfig(live)).toEqual(ready);
    expect(
      lambda.listProvisionedConcurrencyConfigs({ FunctionName: 'Test' }).ProvisionedConcurrencyConfigs,
    ).toEqual([{ ...ready, FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:Test:live' }]);
    lambda.deleteProvisionedConcurrencyConfig(live);
    lambda.deleteProvisionedConcurrencyConfig(live);
    expect(() => lambda.getProvisionedConcurrencyConfig(live)).toThrow(
      expect.objectContaining({ code: 'ProvisionedConcurrencyConfigNotFoundException', status: 404 }),
    );
  });

  test('ends with its alias', () => {
    lambda.putProvisionedConcurrencyConfig({ ...live, ProvisionedConcurrentExecutions: 2 });
    lambda.deleteAlias({ FunctionName: 'Test', Name: 'live' });
    expect(
      lambda.listProvisionedConcurrencyConfigs({ FunctionName: 'Test' }).ProvisionedConcurrencyConfigs,
    ).toEqual([]);
  });

  test.each([
    ['$LATEST', 'cannot be applied to unpublished function versions'],
    ['nope', 'Cannot find alias arn: arn:aws:lambda:us-east-1:123456789012:function:Test:nope'],
    ['7', 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:Test:7'],
  ])('is refused for %s', (Qualifier, message) => {
    const request = { FunctionName: 'Test', Qualifier, ProvisionedConcurrentExecutions: 1 };
    expect(() => lambda.putProvisionedConcurrencyConfig(request)).toThrow(message);
  });

  test('is for a version or for its alias', () => {
    const one = { FunctionName: 'Test', ProvisionedConcurrentExecutions: 1 };
    lambda.putProvisionedConcurrencyConfig({ ...one, Qualifier: '1' });
    expect(() => lambda.putProvisionedConcurrencyConfig({ ...one, Qualifier: 'live' })).toThrow(
      "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    );
    lambda.deleteProvisionedConcurrencyConfig({ FunctionName: 'Test', Qualifier: '1' });
    lambda.putProvisionedConcurrencyConfig({ ...one, Qualifier: 'live' });
    expect(() => lambda.putProvisionedConcurrencyConfig({ ...one, Qualifier: '1' })).toThrow(
      'Version is pointed by a Provisioned Concurrency alias',
    );
  });

  test('is at most the reserved concurrency', () => {
    lambda.putFunctionConcurrency({ FunctionName: 'Test', ReservedConcurrentExecutions: 1 });
    expect(() =>
      lambda.putProvisionedConcurrencyConfig({ ...live, ProvisionedConcurrentExecutions: 2 }),
    ).toThrow('should not be greater than the reservedConcurrentExecution');
  });
});
