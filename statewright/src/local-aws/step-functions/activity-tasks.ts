import type { TaskCall } from '../../engine/execution/services';
import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';

/** How long a worker waits for a task, in milliseconds (Step Functions API Reference, "GetActivityTask"). */
const POLL_TIME = 60_000;

/** How many workers may wait for the tasks of one activity (Step Functions Developer Guide, "Quotas"). */
const MAX_WORKERS = 1000;

interface Queue {
  readonly tasks: Set<TaskCall>;
  /** Each ends its wait: with a task, or without one. */
  readonly workers: Set<(task?: TaskCall) => void>;
}

/** The tasks of activities that wait for a worker, and the workers that wait for a task: the first of each come first. */
export class ActivityTasks {
  readonly #clock: AccountContext['clock'];
  readonly #queues = new Map<string, Queue>();
  #isClosed = false;

  /** @param clock the time of workers, which is real also where executions run faster */
  constructor(clock: AccountContext['clock']) {
    this.#clock = clock;
  }

  schedule(activityArn: string, task: TaskCall): void {
    const { tasks, workers } = this.#queueOf(activityArn);
    const [worker] = workers;
    if (worker) worker(task);
    else {
      tasks.add(task);
      task.signal.addEventListener('abort', () => tasks.delete(task));
    }
  }

  /**
   * Takes the next task of an activity. Waits for one for at most 60 seconds.
   * @param hungUp aborted when the worker no longer waits
   * @returns undefined when there was none
   * @throws ActivityWorkerLimitExceeded
   */
  async take(
    activityArn: string,
    workerName: string | undefined,
    hungUp?: AbortSignal,
  ): Promise<TaskCall | undefined> {
    const task = await this.#next(this.#queueOf(activityArn), activityArn, hungUp);
    task?.started(workerName);
    return task;
  }

  /** Ends the waits of all workers. */
  close(): void {
    this.#isClosed = true;
    for (const { workers } of this.#queues.values()) for (const end of workers) end();
  }

  #next(
    { tasks, workers }: Queue,
    activityArn: string,
    hungUp?: AbortSignal,
  ): TaskCall | undefined | Promise<TaskCall | undefined> {
    const [waiting] = tasks;
    if (waiting) {
      tasks.delete(waiting);
      return waiting;
    }
    if (workers.size >= MAX_WORKERS) {
      throw new AwsError('ActivityWorkerLimitExceeded', `Activity Worker Limit Exceeded: '${activityArn}'`);
    }
    if (this.#isClosed || hungUp?.aborted) return undefined;
    return new Promise((resolve) => {
      const end = (task?: TaskCall): void => {
        workers.delete(end);
        cancel();
        hungUp?.removeEventListener('abort', giveUp);
        resolve(task);
      };
      const giveUp = (): void => end();
      const cancel = this.#clock.setTimer(POLL_TIME, giveUp);
      hungUp?.addEventListener('abort', giveUp);
      workers.add(end);
    });
  }

  #queueOf(activityArn: string): Queue {
    const known = this.#queues.get(activityArn);
    if (known) return known;
    const queue: Queue = { tasks: new Set(), workers: new Set() };
    this.#queues.set(activityArn, queue);
    return queue;
  }
}
