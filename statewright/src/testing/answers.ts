import { UserError } from '../user-error';
import { callSite } from './call-site';

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
  /** The role that makes the call: the state machine's, or the one of the Task's `Credentials`. */
  readonly roleArn: string;
}

/** How a call ends. */
export type Reply = ({ readonly output: unknown } | { readonly error: string; readonly cause: string }) & {
  /** For `.sync`: what the service says when the job starts; what it says at its end, unless given. */
  readonly submitted?: unknown;
  /** Milliseconds of simulated time; none unless given. */
  readonly takes?: number;
  /** For `.waitForTaskToken`: a heartbeat `every` so many milliseconds, `until` so many have passed. */
  readonly heartbeats?: { readonly every: number; readonly until: number };
};

/** What answers calls. A run begins each answer anew, so that every run sees a sequence from its start. */
export interface Answer {
  begin(): (call: Call) => Reply | Promise<Reply>;
}

/** What stands in for a call: an answer, or a function of the call's input. */
export type Replacement = Answer | ((input: never, call: Call) => unknown);

/** An answer that cannot be given. */
export class AnswerError extends UserError {
  override readonly name = 'AnswerError';
}

/**
 * @param caller the function that was given the replacement
 * @throws AnswerError for what is none: a test that nobody has type-checked may say anything
 */
export function answerOf(replacement: Replacement, caller: (...values: never[]) => unknown): Answer {
  if (typeof replacement === 'function') return calls(replacement);
  if (typeof (replacement as Partial<Answer> | undefined)?.begin === 'function') return replacement;
  const error = new AnswerError(
    `${JSON.stringify(replacement) ?? 'undefined'} is no answer. ` +
      'Say returns(value), throws(error, cause), sequence(…), or give a function.',
  );
  throw callSite(caller)(error);
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
export function sequence(...replacements: readonly [Replacement, ...Replacement[]]): Answer {
  const answers = replacements.map((replacement) => answerOf(replacement, sequence));
  if (answers.length === 0) throw new AnswerError('sequence() needs an answer at least.');
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

/**
 * Gives the answer after a time, in milliseconds of simulated time; too late when the state's time is over by then.
 *
 * @param options `heartbeat`: with a task token, a heartbeat is sent every so many milliseconds until then
 */
export function takes(
  milliseconds: number,
  replacement: Replacement,
  { heartbeat }: { readonly heartbeat?: number } = {},
): Answer {
  const answer = answerOf(replacement, takes);
  if (!(milliseconds >= 0 && milliseconds < Number.POSITIVE_INFINITY)) {
    throw new AnswerError(`takes(${milliseconds}, …): the time is a number of milliseconds, 0 or more.`);
  }
  if (heartbeat !== undefined && !(heartbeat > 0)) {
    throw new AnswerError(`takes(…, { heartbeat: ${heartbeat} }): it is a number of milliseconds above 0.`);
  }
  return {
    begin: () => {
      const reply = answer.begin();
      return async (call) => {
        const made = await reply(call);
        return {
          ...made,
          takes: milliseconds + (made.takes ?? 0),
          ...(heartbeat !== undefined && { heartbeats: { every: heartbeat, until: milliseconds } }),
        };
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
