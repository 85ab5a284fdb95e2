import { defineStateMachine } from 'statewright/asl';
import { TestError } from '../handlers/test';

/** The ARNs of the functions that the state machine calls. */
export interface Functions {
  readonly test: string;
  readonly error: string;
}

/**
 * Lambda itself fails now and then, or is busy: tried again, it mostly works. The errors and the figures are those of
 * the Step Functions Developer Guide, "Handle transient Lambda service exceptions", whose note names
 * TooManyRequestsException too. Jitter keeps executions that failed together from coming back together.
 */
const retryTransientErrors = [
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
] as const;

/** Calls Test; when that fails with a TestError, calls Error and ends well all the same. */
export function definition(functions: Functions) {
  return defineStateMachine({
    Comment: 'Calls a function, and handles the error that it may raise',
    StartAt: 'Test',
    States: {
      Test: {
        Type: 'Task',
        Resource: functions.test,
        Retry: retryTransientErrors,
        Catch: [{ ErrorEquals: [TestError.name], Next: 'HandleError' }],
        Next: 'SuccessState',
      },
      HandleError: {
        Type: 'Task',
        Resource: functions.error,
        Retry: retryTransientErrors,
        Next: 'FailState',
      },
      SuccessState: { Type: 'Pass', Result: 'success', End: true },
      FailState: { Type: 'Pass', Result: 'handled error', End: true },
    },
  });
}
