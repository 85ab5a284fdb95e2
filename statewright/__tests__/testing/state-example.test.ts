import { testState } from 'statewright/testing';
import { definition } from '../fixture/src/definition';

const machine = definition({
  test: 'arn:aws:lambda:us-east-1:000000000000:function:Test',
  error: 'arn:aws:lambda:us-east-1:000000000000:function:Error',
});

test('what Test returns leads to SuccessState', async () => {
  const tested = await testState(machine, { stateName: 'Test', mock: { result: { id: 7 } } });

  expect(tested).toHaveSucceededWith({ id: 7 });
  expect(tested).toHaveNextState('SuccessState');
});

test('a TestError is caught', async () => {
  const errorOutput = { error: 'TestError', cause: 'boom' };
  const tested = await testState(machine, { stateName: 'Test', mock: { errorOutput } });

  expect(tested).toHaveCaughtError('TestError', 'HandleError');
  expect(tested.output).toEqual({ Error: 'TestError', Cause: 'boom' });
});

test.each([
  [0, 1],
  [3, 8],
])('after %i retries, the next one waits for %i s', async (retrierRetryCount, seconds) => {
  const tested = await testState(machine, {
    stateName: 'Test',
    mock: { errorOutput: { error: 'Lambda.TooManyRequestsException' } },
    stateConfiguration: { retrierRetryCount },
  });

  expect(tested).toBeRetriable(seconds);
});

test('after six retries, the error fails the execution', async () => {
  const tested = await testState(machine, {
    stateName: 'HandleError',
    mock: { errorOutput: { error: 'Lambda.TooManyRequestsException' } },
    stateConfiguration: { retrierRetryCount: 6 },
  });

  expect(tested).toHaveFailedWith('Lambda.TooManyRequestsException');
});

test('a state alone shows what each of its fields makes of the data', async () => {
  const tested = await testState(
    {
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:getItem',
      Parameters: { TableName: 'orders', Key: { id: { 'S.$': '$.id' } } },
      ResultSelector: { 'total.$': 'States.StringToJson($.Item.total.N)' },
      ResultPath: '$.order',
      Next: 'Pay',
    },
    { input: { id: 'o-1' }, mock: { result: { Item: { total: { N: '5' } } } } },
  );

  expect(tested.inspectionData).toMatchObject({
    afterParameters: { TableName: 'orders', Key: { id: { S: 'o-1' } } },
    afterResultSelector: { total: 5 },
  });
  expect(tested).toHaveSucceededWith({ id: 'o-1', order: { total: 5 } });
});

test('a result that DynamoDB cannot return is refused', async () => {
  const state = {
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:getItem',
    Parameters: { TableName: 'orders', Key: { id: { S: 'o-1' } } },
    End: true,
  };

  await expect(testState(state, { mock: { result: { Item: 'none' } } })).rejects.toThrow(
    "Field 'Item' must be an object",
  );
});
