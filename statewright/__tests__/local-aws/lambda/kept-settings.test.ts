import { localLambda } from './support';

const { lambda, create } = localLambda();
const arn = 'arn:aws:lambda:us-east-1:123456789012:function:Test';
const fails = (code: string) => expect.objectContaining({ code });
beforeEach(() => {
  create('Test', '', { Publish: true });
});
afterEach(() => lambda.deleteFunction({ FunctionName: 'Test' }));
afterAll(() => lambda.close());

describe('runtime management', () => {
  const RuntimeVersionArn = `arn:aws:lambda:us-east-1::runtime:${'0'.repeat(64)}`;
  const read = (Qualifier?: string) =>
    lambda.getRuntimeManagementConfig({ FunctionName: 'Test', ...(Qualifier && { Qualifier }) });

  test('is kept for each version', () => {
    expect(read()).toEqual({ UpdateRuntimeOn: 'Auto', FunctionArn: arn });
    const manual = { UpdateRuntimeOn: 'Manual' as const, RuntimeVersionArn, FunctionArn: `${arn}:1` };
    expect(
      lambda.putRuntimeManagementConfig({
        FunctionName: 'Test',
        Qualifier: '1',
        UpdateRuntimeOn: 'Manual',
        RuntimeVersionArn,
      }),
    ).toEqual(manual);
    expect(read('1')).toEqual(manual);
    lambda.putRuntimeManagementConfig({ FunctionName: 'Test', UpdateRuntimeOn: 'FunctionUpdate' });
    expect(read()).toEqual({ UpdateRuntimeOn: 'FunctionUpdate', FunctionArn: arn });
    expect(read('$LATEST').UpdateRuntimeOn).toBe('FunctionUpdate');
  });

  test.each<[string, Partial<Parameters<typeof lambda.putRuntimeManagementConfig>[0]>, string]>([
    ['Manual without a runtime', { UpdateRuntimeOn: 'Manual' }, 'InvalidParameterValueException'],
    ['Auto with a runtime', { UpdateRuntimeOn: 'Auto', RuntimeVersionArn }, 'InvalidParameterValueException'],
    ['an alias', { UpdateRuntimeOn: 'Auto', Qualifier: 'live' }, 'InvalidParameterValueException'],
    ['an unknown version', { UpdateRuntimeOn: 'Auto', Qualifier: '7' }, 'ResourceNotFoundException'],
  ])('refuses %s', (_, more, code) => {
    lambda.createAlias({ FunctionName: 'Test', Name: 'live', FunctionVersion: '1' });
    const request = { FunctionName: 'Test', UpdateRuntimeOn: 'Auto' as const, ...more };
    expect(() => lambda.putRuntimeManagementConfig(request)).toThrow(fails(code));
  });
});

test('what ends a recursive loop is kept', () => {
  const read = () => lambda.getFunctionRecursionConfig({ FunctionName: 'Test' });
  expect(read()).toEqual({ RecursiveLoop: 'Terminate' });
  lambda.putFunctionRecursionConfig({ FunctionName: 'Test', RecursiveLoop: 'Allow' });
  expect(read()).toEqual({ RecursiveLoop: 'Allow' });
  expect(() => lambda.getFunctionRecursionConfig({ FunctionName: 'None' })).toThrow(
    fails('ResourceNotFoundException'),
  );
});
