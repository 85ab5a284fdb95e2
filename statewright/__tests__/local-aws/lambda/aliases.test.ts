import { handlerZip, localLambda } from './support';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:Test';

describe('an alias', () => {
  const { lambda, create, call } = localLambda();
  const live = { FunctionName: 'Test', Name: 'live' };
  afterAll(() => lambda.close());
  beforeEach(() => {
    create('Test', 'return 1', { Publish: true });
    lambda.updateFunctionCode({ FunctionName: 'Test', ZipFile: handlerZip('return 2'), Publish: true });
    lambda.createAlias({ ...live, FunctionVersion: '1', Description: 'what people use' });
  });
  afterEach(() => lambda.deleteFunction({ FunctionName: 'Test' }));

  const refusal = (code: string, message: string, status = 400) =>
    expect.objectContaining({ code, message: expect.stringContaining(message), status });

  test('is described as AWS does', () => {
    expect(lambda.getAlias(live)).toEqual({
      AliasArn: `${ARN}:live`,
      Name: 'live',
      FunctionVersion: '1',
      Description: 'what people use',
      RevisionId: expect.any(String),
    });
    expect(lambda.getFunctionConfiguration({ FunctionName: `${ARN}:live` })).toMatchObject({
      FunctionArn: `${ARN}:live`,
      Version: '1',
    });
  });

  test('invokes the version that it points to, until it is changed', async () => {
    const invoke = async () => {
      const { value, ExecutedVersion } = await call('Test', {}, { Qualifier: 'live' });
      return [value, ExecutedVersion];
    };
    expect(await invoke()).toEqual([1, '1']);
    const { RevisionId } = lambda.getAlias(live);
    const updated = lambda.updateAlias({ ...live, FunctionVersion: '2', RevisionId });
    expect(updated).toMatchObject({ FunctionVersion: '2', Description: 'what people use' });
    expect(await invoke()).toEqual([2, '2']);
    expect(() => lambda.updateAlias({ ...live, RevisionId })).toThrow(
      refusal('PreconditionFailedException', 'does not match', 412),
    );
  });

  test('has its own policy', () => {
    const permission = { StatementId: 'all', Action: 'lambda:InvokeFunction', Principal: '*' };
    lambda.addPermission({ FunctionName: 'Test', Qualifier: 'live', ...permission });
    const { Policy } = lambda.getPolicy({ FunctionName: 'Test:live' });
    expect(JSON.parse(Policy).Statement).toMatchObject([{ Sid: 'all', Resource: `${ARN}:live` }]);
    expect(() => lambda.getPolicy({ FunctionName: 'Test' })).toThrow('The resource you requested');
  });

  test('is listed, also by version', () => {
    lambda.createAlias({ FunctionName: 'Test', Name: 'beta', FunctionVersion: '2' });
    const names = (more: object = {}) =>
      lambda.listAliases({ FunctionName: 'Test', ...more }).Aliases.map(({ Name }) => Name);
    expect(names()).toEqual(['beta', 'live']);
    expect(names({ FunctionVersion: '1' })).toEqual(['live']);
    expect(names({ MaxItems: 1 })).toEqual(['beta']);
  });

  test('keeps its version from being deleted, as long as it exists', () => {
    const version = { FunctionName: 'Test', Qualifier: '1' };
    expect(() => lambda.deleteFunction(version)).toThrow(
      refusal(
        'ResourceConflictException',
        'Unable to delete version because the following aliases reference it: [live]',
        409,
      ),
    );
    lambda.deleteAlias(live);
    lambda.deleteFunction(version);
    expect(() => lambda.getAlias(live)).toThrow(
      refusal('ResourceNotFoundException', `Cannot find alias arn: ${ARN}:live`, 404),
    );
  });

  test.each<[string, Partial<Parameters<typeof lambda.createAlias>[0]>, string, string, number]>([
    ['already exists', {}, 'ResourceConflictException', `Alias already exists: ${ARN}:live`, 409],
    ['a number', { Name: '7' }, 'ValidationException', "Value '7' at 'name'", 400],
    [
      'of a version that does not exist',
      { Name: 'new', FunctionVersion: '9' },
      'ResourceNotFoundException',
      `Function not found: ${ARN}:9`,
      404,
    ],
    [
      'of several versions',
      { Name: 'new', RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } },
      'InvalidParameterValueException',
      'remove AdditionalVersionWeights',
      400,
    ],
  ])('is refused when it is %s', (_, more, code, message, status) => {
    expect(() => lambda.createAlias({ ...live, FunctionVersion: '1', ...more })).toThrow(
      refusal(code, message, status),
    );
  });
});
