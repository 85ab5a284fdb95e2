import { STATUSES } from '../../diagram/icons';
import { formatDuration } from '../../duration';
import type { Attempt, ExecutionPath, StateVisit } from '../../execution-path';
import { each, html, type Markup, when } from '../markup';
import { stateBadge } from './status';
import { duration, payload, time } from './text';

/** The id of a visit on its page: where the diagram leads to. */
export function visitId({ enteredEventId }: StateVisit): string {
  return `visit-${enteredEventId}`;
}

/** Every visit of a state, in the order of entry, to open one by one. */
export function visitList({ visits, startedAt = 0 }: ExecutionPath): Markup {
  if (visits.length === 0) return html`<p class="empty">No state has been entered so far.</p>`;
  return each(visits, (visit) => visitDetails(visit, startedAt));
}

function visitDetails(visit: StateVisit, startedAt: number): Markup {
  const { name, type, status, attempts, error } = visit;
  const retries = Math.max(0, attempts.length - 1);
  return html`<details class="visit depth-${Math.min(4, depth(visit))} ${STATUSES[status].className}" id="${visitId(visit)}">
<summary><span class="visit-name">${name}</span> <span class="visit-type">${type}${place(visit)}</span>
<span class="visit-facts">${when(error, (text) => html`<code class="error">${text}</code>`)}
${retries > 0 ? html`<span>${retries} ${retries === 1 ? 'retry' : 'retries'}</span>` : ''}
<span class="visit-time">${duration(visit.enteredAt, visit.exitedAt)}</span>${stateBadge(status)}</span></summary>
<dl class="facts"><div><dt>Entered</dt><dd>${time(visit.enteredAt)}, ${formatDuration(visit.enteredAt - startedAt)} after the start</dd></div>
${when(visit.exitedAt, (exitedAt) => html`<div><dt>${visit.exitedEventId === undefined ? 'Ended' : 'Exited'}</dt><dd>${time(exitedAt)}</dd></div>`)}</dl>
${when(visit.error, (text) => payload('Error', text))}
${when(visit.cause, (text) => payload('Cause', text))}
${payload('Input', visit.input)}
${when(visit.output, (text) => payload('Output', text))}
${attempts.length > 1 ? attemptTable(attempts) : ''}
</details>`;
}

function attemptTable(attempts: readonly Attempt[]): Markup {
  return html`<h4>Attempts</h4><div class="scroll" tabindex="0" role="group" aria-label="Attempts"><table>
<thead><tr><th scope="col">#</th><th scope="col">Status</th><th scope="col">Started</th><th scope="col">Duration</th><th scope="col">Error</th></tr></thead>
<tbody>${each(
    attempts,
    (
      attempt,
      i,
    ) => html`<tr><td>${i + 1}</td><td>${stateBadge(attempt.status)}</td><td>${time(attempt.startedAt)}</td>
<td>${duration(attempt.startedAt, attempt.endedAt)}</td><td>${attempt.error ?? ''}</td></tr>`,
  )}</tbody></table></div>`;
}

/** ` · Each order, item 2`, for what is inside a Parallel or Map. */
function place({ scope }: StateVisit): string {
  if (!scope) return '';
  const unit = scope.visit.type === 'Map' ? 'item' : 'branch';
  return ` · ${scope.visit.name}, ${unit} ${scope.index + 1}`;
}

function depth({ scope }: StateVisit): number {
  return scope ? depth(scope.visit) + 1 : 0;
}
