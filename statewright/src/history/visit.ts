import type { JsonText } from './events';

/** How a visit ended, or that it has not. CAUGHT: it failed, and a Catch took the error. */
export type VisitStatus = 'SUCCEEDED' | 'FAILED' | 'CAUGHT' | 'IN_PROGRESS' | 'ABORTED';

/** One try of a state: a call of a Task's resource, or one run through a Parallel's branches or a Map's items. */
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

/** Where in a Parallel or Map state a visit took place. */
export interface VisitScope {
  readonly visit: StateVisit;
  /** The number of the attempt of the Parallel or Map, from 0; an earlier one than its last has been retried. */
  readonly attempt: number;
  /** A Map's item, from 0; or a Parallel's branch, numbered as the branches started. */
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
  readonly error?: string;
  readonly cause?: string;
  /** Empty for the types that cannot be tried again: Pass, Wait, Choice, Succeed, Fail. */
  readonly attempts: readonly Attempt[];
  /** How many items a Map state has. */
  readonly items?: number;
  /** The Parallel or Map around it; undefined at the top. */
  readonly scope?: VisitScope;
  /** The visit that followed it in the same scope. */
  readonly next?: StateVisit;
}

/** An execution as a walk through states. */
export interface ExecutionPath {
  /** Every visit, in the order of entry. */
  readonly visits: readonly StateVisit[];
  /** The visit that an event is about, by the event's id; none for those of the execution itself. */
  readonly visitByEvent: ReadonlyMap<number, StateVisit>;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** Epoch milliseconds; undefined when there is no event yet. */
  readonly startedAt?: number;
  /** Epoch milliseconds; undefined while it runs. */
  readonly endedAt?: number;
  readonly error?: string;
  readonly cause?: string;
}
