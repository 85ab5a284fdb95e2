import type { ExecutionOutcome } from '../../src/engine/execution/execution';
import type { HistoryEvent, HistoryEventType } from '../../src/history/events';

/** Midnight of a fixed day, in epoch milliseconds: when the executions of these tests start. */
export const START = Date.UTC(2026, 0, 2);

export interface EventSpec {
  readonly type: HistoryEventType;
  /** The id of the previous event (default: the event before it). */
  readonly from?: number;
  /** Milliseconds since the start (default: 5 more than the event before). */
  readonly at?: number;
  readonly name?: string;
  readonly [detail: string]: unknown;
}

const DETAILS_OF: Partial<Record<string, string>> = { Entered: 'stateEntered', Exited: 'stateExited' };
const WITHOUT_DETAILS =
  /^(LambdaFunctionStarted|(Parallel|Map|Task)State(Started|Succeeded|Failed|Aborted))$/;

/** A history from a short description of each event; the rest is as in the Step Functions API. */
export function history(...specs: readonly EventSpec[]): HistoryEvent[] {
  let time = -5;
  return specs.map(({ type, from, at, ...details }, index) => {
    time = at ?? time + 5;
    const kind =
      DETAILS_OF[/Entered$|Exited$/.exec(type)?.[0] ?? ''] ?? type[0]?.toLowerCase() + type.slice(1);
    const isFirstState = index === 1;
    return {
      timestamp: START + time,
      type,
      id: index + 1,
      previousEventId: from ?? (isFirstState ? 0 : index),
      ...((type === 'MapStateStarted' || !WITHOUT_DETAILS.test(type)) && {
        [`${kind}EventDetails`]: withFlags(details),
      }),
    } as unknown as HistoryEvent;
  });
}

function withFlags(details: Record<string, unknown>): Record<string, unknown> {
  return {
    ...details,
    ...('input' in details && { inputDetails: { truncated: false } }),
    ...('output' in details && { outputDetails: { truncated: false } }),
  };
}

const ROLE = 'arn:aws:iam::123456789012:role/state';
const lambda = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** The example state machine without an error. */
export const success = history(
  { type: 'ExecutionStarted', input: '{}', roleArn: ROLE },
  { type: 'TaskStateEntered', name: 'Test', input: '{}' },
  { type: 'LambdaFunctionScheduled', resource: lambda('Test'), input: '{}' },
  { type: 'LambdaFunctionStarted' },
  { type: 'LambdaFunctionSucceeded', output: '"hello"', at: 40 },
  { type: 'TaskStateExited', name: 'Test', output: '"hello"' },
  { type: 'PassStateEntered', name: 'SuccessState', input: '"hello"' },
  { type: 'PassStateExited', name: 'SuccessState', output: '"success"' },
  { type: 'ExecutionSucceeded', output: '"success"' },
);

const cause = '{"errorType":"TestError","errorMessage":"the test failed","trace":[]}';
const caughtOutput = JSON.stringify({ Error: 'TestError', Cause: cause });

/** The example state machine with the error that its second function handles. */
export const caught = history(
  { type: 'ExecutionStarted', input: '{"fail": true}', roleArn: ROLE },
  { type: 'TaskStateEntered', name: 'Test', input: '{"fail": true}' },
  { type: 'LambdaFunctionScheduled', resource: lambda('Test'), input: '{"fail": true}' },
  { type: 'LambdaFunctionStarted' },
  { type: 'LambdaFunctionFailed', error: 'TestError', cause, at: 40 },
  { type: 'TaskStateExited', name: 'Test', output: caughtOutput },
  { type: 'TaskStateEntered', name: 'HandleError', input: caughtOutput },
  { type: 'LambdaFunctionScheduled', resource: lambda('Error'), input: caughtOutput },
  { type: 'LambdaFunctionStarted' },
  { type: 'LambdaFunctionSucceeded', output: '"handled"', at: 1240 },
  { type: 'TaskStateExited', name: 'HandleError', output: '"handled"' },
  { type: 'PassStateEntered', name: 'FailState', input: '"handled"' },
  { type: 'PassStateExited', name: 'FailState', output: '"handled error"' },
  { type: 'ExecutionSucceeded', output: '"handled error"' },
);

/** A Task with two attempts whose error is not caught. */
export const failed = history(
  { type: 'ExecutionStarted', input: '{}', roleArn: ROLE },
  { type: 'TaskStateEntered', name: 'Test', input: '{}' },
  { type: 'LambdaFunctionScheduled', resource: lambda('Test'), input: '{}' },
  { type: 'LambdaFunctionStarted' },
  { type: 'LambdaFunctionFailed', error: 'TestError', cause: 'first' },
  { type: 'LambdaFunctionScheduled', resource: lambda('Test'), input: '{}' },
  { type: 'LambdaFunctionStarted' },
  { type: 'LambdaFunctionFailed', error: 'TestError', cause: 'second' },
  { type: 'ExecutionFailed', error: 'TestError', cause: 'second' },
);

export const succeededWith = (output: string): ExecutionOutcome => ({ status: 'SUCCEEDED', output });
