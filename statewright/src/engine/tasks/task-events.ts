import type {
  ActivityScheduledEventDetails,
  ErrorDetails,
  JsonText,
  LambdaFunctionScheduledEventDetails,
  TaskScheduledEventDetails,
} from '../../history/events';
import { WHOLE } from '../execution/history-writer';
import type { TaskTarget } from '../execution/services';
import type { Thread } from '../execution/thread';
import type { TaskRequest } from './running-call';

/**
 * The events of one call: the LambdaFunction… family for a function's ARN, the Activity… family for an activity's, the
 * Task… family for an integration.
 */
export interface TaskEvents {
  scheduled(request: TaskRequest): void;
  /** @param workerName the worker that has taken an activity's task, if it has a name */
  started(workerName?: string): void;
  startFailed(error: ErrorDetails): void;
  submitted(output: JsonText): void;
  submitFailed(error: ErrorDetails): void;
  succeeded(output: JsonText): void;
  failed(error: ErrorDetails): void;
  timedOut(): void;
}

export const TIMEOUT = { error: 'States.Timeout' } as const;

/** What is called: a worker asks for the task of an activity instead. */
export type CalledTarget = Exclude<TaskTarget, { kind: 'activity' }>;

export function taskEvents(thread: Thread, target: CalledTarget): TaskEvents {
  switch (target.kind) {
    case 'lambda':
      return new LambdaFunctionEvents(thread, target.functionArn);
    case 'integration':
      return new IntegrationEvents(thread, target.resourceType, target.resource);
  }
}

/** Details that get the members which not every state has. */
type Draft<T> = { -readonly [member in keyof T]: T[member] };

class LambdaFunctionEvents implements TaskEvents {
  readonly #thread: Thread;
  readonly #resource: string;

  constructor(thread: Thread, resource: string) {
    this.#thread = thread;
    this.#resource = resource;
  }

  scheduled({ input, limits, roleArn }: TaskRequest): void {
    const details: Draft<LambdaFunctionScheduledEventDetails> = {
      resource: this.#resource,
      input: input.text,
      inputDetails: WHOLE,
    };
    if (limits.timeoutSeconds !== undefined) details.timeoutInSeconds = limits.timeoutSeconds;
    if (roleArn !== undefined) details.taskCredentials = { roleArn };
    this.#thread.write('LambdaFunctionScheduled', { lambdaFunctionScheduledEventDetails: details });
  }

  started(): void {
    this.#thread.write('LambdaFunctionStarted');
  }

  startFailed(error: ErrorDetails): void {
    this.#thread.write('LambdaFunctionStartFailed', { lambdaFunctionStartFailedEventDetails: error });
  }

  /** A function call has no submission. */
  submitted(): void {}

  submitFailed(error: ErrorDetails): void {
    this.failed(error);
  }

  succeeded(output: JsonText): void {
    this.#thread.write('LambdaFunctionSucceeded', {
      lambdaFunctionSucceededEventDetails: { output, outputDetails: WHOLE },
    });
  }

  failed(error: ErrorDetails): void {
    this.#thread.write('LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: error });
  }

  timedOut(): void {
    this.#thread.write('LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: TIMEOUT });
  }
}

export class ActivityEvents implements TaskEvents {
  readonly #thread: Thread;
  readonly #resource: string;

  constructor(thread: Thread, resource: string) {
    this.#thread = thread;
    this.#resource = resource;
  }

  scheduled({ input, limits }: TaskRequest): void {
    const details: Draft<ActivityScheduledEventDetails> = {
      resource: this.#resource,
      input: input.text,
      inputDetails: WHOLE,
    };
    if (limits.timeoutSeconds !== undefined) details.timeoutInSeconds = limits.timeoutSeconds;
    if (limits.heartbeatSeconds !== undefined) details.heartbeatInSeconds = limits.heartbeatSeconds;
    this.#thread.write('ActivityScheduled', { activityScheduledEventDetails: details });
  }

  started(workerName?: string): void {
    this.#thread.write('ActivityStarted', {
      activityStartedEventDetails: workerName === undefined ? {} : { workerName },
    });
  }

  startFailed(error: ErrorDetails): void {
    this.#thread.write('ActivityScheduleFailed', { activityScheduleFailedEventDetails: error });
  }

  /** A worker polls for its task: nothing is submitted. */
  submitted(): void {}

  submitFailed(error: ErrorDetails): void {
    this.failed(error);
  }

  succeeded(output: JsonText): void {
    this.#thread.write('ActivitySucceeded', {
      activitySucceededEventDetails: { output, outputDetails: WHOLE },
    });
  }

  failed(error: ErrorDetails): void {
    this.#thread.write('ActivityFailed', { activityFailedEventDetails: error });
  }

  timedOut(): void {
    this.#thread.write('ActivityTimedOut', { activityTimedOutEventDetails: TIMEOUT });
  }
}

class IntegrationEvents implements TaskEvents {
  readonly #thread: Thread;
  readonly #target: { readonly resourceType: string; readonly resource: string };

  constructor(thread: Thread, resourceType: string, resource: string) {
    this.#thread = thread;
    this.#target = { resourceType, resource };
  }

  scheduled({ input, limits, roleArn }: TaskRequest): void {
    const details: Draft<TaskScheduledEventDetails> = {
      ...this.#target,
      region: this.#thread.execution.region,
      parameters: input.text,
    };
    if (limits.timeoutSeconds !== undefined) details.timeoutInSeconds = limits.timeoutSeconds;
    if (limits.heartbeatSeconds !== undefined) details.heartbeatInSeconds = limits.heartbeatSeconds;
    if (roleArn !== undefined) details.taskCredentials = { roleArn };
    this.#thread.write('TaskScheduled', { taskScheduledEventDetails: details });
  }

  started(): void {
    this.#thread.write('TaskStarted', { taskStartedEventDetails: { ...this.#target } });
  }

  startFailed(error: ErrorDetails): void {
    this.#thread.write('TaskStartFailed', { taskStartFailedEventDetails: { ...this.#target, ...error } });
  }

  submitted(output: JsonText): void {
    this.#thread.write('TaskSubmitted', {
      taskSubmittedEventDetails: { ...this.#target, output, outputDetails: WHOLE },
    });
  }

  submitFailed(error: ErrorDetails): void {
    this.#thread.write('TaskSubmitFailed', { taskSubmitFailedEventDetails: { ...this.#target, ...error } });
  }

  succeeded(output: JsonText): void {
    this.#thread.write('TaskSucceeded', {
      taskSucceededEventDetails: { ...this.#target, output, outputDetails: WHOLE },
    });
  }

  failed(error: ErrorDetails): void {
    this.#thread.write('TaskFailed', { taskFailedEventDetails: { ...this.#target, ...error } });
  }

  timedOut(): void {
    this.#thread.write('TaskTimedOut', { taskTimedOutEventDetails: { ...this.#target, ...TIMEOUT } });
  }
}
