import { UserError } from '../user-error';

/** One call that a Task makes, as a stand-in sees it. */
export interface Call {
  /** The Task's name. */
  readonly state: string;
  /** The Task's `Resource`. */
  readonly resource: string;
  /** The name of the Lambda function that it calls; undefined for any other service. */
  readonly lambda?: string;
  /** What the function gets as its event, or the service as its parameters. */
  readonly input: unknown;
  /** How often this visit of the state was tried before: 0 the first time. */
  readonly retryCount: number;
}

/** How a call ends. */
export type Reply = ({ readonly output: unknown } | { readonly error: string; readonly cause: string }) & {
  /** Milliseconds of simulated time; none unless given. */
  readonly takes?: number;
};

/** What answers calls. A run begins each answer anew, so that every run sees a sequence from its start. */
export interface Answer {
  begin(): (call: Call) => Reply | Promise<Reply>;
}

/** An answer that cannot be given. */
export class AnswerError extends UserError {
  override readonly name = 'AnswerError';
}

/** Answers with a value: what the function returns, or the service's result; with a task token, what comes back with it. */
export function returns(value: unknown): Answer {
  return always({ output: value });
}

/**
 * Fails as a function that throws does, or a service that refuses: `throws('TestError', 'boom')`,
 * `throws('Lambda.TooManyRequestsException')`, `throws(new TestError('boom'))`.
 *
 * @param error the name that Retry and Catch go by
 * @throws AnswerError for what only the state itself can raise
 */
export function throws(error: string | Error, cause = ''): Answer {
  const failure = typeof error === 'string' ? { error, cause } : { error: error.name, cause: error.message };
  if (['States.Timeout', 'States.HeartbeatTimeout'].includes(failure.error)) {
    throw new AnswerError(
      `${failure.error} is not thrown: a Task times out by itself when no answer comes. ` +
        'Give the state TimeoutSeconds, and answer with never() or takes(milliseconds, …).',
    );
  }
  return always(failure);
}

/** Answers as a function of the input does: with what it returns, or, when it throws, with that error. */
export function calls(work: (input: never, call: Call) => unknown): Answer {
  return {
    begin: () => async (call) => {
      try {
        return { output: await work(call.input as never, call) };
      } catch (error) {
        if (error instanceof Error) return { error: error.name, cause: error.message };
        return { error: 'Error', cause: String(error) };
      }
    },
  };
}

/** Gives one answer after the other; the last one from then on. */
export function sequence(...answers: readonly [Answer, ...Answer[]]): Answer {
  return {
    begin: () => {
      const replies = answers.map((answer) => answer.begin());
      let next = 0;
      return (call) => {
        const reply = replies[Math.min(next++, replies.length - 1)] as (typeof replies)[number];
        return reply(call);
      };
    },
  };
}

/** Gives the answer after a time, in milliseconds of simulated time; too late when the state's time is over by then. */
export function takes(milliseconds: number, answer: Answer): Answer {
  if (!(milliseconds >= 0)) {
    throw new AnswerError(`takes(${milliseconds}, …): the time is a number of milliseconds, 0 or more.`);
  }
  return {
    begin: () => {
      const reply = answer.begin();
      return async (call) => {
        const made = await reply(call);
        return { ...made, takes: milliseconds + (made.takes ?? 0) };
      };
    },
  };
}

/** Never answers: the state's TimeoutSeconds or HeartbeatSeconds ends the call. */
export function never(): Answer {
  return always({ output: null, takes: Number.POSITIVE_INFINITY });
}

function always(reply: Reply): Answer {
  return { begin: () => () => reply };
}
