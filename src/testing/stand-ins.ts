import type { TaskCall, TaskResult } from '../engine';
import { AwsError } from '../local/aws-error';
import type { LambdaAnswer, LambdaInvoker } from '../local/states/task-invoker';
import { UserError } from '../user-error';
import { type Answer, AnswerError, type Call, type Reply } from './answers';
import { isMeant, type ResolvedTarget } from './targets';
import { isLambdaTask, lambdaName } from './tasks';

/** A Task called something that is not in the account, and that nothing stands in for. */
export class NothingStandsInError extends UserError {
  override readonly name = 'NothingStandsInError';
}

/** What one run of a workflow called, and what went wrong with the test itself. */
export interface CallRecorder {
  readonly record: (call: Call) => void;
  /** Ends the run with an error: what a Catch must not hide. */
  readonly fail: (error: Error) => void;
}

/** Ends the task that waits for a token. */
export type CompleteTask = (taskToken: string, result: TaskResult) => void;

interface Replacement {
  readonly target: ResolvedTarget;
  readonly answer: Answer;
  reply: ReturnType<Answer['begin']>;
}

/** Answers the calls of a workflow's Tasks in place of what they call, where it was told to, and writes all of them down. */
export class StandIns {
  /** The most special first: a state's before a function's before a resource's; the latest of each first. */
  #replacements: Replacement[] = [];
  #recorder: CallRecorder = { record: () => {}, fail: () => {} };

  constructor(private readonly completeTask: CompleteTask) {}

  replace(target: ResolvedTarget, answer: Answer): void {
    this.#replacements.unshift({ target, answer, reply: answer.begin() });
    const order = ['state', 'lambda', 'resource'];
    this.#replacements.sort((a, b) => order.indexOf(a.target.kind) - order.indexOf(b.target.kind));
  }

  restore(target?: ResolvedTarget): void {
    this.#replacements = this.#replacements.filter(
      (made) => target && (made.target.kind !== target.kind || made.target.name !== target.name),
    );
  }

  /** Begins a run: every answer from its start. */
  begin(recorder: CallRecorder): void {
    this.#recorder = recorder;
    for (const replacement of this.#replacements) replacement.reply = replacement.answer.begin();
  }

  /** For calls of other services than Lambda. */
  readonly service = (call: TaskCall): TaskResult | Promise<TaskResult> | undefined => {
    if (isLambdaTask(call.resource)) return undefined;
    const made = callOf(call, call.input);
    const reply = this.#replyTo(made);
    if (reply === undefined) return this.#nothingThere(made, `calls ${call.resource}`);
    return this.#result(call, made, reply);
  };

  /** For calls of Lambda functions that the state machine's role may make. */
  readonly lambda = (lambda: LambdaInvoker): LambdaInvoker => ({
    invoke: async (request, call) => {
      const made = callOf(call, request.Payload ?? '{}', lambdaName(request.FunctionName));
      const reply = this.#replyTo(made);
      if (reply !== undefined) return lambdaAnswer(await this.#result(call, made, reply));
      try {
        return await lambda.invoke(request, call);
      } catch (error) {
        if (!isMissing(error)) throw error;
        return this.#nothingThere(made, `calls the Lambda function "${lambdaName(request.FunctionName)}"`);
      }
    },
  });

  #replyTo(call: Call): Reply | Promise<Reply> | undefined {
    this.#recorder.record(call);
    return this.#replacements.find(({ target }) => isMeant(target, call))?.reply(call);
  }

  async #result(task: TaskCall, call: Call, given: Reply | Promise<Reply>): Promise<TaskResult> {
    const reply = await given;
    const { takes } = reply;
    const result = 'error' in reply ? failure(call, reply) : { output: this.#text(call, reply.output) };
    if (task.taskToken === undefined) return { ...result, ...(takes !== undefined && { takes }) };
    this.completeTask(task.taskToken, { ...result, ...(takes !== undefined && { takes }) });
    return { output: '{}' };
  }

  #text(call: Call, value: unknown): string {
    try {
      return JSON.stringify(value) ?? 'null';
    } catch (error) {
      this.#recorder.fail(
        new AnswerError(`The answer to "${call.state}" is no JSON value: ${(error as Error).message}`),
      );
      return 'null';
    }
  }

  #nothingThere(call: Call, what: string) {
    const name = call.lambda ?? call.state;
    this.#recorder.fail(
      new NothingStandsInError(
        `"${call.state}" ${what}, which is not there: say what answers in its place, ` +
          `such as workflow.replace('${name}', returns({ … })).`,
      ),
    );
    return { error: 'States.TaskFailed', cause: `"${call.state}" ${what}, which is not there.` };
  }
}

function callOf(call: TaskCall, input: string, lambda?: string): Call {
  return {
    state: call.stateName,
    resource: call.resource,
    ...(lambda !== undefined && { lambda }),
    input: JSON.parse(input),
    retryCount: call.retryCount,
  };
}

/** A function's own error has Lambda's account of it as its cause; the services' errors have theirs as it is. */
function failure({ lambda }: Call, { error, cause }: { readonly error: string; readonly cause: string }) {
  const isFunctionError = lambda !== undefined && !/^(Lambda|States)\./.test(error);
  return {
    error,
    cause: isFunctionError ? JSON.stringify({ errorType: error, errorMessage: cause, trace: [] }) : cause,
  };
}

function lambdaAnswer(result: TaskResult): LambdaAnswer {
  if ('error' in result) return result;
  const { output, takes } = result;
  return {
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    Payload: output,
    ...(takes !== undefined && { takes }),
  };
}

const isMissing = (error: unknown) => error instanceof AwsError && error.code === 'ResourceNotFoundException';
