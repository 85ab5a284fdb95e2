import type { JsonText } from './events';

/** The status of a visit. CAUGHT: it failed, and a Catch handled the error. */
export type VisitStatus = 'SUCCEEDED' | 'FAILED' | 'CAUGHT' | 'IN_PROGRESS' | 'ABORTED';

/** One attempt of a state: a call of a Task's resource, or one run of a Parallel's branches or a Map's items. */
export interface Attempt {
  readonly eventId: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Epoch milliseconds; undefined while it runs. */
  readonly endedAt?: number;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'IN_PROGRESS' | 'ABORTED';
  readonly error?: string;
  readonly cause?: string;
}

/** The place of a visit in a Parallel or Map state. */
export interface VisitScope {
  readonly visit: StateVisit;
  /** The attempt of the Parallel or Map, from 0; all but the last were retried. */
  readonly attempt: number;
  /** The index of a Map's item, or of a Parallel's branch in the order of their start; from 0. */
  readonly index: number;
}

/** One visit of a state: from its entry to its exit. */
export interface StateVisit {
  readonly name: string;
  /** The state's type, such as `Task`. */
  readonly type: string;
  readonly status: VisitStatus;
  readonly enteredEventId: number;
  readonly exitedEventId?: number;
  /** Epoch milliseconds. */
  readonly enteredAt: number;
  /** Epoch milliseconds; undefined while it runs. */
  readonly exitedAt?: number;
  readonly input: JsonText;
  readonly output?: JsonText;
  /** The variables that it assigned at its exit, by name; undefined where it assigned none. */
  readonly assigned?: Readonly<Record<string, JsonText>>;
  readonly error?: string;
  readonly cause?: string;
  /** Empty for the types that cannot be retried: Pass, Wait, Choice, Succeed, Fail. */
  readonly attempts: readonly Attempt[];
  /** The number of items of a Map state. */
  readonly items?: number;
  /** The Parallel or Map around it; undefined at the top level. */
  readonly scope?: VisitScope;
  /** The next visit in the same scope. */
  readonly next?: StateVisit;
}

/** An execution as a path through states. */
export interface ExecutionPath {
  /** Every visit, in the order of entry. */
  readonly visits: readonly StateVisit[];
  /** The visit of an event, by the event's id; events of the execution itself have none. */
  readonly visitByEvent: ReadonlyMap<number, StateVisit>;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** Epoch milliseconds; undefined before the first event. */
  readonly startedAt?: number;
  /** Epoch milliseconds; undefined while it runs. */
  readonly endedAt?: number;
  readonly error?: string;
  readonly cause?: string;
}
