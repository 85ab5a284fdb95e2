import type { Clock, Execution, TaskAnswer, TaskCall, TaskResult } from '../../engine';
import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import type { RecordedCall } from './recorded-calls';

/** How far a state of the replay may be ahead of its recording: AWS takes time between states, the engine does not. */
const MAX_LAG = 1000;

/** Where a task token is returned, at once or after a time. */
export type TokenReceiver = Pick<Execution, 'completeTask' | 'heartbeat'> & { readonly clock: Clock };

/** What the answer to a call needs of its execution. */
export interface Answering {
  readonly tokens: TokenReceiver;
  /** Whether the call has not ended. */
  readonly isRunning: () => boolean;
  /** Called when the call takes longer than the recording shows, which does not say how it would end. */
  readonly unanswered: (reason: string) => void;
}

/** Answers a call as it was answered in the recording, after the same time. */
export function answer(call: TaskCall, recorded: RecordedCall, answering: Answering): TaskAnswer {
  const { tokens, isRunning } = answering;
  const { clock } = tokens;
  const { scheduled, started = scheduled, submitted, end, lastSeen } = recorded;
  const lag = Math.min(Math.max(scheduled.timestamp - clock.now(), 0), MAX_LAG);
  // Of what happens in the same millisecond, the order of the events decides.
  const after = ({ timestamp, id }: HistoryEvent) => timestamp - scheduled.timestamp + lag + id / 1e6;
  const taking = (event: HistoryEvent) => {
    const isAtOnce = event.id === started.id + 1 && event.timestamp === scheduled.timestamp;
    return isAtOnce ? {} : { takes: after(event) };
  };
  const lasted = lastSeen - scheduled.timestamp + lag + 1;
  const waitForMore = (): void => {
    clock.setTimer(lasted, () => {
      if (isRunning()) answering.unanswered(lateReason(recorded));
    });
  };

  const isCallback = call.target.kind === 'integration' && call.target.pattern === 'waitForTaskToken';
  const isJob = call.target.kind === 'integration' && call.target.pattern === 'sync';
  const returnToken = (): void => {
    const token = call.taskToken as string;
    beat(clock, recorded, lasted, () => isRunning() && tokens.heartbeat(token));
    const result = end && resultOf(end);
    if (end && result) clock.setTimer(after(end), () => tokens.completeTask(token, result));
    else waitForMore();
  };
  if (isCallback && submitted) {
    returnToken();
    return { output: outputOf(submitted), ...taking(submitted) };
  }
  if (call.target.kind === 'activity' && recorded.started) {
    clock.setTimer(after(started), () => call.started(eventDetails(started).workerName));
    returnToken();
    return { scheduled: true };
  }
  const result = end && resultOf(end);
  if (end && result) {
    const job = isJob && submitted ? { submitted: outputOf(submitted) } : {};
    return { ...result, ...job, ...('stage' in result && result.stage === 'start' ? {} : taking(end)) };
  }
  waitForMore();
  if (isJob && submitted) call.submitted(outputOf(submitted));
  // No answer arrives: the state's timeout ends the call.
  return { output: 'null', takes: Number.POSITIVE_INFINITY };
}

/** The result in the event that ended a call; undefined for a timeout. */
function resultOf(end: HistoryEvent): TaskResult | undefined {
  if (end.type.endsWith('TimedOut')) return undefined;
  if (end.type.endsWith('Succeeded')) return { output: outputOf(end) };
  const { error = '', cause } = eventDetails(end);
  const [, stage] = /(Schedule|Start|Submit)Failed$/.exec(end.type) ?? [];
  return {
    error,
    ...(cause !== undefined && { cause }),
    ...(stage !== undefined && { stage: stage === 'Submit' ? 'submit' : 'start' }),
  };
}

const outputOf = (event: HistoryEvent) => eventDetails(event).output ?? 'null';

function lateReason({ end }: RecordedCall): string {
  return end
    ? 'its timeout is later than in the recording, which does not say how the call would have ended'
    : 'it takes longer than in the recording, where something else ended the call';
}

/**
 * Sends heartbeats, which a history does not show: as many as the task needs in order to end when it did in the
 * recording. For a missed heartbeat, the last one is HeartbeatSeconds before that.
 */
function beat(clock: Clock, { scheduled, end }: RecordedCall, lasted: number, send: () => boolean): void {
  const { heartbeatInSeconds, timeoutInSeconds = Number.POSITIVE_INFINITY } = eventDetails(scheduled) as {
    readonly heartbeatInSeconds?: number;
    readonly timeoutInSeconds?: number;
  };
  if (heartbeatInSeconds === undefined) return;
  const interval = heartbeatInSeconds * 1000;
  const isMissed = end?.type === 'TaskTimedOut' && lasted < timeoutInSeconds * 1000;
  for (let at = isMissed ? lasted - 1 - interval : lasted - 1; at > 0; at -= interval / 2) {
    clock.setTimer(at, send);
  }
}
