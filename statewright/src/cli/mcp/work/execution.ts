import { formatDuration } from '../../../duration';
import type { HistoryEvent } from '../../../history/events';
import { type ExecutionPath, executionPath, type StateVisit } from '../../../history/execution-path';
import { renderPath } from '../../terminal/path';
import type { ExecutionOutput } from '../tools';
import { ends, plain, shortJson, shortText } from './plain';

const MOST_VISITS = 20;
const MOST_STEPS = 40;

/** An execution as a tool returns it. @param states of these alone, the visits */
export function executionOutput(
  events: readonly HistoryEvent[],
  states: readonly string[] | undefined,
): ExecutionOutput {
  const path = executionPath(events);
  const last = events.at(-1);
  const output = last?.type === 'ExecutionSucceeded' ? last.executionSucceededEventDetails.output : undefined;
  const { shown, omitted } = ends(
    states === undefined ? path.visits : path.visits.filter(({ name }) => states.includes(name)),
    MOST_VISITS,
  );
  return {
    status: path.status,
    ...(output !== undefined && { output: shortJson(output) }),
    ...failure(path),
    seconds: Math.max(0, (path.endedAt ?? events.at(-1)?.timestamp ?? 0) - (path.startedAt ?? 0)) / 1000,
    path: pathText(path),
    visits: shown.map(visitOutput),
    ...(omitted > 0 && { omittedVisits: omitted }),
  };
}

/** The same in a few lines. */
export function executionText({ status, output, error, cause, seconds, path }: ExecutionOutput): string {
  return [
    `${status} in ${formatDuration(seconds * 1000)}`,
    `Path: ${path}`,
    ...(output === undefined ? [] : [`Output: ${JSON.stringify(output)}`]),
    ...(error === undefined ? [] : [`Error: ${error}`]),
    ...(cause === undefined ? [] : [`Cause: ${cause}`]),
  ].join('\n');
}

/** The path of a loop is as long as its execution. */
function pathText(path: ExecutionPath): string {
  const top = path.visits.filter(({ scope }) => scope === undefined);
  if (top.length <= MOST_STEPS) return renderPath(path, plain, Number.POSITIVE_INFINITY).join(' ');
  const left = new Set(top.slice(MOST_STEPS / 2, -MOST_STEPS / 2));
  const [head, tail] = [top.slice(0, MOST_STEPS / 2), top.slice(-MOST_STEPS / 2)].map((steps) => {
    const visits = path.visits.filter((visit) => steps.includes(outermost(visit)));
    return renderPath({ ...path, visits }, plain, Number.POSITIVE_INFINITY).join(' ');
  });
  return `${head?.replace(/ → End$/, '')} → … ${left.size} more … → ${tail}`;
}

const outermost = (visit: StateVisit): StateVisit => (visit.scope ? outermost(visit.scope.visit) : visit);

function visitOutput(visit: StateVisit): ExecutionOutput['visits'][number] {
  const { name, type, status, input, output, attempts, items, scope } = visit;
  const retries = attempts.length - 1;
  return {
    state: name,
    type,
    status,
    input: shortJson(input),
    ...(output !== undefined && { output: shortJson(output) }),
    ...failure(visit),
    ...(retries > 0 && { retries }),
    ...(items !== undefined && { items }),
    ...(scope && { inside: `${scope.visit.name}[${scope.index}]` }),
  };
}

const failure = ({ error, cause }: { readonly error?: string; readonly cause?: string }) => ({
  ...(error !== undefined && { error }),
  ...(cause !== undefined && { cause: shortText(cause) }),
});
