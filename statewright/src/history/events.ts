/**
 * The events of an execution's history, in the shapes of the Step Functions API's `HistoryEvent`
 * (AWS Step Functions API Reference, HistoryEvent). Types only: every module may import them.
 */

/** JSON text, exactly as in Step Functions: payloads are never parsed and written again. */
export type JsonText = string;

/** Whether the payload was truncated; never in local histories. */
export interface PayloadDetails {
  readonly truncated: boolean;
}

/** An error's name and cause; both are absent when AWS omits them. */
export interface ErrorDetails {
  readonly error?: string;
  readonly cause?: string;
}

interface StateEnteredEventDetails {
  readonly name: string;
  readonly input: JsonText;
  readonly inputDetails: PayloadDetails;
}

interface StateExitedEventDetails {
  readonly name: string;
  readonly output: JsonText;
  readonly outputDetails: PayloadDetails;
  /** JSON text of each variable that `Assign` set. */
  readonly assignedVariables?: Readonly<Record<string, JsonText>>;
  readonly assignedVariablesDetails?: PayloadDetails;
}

interface ExecutionStartedEventDetails {
  readonly input: JsonText;
  readonly inputDetails: PayloadDetails;
  readonly roleArn: string;
}

interface OutputEventDetails {
  readonly output: JsonText;
  readonly outputDetails: PayloadDetails;
}

export interface LambdaFunctionScheduledEventDetails {
  readonly resource: string;
  readonly input: JsonText;
  readonly inputDetails: PayloadDetails;
  readonly timeoutInSeconds?: number;
  readonly taskCredentials?: { readonly roleArn: string };
}

export interface ActivityScheduledEventDetails {
  readonly resource: string;
  readonly input: JsonText;
  readonly inputDetails: PayloadDetails;
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
}

/** The service and the action of an integration: `lambda` and `invoke` for `arn:aws:states:::lambda:invoke`. */
interface TaskResource {
  readonly resourceType: string;
  readonly resource: string;
}

export interface TaskScheduledEventDetails extends TaskResource {
  readonly region: string;
  readonly parameters: JsonText;
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
  readonly taskCredentials?: { readonly roleArn: string };
}

interface MapIterationEventDetails {
  readonly name: string;
  readonly index: number;
}

interface EvaluationFailedEventDetails extends ErrorDetails {
  readonly state: string;
  /** The field whose expression failed, such as `Arguments`. */
  readonly location?: string;
}

type StateTypeName = 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Succeed' | 'Parallel' | 'Map';

/** Each event type with the name and the shape of its details; `Record<never, never>` for types without details. */
interface DetailsByType {
  ExecutionStarted: { executionStartedEventDetails: ExecutionStartedEventDetails };
  ExecutionSucceeded: { executionSucceededEventDetails: OutputEventDetails };
  ExecutionFailed: { executionFailedEventDetails: ErrorDetails };
  ExecutionTimedOut: { executionTimedOutEventDetails?: ErrorDetails };
  ExecutionAborted: { executionAbortedEventDetails?: ErrorDetails };
  ExecutionRedriven: { executionRedrivenEventDetails: { readonly redriveCount: number } };
  LambdaFunctionScheduled: { lambdaFunctionScheduledEventDetails: LambdaFunctionScheduledEventDetails };
  LambdaFunctionScheduleFailed: { lambdaFunctionScheduleFailedEventDetails: ErrorDetails };
  LambdaFunctionStarted: Record<never, never>;
  LambdaFunctionStartFailed: { lambdaFunctionStartFailedEventDetails: ErrorDetails };
  LambdaFunctionSucceeded: { lambdaFunctionSucceededEventDetails: OutputEventDetails };
  LambdaFunctionFailed: { lambdaFunctionFailedEventDetails: ErrorDetails };
  LambdaFunctionTimedOut: { lambdaFunctionTimedOutEventDetails: ErrorDetails };
  ActivityScheduled: { activityScheduledEventDetails: ActivityScheduledEventDetails };
  ActivityScheduleFailed: { activityScheduleFailedEventDetails: ErrorDetails };
  ActivityStarted: { activityStartedEventDetails: { readonly workerName?: string } };
  ActivitySucceeded: { activitySucceededEventDetails: OutputEventDetails };
  ActivityFailed: { activityFailedEventDetails: ErrorDetails };
  ActivityTimedOut: { activityTimedOutEventDetails: ErrorDetails };
  TaskScheduled: { taskScheduledEventDetails: TaskScheduledEventDetails };
  TaskStarted: { taskStartedEventDetails: TaskResource };
  TaskStartFailed: { taskStartFailedEventDetails: TaskResource & ErrorDetails };
  TaskSubmitFailed: { taskSubmitFailedEventDetails: TaskResource & ErrorDetails };
  TaskSubmitted: { taskSubmittedEventDetails: TaskResource & Partial<OutputEventDetails> };
  TaskSucceeded: { taskSucceededEventDetails: TaskResource & OutputEventDetails };
  TaskFailed: { taskFailedEventDetails: TaskResource & ErrorDetails };
  TaskTimedOut: { taskTimedOutEventDetails: TaskResource & ErrorDetails };
  FailStateEntered: { stateEnteredEventDetails: StateEnteredEventDetails };
  EvaluationFailed: { evaluationFailedEventDetails: EvaluationFailedEventDetails };
  TaskStateAborted: Record<never, never>;
  WaitStateAborted: Record<never, never>;
  ParallelStateStarted: Record<never, never>;
  ParallelStateSucceeded: Record<never, never>;
  ParallelStateFailed: Record<never, never>;
  ParallelStateAborted: Record<never, never>;
  MapStateStarted: { mapStateStartedEventDetails: { readonly length: number } };
  MapStateSucceeded: Record<never, never>;
  MapStateFailed: Record<never, never>;
  MapStateAborted: Record<never, never>;
  MapIterationStarted: { mapIterationStartedEventDetails: MapIterationEventDetails };
  MapIterationSucceeded: { mapIterationSucceededEventDetails: MapIterationEventDetails };
  MapIterationFailed: { mapIterationFailedEventDetails: MapIterationEventDetails };
  MapIterationAborted: { mapIterationAbortedEventDetails: MapIterationEventDetails };
  MapRunStarted: { mapRunStartedEventDetails: { readonly mapRunArn: string } };
  MapRunSucceeded: Record<never, never>;
  MapRunFailed: { mapRunFailedEventDetails: ErrorDetails };
  MapRunAborted: Record<never, never>;
  MapRunRedriven: {
    mapRunRedrivenEventDetails: { readonly mapRunArn: string; readonly redriveCount: number };
  };
}

type StateEvents = {
  [T in StateTypeName as `${T}StateEntered`]: { stateEnteredEventDetails: StateEnteredEventDetails };
} & {
  [T in StateTypeName as `${T}StateExited`]: { stateExitedEventDetails: StateExitedEventDetails };
};

type EventsByType = DetailsByType & StateEvents;

/** The type of an event, such as `TaskStateEntered`. */
export type HistoryEventType = keyof EventsByType;

interface EventBase<T extends HistoryEventType> {
  /** Epoch milliseconds; the API sends seconds. */
  readonly timestamp: number;
  readonly type: T;
  /** 1 to n, without a gap. */
  readonly id: number;
  /** The id of the event that caused this one; 0 for the first event and for the first state's entry. */
  readonly previousEventId: number;
}

/** One event of the given type, or of any type. */
export type HistoryEvent<T extends HistoryEventType = HistoryEventType> = {
  [K in T]: EventBase<K> & Readonly<EventsByType[K]>;
}[T];
