import { join } from 'node:path';
import { lambdaFunctionsOf, validateStateMachine } from 'statewright/asl';
import { bundleHandler } from 'statewright/constructs';
import { TestError } from '../handlers/test';
import { definition } from '../src/definition';

const functions = {
  test: 'arn:aws:lambda:us-east-1:123456789012:function:Test',
  error: 'arn:aws:lambda:us-east-1:123456789012:function:Error',
};
const { States } = definition(functions) as unknown as { States: Record<string, Record<string, unknown>> };

test('Step Functions would take it', () => {
  expect(validateStateMachine(definition(functions))).toEqual([]);
});

test('calls the two functions that it is given', () => {
  expect(lambdaFunctionsOf(definition(functions))).toEqual([functions.test, functions.error]);
});

test('catches the error that the handler raises, by the name that Lambda reports', () => {
  expect(States.Test?.Catch).toEqual([{ ErrorEquals: [new TestError().name], Next: 'HandleError' }]);
});

test('the bundled handler raises it by the same name', async () => {
  const module = { exports: {} as { handler: (event: object) => Promise<unknown> } };
  new Function('module', 'exports', bundleHandler(join(__dirname, '../handlers/test.ts')))(
    module,
    module.exports,
  );

  const error: unknown = await module.exports.handler({ fail: true }).catch((raised) => raised);

  expect(States.Test?.Catch).toEqual([{ ErrorEquals: [(error as Error).name], Next: 'HandleError' }]);
});

test.each(['Test', 'HandleError'])(
  "%s is tried again when Lambda itself fails, and at no error of the function's",
  (name) => {
    expect(States[name]?.Retry).toEqual([
      {
        ErrorEquals: [
          'Lambda.ClientExecutionTimeoutException',
          'Lambda.ServiceException',
          'Lambda.AWSLambdaException',
          'Lambda.SdkClientException',
          'Lambda.TooManyRequestsException',
        ],
        IntervalSeconds: 2,
        MaxAttempts: 6,
        BackoffRate: 2,
        JitterStrategy: 'FULL',
      },
    ]);
  },
);

test('ends well either way', () => {
  expect(States.SuccessState).toEqual({ Type: 'Pass', Result: 'success', End: true });
  expect(States.FailState).toEqual({ Type: 'Pass', Result: 'handled error', End: true });
});
