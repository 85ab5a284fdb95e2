import { defineStateMachine } from 'statewright/asl';
import { TestError } from '../handlers/test';

/** The ARNs of the functions that the state machine calls. */
export interface Functions {
  readonly test: string;
  readonly error: string;
}

/**
 * Lambda itself sometimes fails or is busy; a retry usually succeeds. The errors and the numbers are those of the Step
 * Functions Developer Guide, "Handle transient Lambda service exceptions", whose note adds TooManyRequestsException.
 * With jitter, executions that failed together do not retry together.
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

/** Calls Test. When Test fails with a TestError, calls Error; the execution succeeds either way. */
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
