import { statesOf } from '../../asl/graph';
import {
  type CompiledStateMachine,
  compileStateMachine,
  type Execution,
  type ExecutionOutcome,
  type ObjectStore,
  ObjectStoreError,
  startExecution,
  type TaskAnswer,
  type TaskCall,
  type TaskResult,
  VirtualClock,
} from '../../engine';
import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import type { StateVisit } from '../../history/visit';
import { VisitRecorder } from '../../history/visit-recorder';
import { answer, type TokenReceiver } from './answer';
import { requestOf } from './execution-request';
import { OwnValues } from './own-values';
import { Positions } from './positions';
import { beginOf, type RecordedCall } from './recorded-calls';
import type { RecordedExecution } from './recorded-execution';
import { Recording } from './recording';
import { Renames } from './renames';
import { problemOf, type Unanswered } from './unanswered';

/** Answers a call that the recording has no answer for; undefined for a call that it does not answer either. */
export type StandIn = (
  call: TaskCall,
  execution: TokenReceiver,
) => TaskAnswer | Promise<TaskAnswer> | undefined;

/** One execution that ran again; `recording` is undefined for a child execution that the recording does not have. */
export interface Repeated {
  readonly executionArn: string;
  readonly events: HistoryEvent[];
  readonly recorder: VisitRecorder;
  readonly positions: Positions;
  readonly recording: Recording | undefined;
}

/** What came of running an execution again. */
export interface Repetition {
  /** The execution first, then the child executions of its distributed Maps. */
  readonly executions: readonly Repeated[];
  /** Undefined when a call had no answer. */
  readonly outcome: ExecutionOutcome | undefined;
  readonly unanswered: Unanswered | undefined;
  /** The states that were renamed: the new name, and the recorded one. */
  readonly renames: ReadonlyMap<string, string>;
  readonly own: OwnValues;
}

/** The recorded time, in whole milliseconds as in histories. */
class RecordedClock extends VirtualClock {
  override now(): number {
    return Math.floor(super.now());
  }
}

/** What an execution runs again with. */
export interface RepeatOptions {
  readonly definition: object;
  /** Answers the calls that the history has no answer for. */
  readonly standIn?: StandIn;
  /** The objects of a bucket, which distributed Maps read (default: unknown, since a history does not have them). */
  readonly objectsOf?: (bucket: string) => ObjectStore | undefined;
  /** What takes the place, in the definition, of values that only a deployment knows. */
  readonly fictitious?: readonly string[];
}

/**
 * Runs a recorded execution again: its input, the recorded answers to its calls, in simulated time from its start.
 *
 * @throws InvalidDefinitionError
 */
export function repeat(recorded: RecordedExecution, options: RepeatOptions): Promise<Repetition> {
  return new Repeater(recorded, options).run();
}

class Repeater {
  readonly #machine: CompiledStateMachine;
  readonly #recorded: RecordedExecution;
  readonly #standIn: StandIn | undefined;
  readonly #objectsOf: RepeatOptions['objectsOf'];
  readonly #clock: VirtualClock;
  readonly #own: OwnValues;
  readonly #renames: Renames;
  readonly #executions = new Map<string, Repeated>();
  readonly #unusedChildren: RecordedExecution[];
  readonly #tokens: TokenReceiver;
  /** How many calls each visit has made. */
  readonly #calls = new Map<StateVisit, number>();
  #execution: Execution | undefined;
  #unanswered: Unanswered | undefined;
  #end: () => void = () => {};

  constructor(recorded: RecordedExecution, { definition, standIn, objectsOf, fictitious }: RepeatOptions) {
    this.#machine = compileStateMachine(definition);
    this.#recorded = recorded;
    this.#standIn = standIn;
    this.#objectsOf = objectsOf;
    this.#clock = new RecordedClock(recorded.events[0]?.timestamp);
    this.#tokens = {
      clock: this.#clock,
      completeTask: (token, result) => this.#execution?.completeTask(token, result) ?? false,
      heartbeat: (token) => this.#execution?.heartbeat(token) ?? false,
    };
    this.#own = new OwnValues(this.#clock, fictitious);
    this.#renames = new Renames(new Set([...statesOf(definition)].map(({ name }) => name)));
    this.#unusedChildren = [...(recorded.children ?? [])];
  }

  async run(): Promise<Repetition> {
    const request = requestOf(this.#recorded, this.#own.newId);
    const { executionArn } = request;
    this.#add(executionArn, this.#recorded);
    const ended = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    this.#execution = startExecution(this.#machine, request, {
      invokeTask: (call) => this.#answer(call),
      clock: this.#clock,
      objects: this.#objects(),
      random: () => 0.5,
      uuid: this.#own.newId,
      keepEvents: false,
      onEvent: (event) => this.#record(executionArn, event),
      onChildEvent: (childArn, event) => this.#record(childArn, event),
    });
    this.#stopAsRecorded();
    const outcome = await Promise.race([this.#execution.outcome, ended]);
    this.#execution.stop();
    return {
      executions: [...this.#executions.values()],
      outcome: this.#unanswered ? undefined : (outcome ?? undefined),
      unanswered: this.#unanswered,
      renames: this.#renames.entries,
      own: this.#own,
    };
  }

  #record(executionArn: string, event: HistoryEvent): void {
    if (this.#unanswered) return;
    const { events, recorder, positions } =
      this.#executions.get(executionArn) ?? this.#add(executionArn, this.#childWith(event));
    events.push(event);
    recorder.record(event);
    const visit = recorder.visitOf(event.id);
    if (visit?.enteredEventId === event.id) positions.of(visit);
  }

  #add(executionArn: string, recorded: RecordedExecution | undefined): Repeated {
    const recording = recorded && new Recording(recorded);
    const positions = new Positions((visit, place) => this.#renames.recordedName(visit, place, recording));
    const added = { executionArn, events: [], recorder: new VisitRecorder(), positions, recording };
    this.#executions.set(executionArn, added);
    return added;
  }

  /** The recorded child execution with the same input. */
  #childWith(started: HistoryEvent): RecordedExecution | undefined {
    const { input } = eventDetails(started);
    const index = this.#unusedChildren.findIndex(
      ({ events: [first] }) => first && eventDetails(first).input === input,
    );
    return index < 0 ? undefined : this.#unusedChildren.splice(index, 1)[0];
  }

  #answer(call: TaskCall): TaskAnswer | Promise<TaskAnswer> {
    const { recorder, positions, recording } = this.#executions.get(call.executionArn) as Repeated;
    const visit = recorder.visitOf(call.scheduledEventId) as StateVisit;
    const attempt = this.#calls.get(visit) ?? 0;
    this.#calls.set(visit, attempt + 1);
    const calls = recording?.callsOf(positions.of(visit)) ?? [];
    const recorded = calls[attempt];
    const problem = recording
      ? problemOf(call, calls, attempt)
      : 'the histories do not include that of this child execution of a distributed Map';
    if (recorded && problem === undefined) {
      return answer(call, recorded, {
        tokens: this.#tokens,
        lag: lagOf(recorded, visit, this.#clock.now()),
        isRunning: () =>
          visit.attempts.at(-1)?.status === 'IN_PROGRESS' && this.#calls.get(visit) === attempt + 1,
        unanswered: (reason) => this.#stopAt(visit.name, reason),
      });
    }
    const standIn = this.#standIn?.(call, this.#tokens);
    if (standIn !== undefined) return standIn;
    this.#stopAt(visit.name, problem as string);
    return never;
  }

  #stopAt(state: string, reason: string): void {
    this.#unanswered ??= { state, reason };
    this.#end();
  }

  /** An execution that was stopped is stopped again; nothing is known of one after its last recorded event. */
  #stopAsRecorded(): void {
    const { events } = this.#recorded;
    const [first, last] = [events[0], events.at(-1)] as [HistoryEvent, HistoryEvent];
    const lasted = last.timestamp - first.timestamp + last.id / 1e6;
    if (last.type === 'ExecutionAborted') {
      this.#clock.setTimer(lasted, () => this.#execution?.stop(last.executionAbortedEventDetails));
    } else if (!/^Execution(Succeeded|Failed|TimedOut)$/.test(last.type)) {
      this.#clock.setTimer(lasted + 1, () =>
        this.#stopAt(this.#currentState(), 'the execution was still running when it was recorded'),
      );
    }
  }

  #currentState(): string {
    const [root] = this.#executions.values();
    return root?.recorder.path().visits.at(-1)?.name ?? '';
  }

  /** Amazon S3, of which a history has nothing. What a Map writes has no effect: nothing of the user's is changed. */
  #objects(): ObjectStore {
    const bucket = (name: string): ObjectStore => {
      const objects = this.#objectsOf?.(name);
      if (objects !== undefined) return objects;
      this.#stopAt(
        this.#currentState(),
        `the history does not have the objects of the bucket "${name}", which the Map reads`,
      );
      throw new ObjectStoreError('The history does not have this object.');
    };
    return {
      read: async (request) => bucket(request.Bucket).read(request),
      list: (request) => bucket(request.Bucket).list(request),
      write: async () => {},
    };
  }
}

/** How far a call may begin before its time in the recording. */
const MAX_LAG = 1000;

/**
 * AWS takes time between states, the engine does not: without this, a branch of many states would overtake one with a
 * long call. Counted from the entry of the outermost Parallel or Map.
 */
function lagOf(call: RecordedCall, visit: StateVisit, now: number): number {
  const [before, after] = [outermost(call.visit), outermost(visit)];
  if (!before || !after) return 0;
  const lag = beginOf(call).timestamp - before.enteredAt - (now - after.enteredAt);
  return Math.min(Math.max(lag, 0), MAX_LAG);
}

function outermost({ scope }: StateVisit): StateVisit | undefined {
  return scope && (outermost(scope.visit) ?? scope.visit);
}

const never: TaskResult = { output: 'null', takes: Number.POSITIVE_INFINITY };
