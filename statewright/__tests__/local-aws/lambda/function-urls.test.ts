import { localLambda } from './support';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:Test';

describe('the settings of function URLs', () => {
  const { lambda, create } = localLambda();
  const named = { FunctionName: 'Test' };
  beforeEach(() => {
    create('Test', '', { Publish: true });
    lambda.createAlias({ ...named, Name: 'live', FunctionVersion: '1' });
  });
  afterEach(() => lambda.deleteFunction(named));
  afterAll(() => lambda.close());

  test('are created, changed, listed and deleted', () => {
    const Cors = { AllowOrigins: ['*'] };
    const created = lambda.createFunctionUrlConfig({ ...named, AuthType: 'NONE', Cors });
    expect(created).toEqual({
      FunctionUrl: expect.stringMatching(/^http:\/\/[0-9a-f]{32}\.lambda-url\.us-east-1\.localhost\/$/),
      FunctionArn: ARN,
      AuthType: 'NONE',
      Cors,
      CreationTime: expect.any(String),
      InvokeMode: 'BUFFERED',
    });
    const updated = lambda.updateFunctionUrlConfig({ ...named, AuthType: 'AWS_IAM' });
    expect(updated).toMatchObject({ FunctionUrl: created.FunctionUrl, AuthType: 'AWS_IAM', Cors });
    expect(lambda.updateFunctionUrlConfig({ ...named, Cors: {} })).not.toHaveProperty('Cors');
    expect(lambda.getFunctionUrlConfig(named)).toMatchObject({ AuthType: 'AWS_IAM' });
    lambda.createFunctionUrlConfig({
      ...named,
      Qualifier: 'live',
      AuthType: 'NONE',
      InvokeMode: 'RESPONSE_STREAM',
    });
    expect(lambda.listFunctionUrlConfigs(named).FunctionUrlConfigs).toMatchObject([
      { FunctionArn: ARN },
      { FunctionArn: `${ARN}:live`, InvokeMode: 'RESPONSE_STREAM' },
    ]);
    lambda.deleteAlias({ ...named, Name: 'live' });
    lambda.deleteFunctionUrlConfig(named);
    expect(lambda.listFunctionUrlConfigs(named).FunctionUrlConfigs).toEqual([]);
    expect(() => lambda.getFunctionUrlConfig(named)).toThrow('The resource you requested does not exist.');
  });

  test.each([
    ['a version', { Qualifier: '1' }, "Value '1' at 'qualifier'"],
    ['a missing alias', { Qualifier: 'nope' }, 'Function does not exist'],
    ['a missing function', { FunctionName: 'Nope' }, 'Function does not exist'],
    ['another authorization', { AuthType: 'KEY' as 'NONE' }, "Value 'KEY' at 'authType'"],
  ])('are refused for %s', (_, more, message) => {
    expect(() => lambda.createFunctionUrlConfig({ ...named, AuthType: 'NONE', ...more })).toThrow(message);
  });

  test('exist once per function', () => {
    lambda.createFunctionUrlConfig({ ...named, AuthType: 'NONE' });
    expect(() => lambda.createFunctionUrlConfig({ ...named, AuthType: 'NONE' })).toThrow(
      `Failed to create function url config for [functionArn = ${ARN}].`,
    );
  });
});
