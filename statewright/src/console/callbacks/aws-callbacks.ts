import type { Answer } from '../aws-services';
import type { Callbacks } from './callbacks';

interface TokenRequest {
  readonly taskToken: string;
}

/** The operations behind the answers, with AWS's names and shapes. */
interface CallbackServices {
  readonly states: {
    /** Not an AWS operation: the execution that gave a token out. */
    executionOfToken(taskToken: string): string | undefined;
    sendTaskSuccess(request: TokenRequest & { readonly output: string }): Answer<unknown>;
    sendTaskFailure(
      request: TokenRequest & { readonly error: string; readonly cause: string },
    ): Answer<unknown>;
  };
}

/** Answers with AWS operations. */
export const awsCallbacks = ({ states }: CallbackServices): Callbacks => ({
  isTokenOf: (executionArn, text) => states.executionOfToken(text) === executionArn,
  succeed: async (taskToken, output) => states.sendTaskSuccess({ taskToken, output }),
  fail: async (taskToken, error, cause) => states.sendTaskFailure({ taskToken, error, cause }),
});
