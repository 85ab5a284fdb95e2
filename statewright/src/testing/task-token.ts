import type { TaskResult } from '../engine';
import type { Account } from '../local-aws/account';
import { AwsError } from '../local-aws/aws-error';
import type { RegionalServices } from '../local-aws/regional-services';
import type { Reply } from './answers';

/** Returns a task token after a time, as its receiver would, with heartbeats until then. */
export function returnToken(
  account: Account,
  taskToken: string,
  result: TaskResult,
  { takes = 0, heartbeats }: Pick<Reply, 'takes' | 'heartbeats'>,
): void {
  const { states } = account.regions.find((region) => awaits(region, taskToken)) ?? account;
  const { clock } = states;
  const { every, until } = heartbeats ?? { every: 0, until: 0 };
  const beat = (at: number): void => {
    if (at >= until) return;
    clock.setTimer(every, () => {
      const isAwaited = whileAwaited(() => states.sendTaskHeartbeat({ taskToken }));
      if (isAwaited) beat(at + every);
    });
  };
  if (every > 0) beat(every);
  if (takes === Number.POSITIVE_INFINITY) return;
  clock.setTimer(takes, () =>
    whileAwaited(() => {
      if ('error' in result) states.sendTaskFailure({ taskToken, ...result });
      else states.sendTaskSuccess({ taskToken, output: result.output });
    }),
  );
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
