import type { Payload } from '../data';
import type { EngineServices, TaskCall, TaskResult, TaskTarget } from '../execution/services';
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
  readonly startTime: number;
  readonly #visit: Visit;
  readonly #services: EngineServices;
  /** Most invokers never read the signal, and an AbortController is expensive. */
  #abort: AbortController | undefined;

  constructor(visit: Visit, { resource, target, input, roleArn }: TaskRequest) {
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
    if (visit.taskToken !== undefined) {
      this.taskToken = visit.taskToken;
      visit.thread.execution.tokens.issue(visit.taskToken);
    }
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    return this.#abort.signal;
  }

  /** Starts the call. */
  begin(): MaybePromise<TaskResult> {
    try {
      return this.#services.invokeTask(this);
    } catch (error) {
      return invokerFailure(error);
    }
  }

  /**
   * The result, or `timeout` when the state times out first. A simulated time stands still until the
   * invoker's promise resolves.
   * @param received called with the result when it arrives, before the time that it takes
   */
  result(
    answer: MaybePromise<TaskResult>,
    timeoutSeconds: number | undefined,
    received: (result: TaskResult) => void,
  ): MaybePromise<TaskResult | 'timeout'> {
    if (!isPromise(answer) && answer.takes === undefined) {
      received(answer);
      return answer;
    }
    const { clock } = this.#services;
    return this.#visit.thread.wait((settle) => {
      const cancels: (() => void)[] = [];
      let over = false;
      const callOff = (): void => {
        over = true;
        for (const cancel of cancels) cancel();
      };
      const end = (result: TaskResult | 'timeout'): void => {
        callOff();
        settle(result);
      };
      const abort = (): void => {
        callOff();
        this.#abort?.abort();
      };
      if (timeoutSeconds !== undefined) {
        cancels.push(
          clock.setTimer(timeoutSeconds * 1000, () => {
            abort();
            settle('timeout');
          }),
        );
      }
      const receive = (result: TaskResult): void => {
        if (over) return;
        received(result);
        if (result.takes === undefined) end(result);
        else if (Number.isFinite(result.takes)) cancels.push(clock.setTimer(result.takes, () => end(result)));
      };
      if (isPromise(answer)) {
        const release = clock.hold?.() ?? (() => {});
        cancels.push(release);
        void Promise.resolve(answer).catch(invokerFailure).then(receive).finally(release);
      } else {
        receive(answer);
      }
      return abort;
    });
  }
}

/** An invoker should return an error; if it throws instead, the task fails with that error. */
const invokerFailure = (error: unknown): TaskResult => ({
  error: 'States.TaskFailed',
  cause: `The call of the task could not be made: ${error instanceof Error ? error.message : String(error)}`,
});
