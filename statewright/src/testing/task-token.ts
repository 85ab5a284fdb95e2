import type { Clock, TaskResult } from '../engine';
import type { Account } from '../local-aws/account';
import { AwsError } from '../local-aws/aws-error';
import type { RegionalServices } from '../local-aws/regional-services';
import type { Reply } from './answers';

/** The task that waits for a token. */
interface WaitingTask {
  readonly clock: Clock;
  /** Returns whether it still waits. */
  heartbeat(): boolean;
  /** Does nothing when it no longer waits. */
  complete(result: TaskResult): void;
}

/** Returns a task token after a time, as its receiver would, with heartbeats until then. */
export function completeAfter(
  { clock, heartbeat, complete }: WaitingTask,
  result: TaskResult,
  { takes = 0, heartbeats }: Pick<Reply, 'takes' | 'heartbeats'>,
): void {
  const { every, until } = heartbeats ?? { every: 0, until: 0 };
  const beat = (at: number): void => {
    if (at >= until) return;
    clock.setTimer(every, () => {
      if (heartbeat()) beat(at + every);
    });
  };
  if (every > 0) beat(every);
  if (takes === Number.POSITIVE_INFINITY) return;
  clock.setTimer(takes, () => complete(result));
}

/** The same for a task of an account. */
export function returnToken(
  account: Account,
  taskToken: string,
  result: TaskResult,
  timing: Pick<Reply, 'takes' | 'heartbeats'>,
): void {
  const { states } = account.regions.find((region) => awaits(region, taskToken)) ?? account;
  const waiting = {
    clock: states.clock,
    heartbeat: () => whileAwaited(() => states.sendTaskHeartbeat({ taskToken })),
    complete: (sent: TaskResult) => {
      whileAwaited(() => {
        if ('error' in sent) states.sendTaskFailure({ taskToken, ...sent });
        else states.sendTaskSuccess({ taskToken, output: sent.output });
      });
    },
  };
  completeAfter(waiting, result, timing);
}

const awaits = ({ states }: RegionalServices, taskToken: string) =>
  states.executionOfToken(taskToken) !== undefined;

/** Whether the task still waits for its token. After a timeout the token has no effect. */
function whileAwaited(send: () => void): boolean {
  try {
    send();
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'TaskTimedOut') return false;
    throw error;
  }
}
