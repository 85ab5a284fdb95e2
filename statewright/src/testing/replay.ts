import type { HistoryEvent, TaskResult } from '../engine';
import type { TokenReceiver } from '../verify/replay/answer';
import type { RecordedExecution } from '../verify/replay/recorded-execution';
import type { StandIn } from '../verify/replay/repeat';
import { type Replay, replayExecution } from '../verify/replay/replay';
import { type Answer, answerOf, type Replacement } from './answers';
import { atCallSite } from './call-site';
import { checkOptions, type OptionNames } from './options';
import { Runs } from './run';
import { StandIns } from './stand-ins';
import { Names } from './targets';
import { completeAfter } from './task-token';
import { TestExecution } from './test-execution';

/** What a recorded execution is replayed with. */
export interface ReplayRequest {
  /** The definition in the Amazon States Language, typed or not. */
  readonly definition: object;
  /**
   * Answers to calls that the history has no answer for, by the name of a state, a Lambda function or a resource, as in
   * `workflow.replace`.
   */
  readonly standIns?: Readonly<Record<string, Replacement>>;
}

const OPTIONS: OptionNames<ReplayRequest> = { definition: true, standIns: true };

/**
 * Would a recorded execution still take the same path, and end the same? Runs it again with a definition: with its own
 * input, and the recorded results of its calls, in simulated time.
 *
 * @param history of `readHistories`, an execution of the kit, or a list of events
 * @throws InvalidDefinitionError, UnknownNameError for a stand-in whose name the definition does not have,
 * UnknownOptionError
 */
export async function replay(
  history: RecordedExecution | TestExecution | readonly HistoryEvent[],
  request: ReplayRequest,
): Promise<Replay> {
  return atCallSite(replay, () => {
    checkOptions('replay', request, OPTIONS);
    const { definition, standIns = {} } = request;
    const answers = Object.entries(standIns).map(([name, given]) => [name, answerOf(given, replay)] as const);
    return replayExecution(recordedExecution(history), {
      definition,
      standIn: standInOf(definition, new Map(answers)),
    });
  });
}

function recordedExecution(
  history: RecordedExecution | TestExecution | readonly HistoryEvent[],
): RecordedExecution {
  if (isEvents(history)) return { events: history };
  if (!(history instanceof TestExecution)) return history;
  const { executionArn, events, children } = history;
  return { executionArn, events, children: children.map(recordedExecution) };
}

const isEvents = (history: unknown): history is readonly HistoryEvent[] => Array.isArray(history);

/**
 * Stand-ins for one replay: they answer the calls that its history has no answer for.
 *
 * @throws UnknownNameError, AmbiguousNameError
 */
export function standInOf(definition: object, answers: ReadonlyMap<string, Answer>): StandIn {
  let tokens: TokenReceiver | undefined;
  const standIns = new StandIns(new Runs(), (token, result, timing) => {
    if (tokens === undefined) return;
    const { clock, heartbeat, completeTask } = tokens;
    const waiting = {
      clock,
      heartbeat: () => heartbeat(token),
      complete: (sent: TaskResult) => void completeTask(token, sent),
    };
    completeAfter(waiting, result, timing);
  });
  const names = new Names(definition);
  for (const [name, answer] of answers) standIns.replace(names.resolve(name), answer);
  return (call, execution) => {
    tokens = execution;
    return standIns.taskResult(call);
  };
}
