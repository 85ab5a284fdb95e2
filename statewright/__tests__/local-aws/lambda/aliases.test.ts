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

  test('routes a share of the invocations to a second version', async () => {
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.25 } };
    expect(lambda.updateAlias({ ...live, RoutingConfig })).toMatchObject({ RoutingConfig });
    const chances = [0.1, 0.9, 0.24, 0.25];
    const random = jest.spyOn(Math, 'random').mockImplementation(() => chances.shift() ?? 1);
    const versions: string[] = [];
    for (let count = 0; count < 4; count++) {
      versions.push((await call('Test', {}, { Qualifier: 'live' })).ExecutedVersion);
    }
    random.mockRestore();
    expect(versions).toEqual(['2', '1', '2', '1']);
    expect(() => lambda.deleteFunction({ FunctionName: 'Test', Qualifier: '2' })).toThrow(
      'the following aliases reference it: [live]',
    );
    expect(lambda.updateAlias({ ...live, RoutingConfig: {} })).not.toHaveProperty('RoutingConfig');
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
      'of three versions',
      { Name: 'new', RoutingConfig: { AdditionalVersionWeights: { 2: 0.5, 3: 0.1 } } },
      'InvalidParameterValueException',
      'Number of items in AdditionalVersionWeights cannot be greater than 1',
      400,
    ],
    [
      'of one version twice',
      { Name: 'new', RoutingConfig: { AdditionalVersionWeights: { 1: 0.5 } } },
      'InvalidParameterValueException',
      'Function version 1 is already included in routing configuration.',
      400,
    ],
    [
      'of $LATEST and a version',
      { Name: 'new', FunctionVersion: '$LATEST', RoutingConfig: { AdditionalVersionWeights: { 1: 0.5 } } },
      'InvalidParameterValueException',
      '$LATEST is not supported for an alias pointing to more than 1 version',
      400,
    ],
    [
      'of a second version that does not exist',
      { Name: 'new', RoutingConfig: { AdditionalVersionWeights: { 9: 0.5 } } },
      'ResourceNotFoundException',
      `Function not found: ${ARN}:9`,
      404,
    ],
    [
      'of a version and an alias',
      { Name: 'new', RoutingConfig: { AdditionalVersionWeights: { live: 0.5 } } },
      'ValidationException',
      'Map keys must satisfy constraint',
      400,
    ],
    [
      'with a weight of 2',
      { Name: 'new', RoutingConfig: { AdditionalVersionWeights: { 2: 2 } } },
      'ValidationException',
      "Value '{2=2}' at 'routingConfig.additionalVersionWeights'",
      400,
    ],
  ])('is refused when it is %s', (_, more, code, message, status) => {
    expect(() => lambda.createAlias({ ...live, FunctionVersion: '1', ...more })).toThrow(
      refusal(code, message, status),
    );
  });
});
