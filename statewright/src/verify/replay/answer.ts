import type { Clock, Execution, TaskAnswer, TaskCall, TaskResult } from '../../engine';
import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import { beginOf, type RecordedCall } from './recorded-calls';

/** Where a task token is returned, at once or after a time. */
export type TokenReceiver = Pick<Execution, 'completeTask' | 'heartbeat'> & { readonly clock: Clock };

/** What the answer to a call needs of its execution. */
interface Answering {
  readonly tokens: TokenReceiver;
  /** How many milliseconds the call began too early. */
  readonly lag: number;
  /** Whether the call has not ended. */
  readonly isRunning: () => boolean;
  /** Called when the call takes longer than the recording shows, which does not say how it would end. */
  readonly unanswered: (reason: string) => void;
}

/** Answers a call as it was answered in the recording, after the same time. */
export function answer(call: TaskCall, recorded: RecordedCall, answering: Answering): TaskAnswer {
  const { clock } = answering.tokens;
  const { scheduled, started = scheduled, submitted, end } = recorded;
  const after = timing(recorded, answering.lag);
  const taking = (event: HistoryEvent) => {
    const isAtOnce = event.id === started.id + 1 && event.timestamp === started.timestamp;
    return isAtOnce ? {} : { takes: after(event) };
  };
  const isCallback = call.target.kind === 'integration' && call.target.pattern === 'waitForTaskToken';
  const isJob = call.target.kind === 'integration' && call.target.pattern === 'sync';
  const result = end && resultOf(end);
  if (call.target.kind === 'activity' && !(result && 'stage' in result)) {
    returnToken(call, recorded, answering, started);
    if (recorded.started) clock.setTimer(after(started), () => call.started(workerOf(started)));
    return { scheduled: true };
  }
  if (isCallback && submitted) {
    returnToken(call, recorded, answering, scheduled);
    return { output: outputOf(submitted), ...taking(submitted) };
  }
  const job = isJob && submitted ? { submitted: outputOf(submitted) } : {};
  if (end && result) return { ...result, ...job, ...('stage' in result ? {} : taking(end)) };
  waitForMore(recorded, answering);
  if (isJob && submitted) call.submitted(outputOf(submitted));
  // No answer arrives: the state's timeout ends the call.
  return { output: 'null', takes: Number.POSITIVE_INFINITY };
}

/** When an event happens, in milliseconds from now. Of one millisecond's events, the order in the recording decides. */
const timing = (recorded: RecordedCall, lag: number) => {
  const begin = beginOf(recorded).timestamp;
  return ({ timestamp, id }: HistoryEvent): number => timestamp - begin + lag + id / 1e6;
};

/** Returns a task token when it was returned in the recording, with the heartbeats that this needs. */
function returnToken(
  call: TaskCall,
  recorded: RecordedCall,
  answering: Answering,
  since: HistoryEvent,
): void {
  const { tokens, isRunning } = answering;
  const token = call.taskToken as string;
  const { end } = recorded;
  const result = end && resultOf(end);
  const after = timing(recorded, answering.lag);
  beat(recorded, answering, after(since), () => isRunning() && tokens.heartbeat(token));
  if (end && result) tokens.clock.setTimer(after(end), () => tokens.completeTask(token, result));
  else waitForMore(recorded, answering);
}

/** How long the recording shows a call running, in milliseconds from now. */
const lasted = (recorded: RecordedCall, { lag }: Answering) =>
  recorded.lastSeen - beginOf(recorded).timestamp + lag;

/**
 * Of a call that does not end by itself, more is unknown than the recording shows. AWS counts a timeout from a moment
 * between two events, and what ends the call from outside may come later here than AWS's own pauses have been so far.
 */
function waitForMore(recorded: RecordedCall, answering: Answering): void {
  const margin = recorded.end ? 500 : 5_000;
  answering.tokens.clock.setTimer(lasted(recorded, answering) + margin, () => {
    if (answering.isRunning()) answering.unanswered(lateReason(recorded));
  });
}

const workerOf = (started: HistoryEvent) =>
  (eventDetails(started) as { readonly workerName?: string }).workerName;

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
 *
 * @param begin when the task begins, in milliseconds from now
 */
function beat(recorded: RecordedCall, answering: Answering, begin: number, send: () => boolean): void {
  const { heartbeatInSeconds, timeoutInSeconds = Number.POSITIVE_INFINITY } = eventDetails(
    recorded.scheduled,
  ) as { readonly heartbeatInSeconds?: number; readonly timeoutInSeconds?: number };
  if (heartbeatInSeconds === undefined) return;
  const interval = heartbeatInSeconds * 1000;
  const last = lasted(recorded, answering);
  const isMissed = recorded.end?.type.endsWith('TimedOut') && last - begin < timeoutInSeconds * 1000;
  for (let at = isMissed ? last - interval : last; at > begin; at -= interval / 2) {
    answering.tokens.clock.setTimer(at, send);
  }
}
