import type { JsonText } from '../../history/events';
import type { Payload } from '../data';
import {
  type EngineServices,
  RETURNED,
  type TaskAnswer,
  type TaskCall,
  type TaskResult,
  type TaskTarget,
} from '../execution/services';
import type { Visit } from '../execution/state';
import { isPromise, type MaybePromise } from '../maybe-promise';
import type { TaskLimits } from './task-limits';

/** A call, from the state's fields. */
export interface TaskRequest {
  readonly resource: string;
  readonly target: TaskTarget;
  readonly input: Payload;
  readonly limits: TaskLimits;
  /** The role of the state's Credentials. */
  readonly roleArn: string | undefined;
}

/** A call in progress: what the invoker sees of it, and the wait for its result. */
export class RunningCall implements TaskCall {
  readonly resource: string;
  readonly target: TaskTarget;
  readonly input: string;
  readonly stateName: string;
  readonly retryCount: number;
  readonly executionArn: string;
  readonly scheduledEventId: number;
  readonly roleArn: string;
  readonly taskToken?: string;
  /** Epoch milliseconds: TimeoutSeconds counts from here. */
  startTime: number;
  readonly #visit: Visit;
  readonly #services: EngineServices;
  /** Most invokers never read the signal, and an AbortController is expensive. */
  #abort: AbortController | undefined;
  /** What `submitted` calls; it may be called before anything waits for the result. */
  #onSubmitted: ((output: JsonText) => void) | undefined;
  #submittedEarly: JsonText | undefined;
  /** What `started` calls; a worker may be waiting for the task already. */
  #onStarted: ((workerName?: string) => void) | undefined;
  #startedEarly: { readonly workerName: string | undefined } | undefined;

  constructor(visit: Visit, { resource, target, input, roleArn }: TaskRequest, token = visit.taskToken) {
    const { request, services } = visit.thread.execution;
    this.#visit = visit;
    this.#services = services;
    this.resource = resource;
    this.target = target;
    this.input = input.text;
    this.stateName = visit.state.name;
    this.retryCount = visit.retryCount;
    this.executionArn = request.executionArn;
    this.scheduledEventId = visit.thread.previousEventId;
    this.roleArn = roleArn ?? request.roleArn;
    this.startTime = services.clock.now();
    if (token !== undefined) {
      this.taskToken = token;
      visit.thread.execution.tokens.issue(token);
    }
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    return this.#abort.signal;
  }

  /** Starts the call. */
  begin(): MaybePromise<TaskAnswer> {
    const answer = this.#invoke();
    if (!isPromise(answer) && 'error' in answer) this.withdrawToken();
    return answer;
  }

  #invoke(): MaybePromise<TaskAnswer> {
    try {
      return this.#services.invokeTask(this);
    } catch (error) {
      return invokerFailure(error);
    }
  }

  submitted(output: JsonText): void {
    if (this.#onSubmitted === undefined) this.#submittedEarly = output;
    this.#onSubmitted?.(output);
    this.#onSubmitted = () => {};
  }

  started(workerName?: string): void {
    this.startTime = this.#services.clock.now();
    if (this.#onStarted === undefined) this.#startedEarly = { workerName };
    this.#onStarted?.(workerName);
  }

  /** Waits until a worker has taken the task, and returns the worker's name. */
  worker(): Promise<string | undefined> {
    return this.#visit.thread.wait((settle) => {
      if (this.#startedEarly) settle(this.#startedEarly.workerName);
      this.#onStarted = settle;
      return () => this.#abortSignal();
    });
  }

  /**
   * The result, or `timeout` when the state times out first. A simulated time stands still until the
   * invoker's promise resolves.
   * @param onSubmitted called when a job has started; undefined for a call that is not a job
   */
  result<T extends TaskAnswer>(
    answer: MaybePromise<T>,
    timeoutSeconds: number | undefined,
    onSubmitted?: (output: JsonText) => void,
  ): MaybePromise<T | TaskResult | 'timeout'> {
    const { clock } = this.#services;
    const token = onSubmitted && this.taskToken;
    const { tokens } = this.#visit.thread.execution;
    if (!isPromise(answer) && ('scheduled' in answer || answer.takes === undefined)) {
      this.#listen(onSubmitted);
      this.#received(answer);
      if (token !== undefined) this.withdrawToken();
      return answer;
    }
    return this.#visit.thread.wait((settle) => {
      const cancels: (() => void)[] = [];
      let over = false;
      const callOff = (): void => {
        over = true;
        this.#onSubmitted = () => {};
        for (const cancel of cancels) cancel();
      };
      const end = (result: T | TaskResult): void => {
        callOff();
        // What a callback waits for comes after a call that succeeded.
        if (token !== undefined || 'error' in result) this.withdrawToken();
        settle(result);
      };
      const abort = (reason?: string): void => {
        if (over) return;
        callOff();
        this.#abortSignal(reason);
      };
      if (timeoutSeconds !== undefined) {
        cancels.push(
          clock.setTimer(timeoutSeconds * 1000, () => {
            abort();
            settle('timeout');
          }),
        );
      }
      const receive = (result: T | TaskResult): void => {
        if (over) return;
        this.#received(result);
        if ('scheduled' in result || result.takes === undefined) end(result);
        else if (Number.isFinite(result.takes)) cancels.push(clock.setTimer(result.takes, () => end(result)));
      };
      if (isPromise(answer)) {
        const release = clock.hold?.() ?? (() => {});
        cancels.push(release);
        this.#listen(
          onSubmitted &&
            ((output) => {
              onSubmitted(output);
              release();
            }),
        );
        void Promise.resolve(answer).catch(invokerFailure).then(receive).finally(release);
      } else {
        this.#listen(onSubmitted);
        receive(answer);
      }
      if (token !== undefined) {
        const complete = (result: TaskResult): void => {
          abort(RETURNED);
          settle(result);
        };
        tokens.await(token, { complete, heartbeat: () => {} });
      }
      return () => abort();
    });
  }

  #abortSignal(reason?: string): void {
    this.withdrawToken();
    this.#abort ??= new AbortController();
    this.#abort.abort(reason);
  }

  /** From now on, the token has no effect. */
  withdrawToken(): void {
    if (this.taskToken !== undefined) this.#visit.thread.execution.tokens.withdraw(this.taskToken);
  }

  #listen(onSubmitted: ((output: JsonText) => void) | undefined): void {
    this.#onSubmitted = onSubmitted ?? (() => {});
    if (this.#submittedEarly !== undefined) this.submitted(this.#submittedEarly);
  }

  /** A job whose start was not reported has started when its result arrives, unless the service refused it. */
  #received(result: TaskAnswer): void {
    if ('scheduled' in result) return;
    const output = result.submitted ?? ('error' in result ? undefined : result.output);
    if (output !== undefined) this.submitted(output);
  }
}

/** An invoker should return an error; if it throws instead, the task fails with that error. */
const invokerFailure = (error: unknown): TaskResult => ({
  error: 'States.TaskFailed',
  cause: `The call of the task could not be made: ${error instanceof Error ? error.message : String(error)}`,
});
