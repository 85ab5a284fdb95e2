import type { StateVisit } from '../../history/execution-path';
import type { TestedState } from '../state-test/tested-state';
import type { TestExecution } from '../test-execution';

/** The status with its error and cause, as the end of a sentence: `FAILED with TestError: boom`. */
export function describeOutcome({
  status,
  error,
  cause,
}: Pick<TestExecution | TestedState, 'status' | 'error' | 'cause'>): string {
  if (error === undefined) return status;
  return `${status} with ${error}${cause ? `: ${cause}` : ''}`;
}

/** How a tested state ended: `State: CAUGHT_ERROR with Declined: no money → NotifyCustomer`. */
export function describeTest(tested: TestedState): string {
  const { nextState, inspectionData } = tested;
  const seconds = inspectionData?.errorDetails?.retryBackoffIntervalSeconds;
  const retry = seconds === undefined ? '' : `, retried after ${seconds} s`;
  const state = `State: ${describeOutcome(tested)}${retry}${nextState === undefined ? '' : ` → ${nextState}`}`;
  return tested.status === 'RETRIABLE'
    ? `${state}\nA Retry comes before Catch and the failure: set stateConfiguration.retrierRetryCount to its MaxAttempts.`
    : state;
}

/**
 * The path of an execution: `Test ✗ TestError → HandleError → FailState`. `×3` marks three attempts; what ran inside a
 * Parallel or a Map is in brackets.
 */
export function describePath(execution: TestExecution): string {
  return chain(
    execution.path.visits.filter(({ scope }) => scope === undefined),
    execution,
  );
}

function chain(visits: readonly StateVisit[], execution: TestExecution): string {
  return visits.map((visit) => describeVisit(visit, execution)).join(' → ');
}

function describeVisit(visit: StateVisit, execution: TestExecution): string {
  const { name, status, error, attempts } = visit;
  const failed = status === 'FAILED' || status === 'CAUGHT';
  return [
    name,
    attempts.length > 1 ? `×${attempts.length}` : '',
    describeInside(visit, execution),
    failed ? `✗ ${error ?? ''}`.trim() : '',
    status === 'ABORTED' ? '(aborted)' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The branches, iterations or child executions of the last attempt; identical ones once. */
function describeInside(container: StateVisit, execution: TestExecution): string {
  const runs = new Map<number, StateVisit[]>();
  for (const visit of execution.path.visits) {
    const { scope } = visit;
    if (scope?.visit !== container || scope.attempt < container.attempts.length - 1) continue;
    runs.set(scope.index, [...(runs.get(scope.index) ?? []), visit]);
  }
  const counts = new Map<string, number>();
  const inside = [
    ...[...runs.values()].map((visits) => chain(visits, execution)),
    ...execution.childrenOf(container).map(describePath),
  ];
  for (const text of inside) counts.set(text, (counts.get(text) ?? 0) + 1);
  const texts = [...counts].map(([text, count]) => (count > 1 ? `${count}× ${text}` : text));
  return texts.length > 0 ? `[ ${texts.join(' | ')} ]` : '';
}

/** The last error of an execution, also if it was retried or caught: the usual reason for an unexpected path. */
export function describeLastError({ path }: TestExecution): string | undefined {
  const failures = path.visits.flatMap((visit) => [
    ...visit.attempts.map(({ error, cause, endedAt = 0 }) => ({
      name: visit.name,
      error,
      cause,
      at: endedAt,
    })),
    { name: visit.name, error: visit.error, cause: visit.cause, at: visit.exitedAt ?? 0 },
  ]);
  const last = failures
    .filter(({ error }) => error !== undefined)
    .sort((a, b) => a.at - b.at)
    .at(-1);
  return last && `${last.error}${last.cause ? `: ${last.cause}` : ''} (in ${last.name})`;
}
