import type { TaskResult } from '../execution/services';
import type { Visit } from '../execution/state';
import type { RunningCall } from './running-call';
import type { TaskLimits } from './task-limits';

/**
 * Waits until the task's token is returned (Step Functions Developer Guide, "Wait for a Callback with Task
 * Token"), the state times out, or no heartbeat arrives in time.
 */
export function waitForToken(
  visit: Visit,
  call: RunningCall,
  { timeoutSeconds, heartbeatSeconds }: TaskLimits,
): Promise<TaskResult | 'timeout' | 'heartbeat'> {
  const { services, tokens } = visit.thread.execution;
  const { clock } = services;
  const token = call.taskToken as string;
  return visit.thread.wait((settle) => {
    let stopHeartbeat: (() => void) | undefined;
    let stopTimeout: (() => void) | undefined;
    const callOff = (): void => {
      stopHeartbeat?.();
      stopTimeout?.();
      tokens.withdraw(token);
    };
    const end = (result: TaskResult | 'timeout' | 'heartbeat'): void => {
      callOff();
      settle(result);
    };
    const heartbeat = (): void => {
      stopHeartbeat?.();
      if (heartbeatSeconds !== undefined)
        stopHeartbeat = clock.setTimer(heartbeatSeconds * 1000, () => end('heartbeat'));
    };
    if (timeoutSeconds !== undefined) {
      const left = call.startTime + timeoutSeconds * 1000 - clock.now();
      stopTimeout = clock.setTimer(left, () => end('timeout'));
    }
    heartbeat();
    tokens.await(token, { complete: end, heartbeat });
    return callOff;
  });
}
