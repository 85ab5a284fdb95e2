import { UserError } from '../user-error';
import type { Call } from './call';
import { callSite } from './call-site';
import { checkOptions } from './options';
import type { TestExecution } from './test-execution';

/** The result of a call. */
export type Reply = ({ readonly output: unknown } | { readonly error: string; readonly cause: string }) & {
  /** For `.sync`: the service's response when the job starts (default: the output at its end). */
  readonly submitted?: unknown;
  /** The time until the answer, in simulated milliseconds (default: 0). */
  readonly takes?: number;
  /** For `.waitForTaskToken` and activities: the interval of heartbeats and their end, in milliseconds. */
  readonly heartbeats?: { readonly every: number; readonly until: number };
  /** The execution of another workflow that answered. */
  readonly execution?: TestExecution;
};

/** An answer to calls. Each run starts it again, so that every run sees a sequence from its start. */
export interface Answer {
  /** Whether it is the Task's whole result or error, unchanged, also for a Lambda function (default: only the function's). */
  readonly isTaskResult?: true;
  /** Begins a run. The function returns the answer to each call, in order. */
  begin(): (call: Call) => Reply | Promise<Reply>;
}

/** The replacement of a call: an answer, or a function of the call's input. */
export type Replacement = Answer | ((input: never, call: Call) => unknown);

/** An invalid answer. */
export class AnswerError extends UserError {
  override readonly name = 'AnswerError';
}

/**
 * @param caller the function that received the replacement
 * @throws AnswerError for an invalid value, which a test without a type check may pass
 */
export function answerOf(replacement: Replacement, caller: (...values: never[]) => unknown): Answer {
  if (typeof replacement === 'function') return calls(replacement);
  if (typeof (replacement as Partial<Answer> | undefined)?.begin === 'function') return replacement;
  const error = new AnswerError(
    `${JSON.stringify(replacement) ?? 'undefined'} is not an answer. ` +
      'Use returns(value), throws(error, cause), sequence(…), or a function.',
  );
  throw callSite(caller)(error);
}

/** Answers with a value: the function's result, the service's result, or the output that is sent with a task token. */
export function returns(value: unknown): Answer {
  return always({ output: value });
}

/**
 * Fails like a function that throws, or a service that refuses: `throws('TestError', 'boom')`,
 * `throws('Lambda.TooManyRequestsException')`, `throws(new TestError('boom'))`.
 *
 * @param error the error name that Retry and Catch match
 * @throws AnswerError for an error that only the state itself can raise
 */
export function throws(error: string | Error, cause = ''): Answer {
  const failure = typeof error === 'string' ? { error, cause } : { error: error.name, cause: error.message };
  if (['States.Timeout', 'States.HeartbeatTimeout'].includes(failure.error)) {
    throw new AnswerError(
      `${failure.error} is not thrown: a Task times out by itself when no answer comes. ` +
        'Add TimeoutSeconds to the state, and answer with never() or takes(milliseconds, …).',
    );
  }
  return always(failure);
}

/** Answers with the result of a function of the input, or with the error that it throws. */
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

/** Gives the answers in order, and then repeats the last one. */
export function sequence(...replacements: readonly [Replacement, ...Replacement[]]): Answer {
  const answers = replacements.map((replacement) => answerOf(replacement, sequence));
  if (answers.length === 0) throw new AnswerError('sequence() needs at least one answer.');
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

const shown = (value: unknown) => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/**
 * Gives the answer after a time in simulated milliseconds. It is too late if the state has timed out by then.
 *
 * @param options `heartbeat`: with a task token, the interval of heartbeats until then, in milliseconds
 */
export function takes(
  milliseconds: number,
  replacement: Replacement,
  options: { readonly heartbeat?: number } = {},
): Answer {
  checkOptions('takes', options, { heartbeat: true });
  const { heartbeat } = options;
  const answer = answerOf(replacement, takes);
  // JavaScript compares a text as a number.
  if (!(Number.isFinite(milliseconds) && milliseconds >= 0)) {
    throw new AnswerError(
      `takes(${shown(milliseconds)}, …): the time must be a number of milliseconds, 0 or more.`,
    );
  }
  if (heartbeat !== undefined && !(Number.isFinite(heartbeat) && heartbeat > 0)) {
    throw new AnswerError(
      `takes(…, { heartbeat: ${shown(heartbeat)} }): it must be a number of milliseconds above 0.`,
    );
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
