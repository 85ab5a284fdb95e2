import type { HistoryEvent } from '../src/history/events';

/**
 * The two executions of the example's state machine, with AWS's events. Every way to run it (the engine, the local AWS
 * through the SDK, Terraform) must return the same.
 */
export interface SeedCase {
  readonly name: string;
  /** The input of StartExecution; `undefined` when it has none. */
  readonly input: string | undefined;
  readonly status: 'SUCCEEDED';
  /** The output as JSON text. */
  readonly output: string;
  /** Each event as `id<-previousEventId type state`; see `eventLine`. */
  readonly events: readonly string[];
}

export const seedCases: readonly SeedCase[] = [
  {
    name: 'without input, the function succeeds',
    input: undefined,
    status: 'SUCCEEDED',
    output: '"success"',
    events: [
      '1<-0 ExecutionStarted',
      '2<-0 TaskStateEntered Test',
      '3<-2 LambdaFunctionScheduled',
      '4<-3 LambdaFunctionStarted',
      '5<-4 LambdaFunctionSucceeded',
      '6<-5 TaskStateExited Test',
      '7<-6 PassStateEntered SuccessState',
      '8<-7 PassStateExited SuccessState',
      '9<-8 ExecutionSucceeded',
    ],
  },
  {
    name: 'with {"fail": true}, the error is caught and handled',
    input: '{"fail": true}',
    status: 'SUCCEEDED',
    output: '"handled error"',
    events: [
      '1<-0 ExecutionStarted',
      '2<-0 TaskStateEntered Test',
      '3<-2 LambdaFunctionScheduled',
      '4<-3 LambdaFunctionStarted',
      '5<-4 LambdaFunctionFailed',
      '6<-5 TaskStateExited Test',
      '7<-6 TaskStateEntered HandleError',
      '8<-7 LambdaFunctionScheduled',
      '9<-8 LambdaFunctionStarted',
      '10<-9 LambdaFunctionSucceeded',
      '11<-10 TaskStateExited HandleError',
      '12<-11 PassStateEntered FailState',
      '13<-12 PassStateExited FailState',
      '14<-13 ExecutionSucceeded',
    ],
  },
];

/** The parts of an event in a line; the SDK's events have them too. */
export interface EventSummary {
  readonly id?: number | undefined;
  readonly previousEventId?: number | undefined;
  readonly type?: string | undefined;
  readonly stateEnteredEventDetails?: { readonly name?: string | undefined } | undefined;
  readonly stateExitedEventDetails?: { readonly name?: string | undefined } | undefined;
}

/** An event as a line, such as `6<-5 TaskStateExited Test`. */
export function eventLine(event: EventSummary | HistoryEvent): string {
  const { id, previousEventId, type, stateEnteredEventDetails, stateExitedEventDetails } =
    event as EventSummary;
  const state = stateEnteredEventDetails?.name ?? stateExitedEventDetails?.name;
  return `${id}<-${previousEventId} ${type}${state === undefined ? '' : ` ${state}`}`;
}
