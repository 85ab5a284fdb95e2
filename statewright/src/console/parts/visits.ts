import { STATUSES } from '../../diagram/icons';
import { formatDuration } from '../../duration';
import type { Attempt, ExecutionPath, StateVisit } from '../../history/execution-path';
import { executionId, stateMachineOf } from '../execution-arn';
import type { Folds } from '../folds';
import { jsonObject } from '../json-text';
import { each, html, type Markup, when } from '../markup';
import type { NestedExecutions } from '../nested-executions';
import type { Paths, TestKind } from '../paths';
import { changes } from './changes';
import { fold } from './fold';
import type { LogLink } from './invocations';
import { payload } from './payload';
import { stateBadge } from './status';
import { duration, place, time } from './text';

/** The id of a visit on its page: the target of the diagram's link. */
export function visitId({ enteredEventId }: StateVisit): string {
  return `visit-${enteredEventId}`;
}

/** The link to a visit in its page, also when the page does not show it. */
export function visitAddress(visit: StateVisit, shown: ReadonlySet<StateVisit>): string {
  return `${shown.has(visit) ? '' : `?visit=${visit.enteredEventId}`}#${visitId(visit)}`;
}

/** Visits of states, each expandable. */
export function visitList(
  visits: readonly StateVisit[],
  { startedAt = 0, visits: all }: ExecutionPath,
  links: VisitLinks,
): Markup {
  if (all.length === 0) return html`<p class="empty">No state has been entered so far.</p>`;
  if (visits.length === 0)
    return html`<p class="empty">No such states. <a href="?#states">Show all states</a></p>`;
  return each(visits, (visit) => {
    const folded = links.folds.get(visit);
    return html`${visitDetails(visit, startedAt, links)}${when(folded, (groups) => fold(visit, groups, depth(visit) + 1))}`;
  });
}

/** What visits link to. */
interface VisitLinks {
  /** By the id of the event that scheduled the call. */
  readonly logs: Logs;
  readonly nested: NestedExecutions;
  readonly paths: Paths;
  readonly folds: Folds;
  /** The address of a payload: a member of an event's details. */
  readonly sourceOf: (event: number, member: string) => string;
  /** The forms that answer visits which wait for a token. */
  readonly answerOf?: (visit: StateVisit) => Markup | '';
  /** Where the state, or an expression, is tested with a visit's data (default: nowhere). */
  readonly testOf?: (kind: TestKind, visit: number) => string;
}

type Logs = ReadonlyMap<number, LogLink>;

function visitDetails(
  visit: StateVisit,
  startedAt: number,
  { logs, nested, paths, sourceOf, answerOf, testOf }: VisitLinks,
): Markup {
  const { name, type, status, attempts, error } = visit;
  const retries = Math.max(0, attempts.length - 1);
  const [log] = attempts.length === 1 ? attempts.map(({ eventId }) => logs.get(eventId)) : [];
  return html`<details class="visit depth-${Math.min(4, depth(visit))} ${STATUSES[status].className}" id="${visitId(visit)}" data-visit="${visit.enteredEventId}" data-name="${name}">
<summary><span class="visit-name">${name}</span> <span class="visit-type">${type}${place(visit)}</span>
<span class="visit-facts">${when(error, (text) => html`<code class="error">${text}</code>`)}
${retries > 0 ? html`<span>${retries} ${retries === 1 ? 'retry' : 'retries'}</span>` : ''}
<span class="visit-time">${duration(visit.enteredAt, visit.exitedAt)}</span>${stateBadge(status)}</span></summary>
<dl class="facts"><div><dt>Entered</dt><dd>${time(visit.enteredAt)}, ${formatDuration(visit.enteredAt - startedAt)} after the start</dd></div>
${when(visit.exitedAt, (exitedAt) => html`<div><dt>${visit.exitedEventId === undefined ? 'Ended' : 'Exited'}</dt><dd>${time(exitedAt)}</dd></div>`)}
${each(nested.get(visit) ?? [], (arn) => html`<div><dt>${isMapRun(arn) ? 'Map Run' : 'Execution'}</dt><dd>${nestedLink(arn, paths)}</dd></div>`)}
<div><dt>Events</dt><dd><a href="?event=${visit.enteredEventId}#event-${visit.enteredEventId}">from ${visit.enteredEventId}</a></dd></div>
${when(log, (link) => html`<div><dt>Log</dt><dd>${logLink(link)}</dd></div>`)}
${when(testOf, (to) => html`<div><dt>Test</dt><dd><a href="${to('state', visit.enteredEventId)}">this state</a> or <a href="${to('expression', visit.enteredEventId)}">an expression</a></dd></div>`)}</dl>
${answerOf?.(visit) ?? ''}
${when(visit.error, (text) => payload('Error', text))}
${when(visit.cause, (text) => payload('Cause', text))}
${payload('Input', visit.input, { source: sourceOf(visit.enteredEventId, 'input') })}
${when(visit.output, (text) => payload('Output', text, visit.exitedEventId === undefined ? {} : { source: sourceOf(visit.exitedEventId, 'output') }))}
${changes(String(visit.enteredEventId), visit.input, visit.output)}
${when(visit.assigned, (variables) => payload('Variables assigned', jsonObject(variables)))}
${attempts.length > 1 ? attemptTable(attempts, logs, startedAt) : ''}
</details>`;
}

export const isMapRun = (arn: string): boolean => arn.includes(':mapRun:');

/** The address of an execution, or of a Map Run, which has the same kind of page. */
export function nestedAddress(arn: string, paths: Paths): string {
  const [machine, id] = [stateMachineOf(arn), executionId(arn)];
  return isMapRun(arn) ? paths.mapRun(machine, id) : paths.execution(machine, id);
}

/** A link to an execution or a Map Run. */
export function nestedLink(arn: string, paths: Paths): Markup {
  return html`<a href="${nestedAddress(arn, paths)}">${stateMachineOf(arn)} / ${executionId(arn)}</a>`;
}

function logLink({ address, lines }: LogLink): Markup {
  return html`<a class="lines" href="${address}">${lines === 1 ? '1 line' : `${lines} lines`}</a>`;
}

function attemptTable(attempts: readonly Attempt[], logs: Logs, startedAt: number): Markup {
  return html`<h4>Attempts</h4><div class="scroll" tabindex="0" role="group" aria-label="Attempts"><table>
<thead><tr><th scope="col" class="number">#</th><th scope="col">Status</th><th scope="col" class="number">Started after</th><th scope="col" class="number">Duration</th><th scope="col">Error</th><th scope="col">Log</th></tr></thead>
<tbody>${each(
    attempts,
    (attempt, i) => html`<tr><td class="number">${i + 1}</td><td>${stateBadge(attempt.status)}</td>
<td class="number">${formatDuration(attempt.startedAt - startedAt)}</td><td class="number">${duration(attempt.startedAt, attempt.endedAt)}</td>
<td class="breakable">${attempt.error ?? ''}</td><td>${when(logs.get(attempt.eventId), logLink)}</td></tr>`,
  )}</tbody></table></div>`;
}

function depth({ scope }: StateVisit): number {
  return scope ? depth(scope.visit) + 1 : 0;
}
