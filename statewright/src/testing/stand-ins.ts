import { objectOf } from '../asl/graph';
import { parseFunctionName, parseResource } from '../asl/resource';
import type { TaskAnswer, TaskCall, TaskFailure, TaskResult } from '../engine';
import { AwsError } from '../local-aws/aws-error';
import type { LambdaAnswer, LambdaInvoker } from '../local-aws/step-functions/dependencies';
import { UserError } from '../user-error';
import { type Answer, AnswerError, type Reply } from './answers';
import type { Call } from './call';
import { Run, type Runs } from './run';
import { isMeant, type ResolvedTarget } from './targets';
import { isLambdaTask, isServiceError } from './tasks';

/** A Task called something that is not in the account and has no stand-in. */
export class NothingStandsInError extends UserError {
  override readonly name = 'NothingStandsInError';

  constructor(
    readonly call: Call,
    /** The problem, such as `"Charge" calls the Lambda function "Charge", which does not exist`. */
    readonly problem: string,
  ) {
    const name = call.lambda ?? call.state;
    super(`${problem}. Replace it, for example with workflow.replace('${name}', returns({ … })).`);
  }
}

/** Returns a task token after a time, as its receiver would, with heartbeats until then. */
type CompleteTask = (
  taskToken: string,
  result: TaskResult,
  timing: Pick<Reply, 'takes' | 'heartbeats'>,
) => void;

interface Replacement {
  readonly target: ResolvedTarget;
  readonly answer: Answer;
}

/** Answers calls of a workflow's Tasks that have a replacement, and records all calls. */
export class StandIns {
  /** The most specific first: a state's, a function's, a resource's; the latest of each first. */
  #replacements: Replacement[] = [];
  /** For executions that no run has started. */
  readonly #outside = new Run('', () => {});

  readonly #runs: Runs;
  readonly #completeTask: CompleteTask;
  readonly #isAnswered: (task: TaskCall) => boolean;

  /** @param isAnswered whether something else answers a call of a service when nothing replaces it */
  constructor(runs: Runs, completeTask: CompleteTask, isAnswered: (task: TaskCall) => boolean = () => false) {
    this.#runs = runs;
    this.#completeTask = completeTask;
    this.#isAnswered = isAnswered;
  }

  /** The returned function removes this replacement. */
  replace(target: ResolvedTarget, answer: Answer): () => void {
    const replacement = { target, answer };
    this.#replacements.unshift(replacement);
    const order = ['state', 'lambda', 'resource'];
    this.#replacements.sort((a, b) => order.indexOf(a.target.kind) - order.indexOf(b.target.kind));
    return () => {
      this.#replacements = this.#replacements.filter((made) => made !== replacement);
    };
  }

  restore(target?: ResolvedTarget): void {
    this.#replacements = this.#replacements.filter(
      (made) => target && (made.target.kind !== target.kind || made.target.name !== target.name),
    );
  }

  /** The answer that a call gets; undefined when nothing replaces what it calls. */
  answerTo(call: Call): Answer | undefined {
    return this.#replacementOf(call)?.answer;
  }

  /** Calls of other services than Lambda, and calls of Lambda whose answer is the Task's whole result. */
  readonly service = (task: TaskCall): TaskAnswer | Promise<TaskAnswer> | undefined => {
    if (isLambdaTask(task.resource)) return this.#mockedLambda(task);
    const call = callOf(task, task.input);
    const answer = this.#answer(task, call);
    if (answer || this.#isAnswered(task)) return answer;
    return this.#notFound(task, call, withoutAnswer(task));
  };

  /** Calls of Lambda functions that the state machine's role may invoke. */
  readonly lambda = (lambda: LambdaInvoker): LambdaInvoker => ({
    invoke: async (request, task) => {
      const { name, qualifier = request.Qualifier } = parseFunctionName(request.FunctionName);
      const call = {
        ...callOf(task, request.Payload ?? '{}', name),
        ...(qualifier !== undefined && { qualifier }),
      };
      const answer = this.#answer(task, call);
      // Only the task of an activity is scheduled.
      if (answer !== undefined) return lambdaAnswer((await answer) as TaskResult);
      try {
        return await lambda.invoke(request, task);
      } catch (error) {
        if (!isMissing(error, request.FunctionName)) throw error;
        return this.#notFound(task, call, `calls the Lambda function "${name}", which does not exist`);
      }
    },
  });

  /** The whole result of a Task whose call has a replacement; undefined without one. For calls without an account. */
  taskResult(task: TaskCall): Promise<TaskAnswer> | undefined {
    if (!isLambdaTask(task.resource)) return this.#answer(task, callOf(task, task.input));
    const call = lambdaCallOf(task);
    const answer = this.#answer(task, call);
    const isWhole = task.target.kind === 'lambda' || this.#replacementOf(call)?.answer.isTaskResult;
    // Only the task of an activity is scheduled.
    return isWhole ? answer : (answer as Promise<TaskResult> | undefined)?.then(invokeResult);
  }

  #runOf({ executionArn }: TaskCall): Run {
    return this.#runs.of(executionArn) ?? this.#outside;
  }

  #mockedLambda(task: TaskCall): Promise<TaskAnswer> | undefined {
    const call = lambdaCallOf(task);
    return this.#replacementOf(call)?.answer.isTaskResult && this.#answer(task, call);
  }

  #answer(task: TaskCall, call: Call): Promise<TaskAnswer> | undefined {
    const run = this.#runOf(task);
    run.calls.push({ executionArn: task.executionArn, call });
    const replacement = this.#replacementOf(call);
    return replacement && this.#result(task, call, run, replacement);
  }

  #replacementOf(call: Call): Replacement | undefined {
    return this.#replacements.find(({ target }) => isMeant(target, call));
  }

  async #result(task: TaskCall, call: Call, run: Run, replacement: Replacement): Promise<TaskAnswer> {
    try {
      const reply = await run.reply(replacement, call);
      return this.#resultOf(task, call, reply, replacement.answer.isTaskResult);
    } catch (error) {
      run.fail(error as Error);
      return { error: 'States.TaskFailed', cause: (error as Error).message };
    }
  }

  #resultOf(task: TaskCall, call: Call, reply: Reply, isTaskResult = false): TaskAnswer {
    const { takes, heartbeats } = reply;
    const timing = takes === undefined ? {} : { takes };
    const isRefused = 'error' in reply && isServiceError(reply.error, task.target);
    const submitted = reply.submitted ?? ('error' in reply ? {} : reply.output);
    const result = {
      ...('error' in reply
        ? failure(reply, call.lambda !== undefined && !isTaskResult && !returnsToken(task))
        : { output: jsonText(call, reply.output) }),
      ...(isSync(task) && !isRefused && { submitted: jsonText(call, submitted) }),
    };
    if (isRefused)
      return { ...(result as TaskFailure), ...timing, ...(isSubmitted(task) && { stage: 'submit' }) };
    if (!returnsToken(task) || task.taskToken === undefined) return { ...result, ...timing };
    this.#completeTask(task.taskToken, result, { ...timing, ...(heartbeats && { heartbeats }) });
    return task.target.kind === 'activity' ? { scheduled: true } : { output: '{}' };
  }

  #notFound(task: TaskCall, call: Call, what: string): TaskResult & { readonly error: string } {
    const problem = `"${call.state}" ${what}`;
    this.#runOf(task).fail(new NothingStandsInError(call, problem));
    return { error: 'States.TaskFailed', cause: `${problem}.` };
  }
}

/**
 * Whether a call submits something, which may be refused: AWS writes TaskSubmitFailed for a job (.sync). This assumes the
 * same for a message with a task token. Invoking a function does not count.
 */
const isSubmitted = ({ target, resource }: TaskCall) =>
  target.kind === 'integration' && target.pattern !== 'requestResponse' && !isLambdaTask(resource);

/** Whether the result comes with the token: from who received it, or from an activity's worker. */
const returnsToken = ({ target }: TaskCall) =>
  target.kind === 'activity' || (target.kind === 'integration' && target.pattern === 'waitForTaskToken');

/** Why a call has no answer. */
function withoutAnswer({ resource }: TaskCall): string {
  const called = parseResource(resource);
  return called.kind === 'activity'
    ? `waits for a worker of the activity "${called.name}", and none runs here`
    : `calls ${resource}, which does not exist`;
}

const isSync = ({ target }: TaskCall) => target.kind === 'integration' && target.pattern === 'sync';

function callOf(task: TaskCall, input: string, lambda?: string): Call {
  return {
    state: task.stateName,
    resource: task.resource,
    ...(lambda !== undefined && { lambda }),
    input: JSON.parse(input),
    retryCount: task.retryCount,
    roleArn: task.roleArn,
  };
}

/** A call of Lambda by a function's ARN, or by `lambda:invoke`, whose FunctionName may be missing. */
function lambdaCallOf(task: TaskCall): Call {
  if (task.target.kind === 'lambda') {
    return callOf(task, task.input, parseFunctionName(task.target.functionArn).name);
  }
  const { FunctionName = '', Payload = {} } = objectOf(JSON.parse(task.input)) ?? {};
  return callOf(task, JSON.stringify(Payload), parseFunctionName(String(FunctionName)).name);
}

/** @throws AnswerError */
function jsonText(call: Call, value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (error) {
    throw new AnswerError(`The answer to "${call.state}" is not a JSON value: ${(error as Error).message}`);
  }
}

/** A function's own error has Lambda's JSON as its cause; the cause of a service's error is unchanged. */
function failure(
  { error, cause }: { readonly error: string; readonly cause: string },
  isOfFunction: boolean,
) {
  const isFunctionError = isOfFunction && !/^(Lambda|States)\./.test(error);
  return {
    error,
    cause: isFunctionError ? JSON.stringify({ errorType: error, errorMessage: cause, trace: [] }) : cause,
  };
}

/** The result of `lambda:invoke`, without the metadata of its HTTP response. */
function invokeResult(result: TaskAnswer): TaskAnswer {
  if (!('output' in result)) return result;
  return { ...result, output: `{"ExecutedVersion":"$LATEST","Payload":${result.output},"StatusCode":200}` };
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

/** An ARN that is not valid, such as `arn:aws:lambda:REGION:ACCOUNT_ID:function:charge`, is one to fill in later. */
const isMissing = (error: unknown, functionName: string) =>
  error instanceof AwsError &&
  (error.code === 'ResourceNotFoundException' ||
    (error.code === 'ValidationException' && functionName.startsWith('arn:')));
