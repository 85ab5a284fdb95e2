/** What the console shows, and the source that it reads from. */

import type { WorkflowType } from '../asl/validation/place';
import type { HistoryEvent, JsonText } from '../history/events';
import type { TestStateResponse } from '../tested-state';
import type { Callbacks } from './callbacks/callbacks';
import type { Editing } from './editing/editing';
import type { Functions } from './functions/functions';
import type { Invocation } from './invocations';
import type { Problem } from './parts/problems';
import type { Qualifier } from './qualifiers';
import type { StateTest } from './state-test/state-test';

/** PENDING_REDRIVE: a child execution of a Map Run that is redriven. */
export type ExecutionStatus =
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMED_OUT'
  | 'ABORTED'
  | 'PENDING_REDRIVE';

export interface StateMachineSummary {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: WorkflowType;
  readonly creationDate: Date;
}

export interface StateMachineDetails extends StateMachineSummary {
  /** ASL, as JSON text. */
  readonly definition: string;
  readonly roleArn: string;
  /** Of the last change that UpdateStateMachine made; undefined until then. */
  readonly revisionId?: string;
  /** DELETING until its last execution has ended (default: ACTIVE). */
  readonly status?: 'ACTIVE' | 'DELETING';
  /** Whether it is from a file: nothing can be done with it. */
  readonly isRecorded?: boolean;
}

export interface ExecutionSummary {
  readonly executionArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate?: Date;
}

export interface ExecutionDetails extends ExecutionSummary {
  /** The definition that it runs, as JSON text: the state machine may have changed after its start. */
  readonly definition: string;
  readonly input: JsonText;
  readonly output?: JsonText;
  readonly error?: string;
  readonly cause?: string;
  /** The version that it runs, and the alias that it was started with. */
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
  /** The execution whose Task started it. */
  readonly startedBy?: string;
  /** The Map Run that it is a child execution of. */
  readonly mapRunArn?: string;
  /** Whether AWS would redrive it. */
  readonly isRedrivable?: boolean;
  /** Whether it is from a file: nothing can be done with it. */
  readonly isRecorded?: boolean;
}

export type Payloads = Partial<Pick<ExecutionDetails, 'input' | 'output' | 'error' | 'cause'>>;

/** The run of a distributed Map. */
export interface MapRunDetails {
  readonly mapRunArn: string;
  /** The execution that has the Map. */
  readonly executionArn: string;
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate?: Date;
  readonly maxConcurrency: number;
}

/** A policy document as JSON text, with its name and what it is to the role. */
export interface Policy {
  readonly name: string;
  readonly kind: 'inline' | 'managed' | 'permissions boundary';
  /** Undefined for a policy of AWS whose content the account does not know. */
  readonly document: string | undefined;
}

export interface RoleDetails {
  readonly roleName: string;
  /** Who can assume the role: a policy document as JSON text. */
  readonly trustPolicy: string;
  readonly policies: readonly Policy[];
}

export interface StartRequest {
  readonly stateMachineArn: string;
  readonly input: JsonText;
  /** The execution's name (default: one that AWS generates). */
  readonly name?: string;
}

/** A part of a list of executions. */
export interface ExecutionsPart {
  /** Only executions with this status (default: all). */
  readonly status?: ExecutionStatus;
  /** How many of the newest are left out. */
  readonly skip: number;
  readonly limit: number;
}

type Answer<T> = T | Promise<T>;

export interface RegionLink {
  readonly region: string;
  readonly href: string;
}

/** The operations behind the console's pages. What does not exist is undefined. */
export interface ConsoleSource {
  readonly accountId: string;
  readonly region: string;
  /** The path of this region's pages (default: the console's own). */
  readonly base?: string;
  /** The regions that hold something, with the paths of their pages (default: only this one). */
  readonly regions?: () => readonly RegionLink[];
  /** The errors of the project that is being edited (default: none, and no place for them). */
  readonly problems?: () => readonly Problem[];
  listStateMachines(): Answer<readonly StateMachineSummary[]>;
  describeStateMachine(stateMachineArn: string): Answer<StateMachineDetails | undefined>;
  /** Undefined when the role does not exist in IAM. */
  describeRole(roleArn: string): Answer<RoleDetails | undefined>;
  /**
   * Newest first. Of an EXPRESS state machine, the last ones that are still in memory.
   * @param parentArn a state machine; a Map Run for its child executions
   */
  listExecutions(parentArn: string, part: ExecutionsPart): Answer<readonly ExecutionSummary[]>;
  countExecutions(parentArn: string, status?: ExecutionStatus): Answer<number>;
  /** Undefined when it does not exist, or the account has no Map Runs. */
  describeMapRun(mapRunArn: string): Answer<MapRunDetails | undefined>;
  describeExecution(executionArn: string): Answer<ExecutionDetails | undefined>;
  /** An execution's input and, if it has ended, its output or its error and cause; empty for one that does not exist. */
  payloads(executionArn: string): Answer<Payloads>;
  /** The events so far. */
  history(executionArn: string): Answer<readonly HistoryEvent[]>;
  /**
   * The Lambda invocations that an execution has made so far, in order, with their logs.
   * @param isWanted of the id of the event that scheduled it (default: all)
   */
  invocations(
    executionArn: string,
    isWanted?: (scheduledEventId: number) => boolean,
  ): Answer<readonly Invocation[]>;
  /** Returns the execution's ARN. Throws an error with AWS's `code` when AWS would reject it. */
  startExecution(request: StartRequest): Answer<{ readonly executionArn: string }>;
  /** Ends a running execution as ABORTED, and waits until it has ended. */
  stopExecution(executionArn: string): Answer<unknown>;
  /** Runs a failed execution again from the state that failed (default: not possible). */
  readonly redriveExecution?: (executionArn: string) => Answer<unknown>;
  /**
   * Runs one state of a state machine without an execution (default: not possible). Throws an error with AWS's `code` when
   * AWS would reject the test.
   */
  readonly testState?: (stateMachineArn: string, test: StateTest) => Answer<TestStateResponse>;
  /**
   * Adds the recorded executions of a file, and returns the ARN that the first of them has here (default: not possible).
   * Throws an error whose message is for people when it has none.
   */
  readonly openHistory?: (fileName: string, text: string) => Answer<string>;
  /** The versions and aliases of a state machine (default: none). */
  readonly qualifiers?: (stateMachineArn: string) => Answer<readonly Qualifier[]>;
  /** Answers Tasks that wait for their token (default: not possible). */
  readonly callbacks?: Callbacks;
  /** The functions and activities that Tasks call (default: no pages for them). */
  readonly functions?: Functions;
  /** Changes definitions, and creates state machines (default: not possible). */
  readonly editing?: Editing;
}
