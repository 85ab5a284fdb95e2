import { executionId } from '../execution-arn';
import { each, html, type Markup, when } from '../markup';
import type { Paths } from '../paths';
import type { ExecutionStatus, ExecutionSummary } from '../source';
import { executionBadge, statusLabel } from './status';
import { duration, time } from './text';

const PAGE = 25;
const STATUSES: readonly ExecutionStatus[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

/** Which of a state machine's executions are shown, from the page's URL. */
export interface ExecutionsView {
  /** Shows only executions with this status (default: all). */
  readonly status?: ExecutionStatus;
  /** From 1; a number past the end shows the last page. */
  readonly page: number;
}

/** Reads the view from a URL; invalid values are ignored. */
export function executionsView(query: (name: string) => string | undefined): ExecutionsView {
  const status = STATUSES.find((known) => known === query('status'));
  const page = Math.max(1, Math.trunc(Number(query('page'))) || 1);
  return { page, ...(status && { status }) };
}

/** One page of a state machine's executions (newest first), with links to the other pages and to each status. */
export function executionsTable(
  paths: Paths,
  stateMachine: string,
  executions: readonly ExecutionSummary[],
  { status, page }: ExecutionsView,
): Markup {
  if (executions.length === 0) return html`<p class="empty">No executions yet.</p>`;
  const chosen = status ? executions.filter((execution) => execution.status === status) : executions;
  const pages = Math.max(1, Math.ceil(chosen.length / PAGE));
  const current = Math.min(page, pages);
  const shown = chosen.slice((current - 1) * PAGE, current * PAGE);
  return html`${filters(executions, status)}
<div class="scroll" tabindex="0" role="region" aria-label="Executions"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Status</th><th scope="col">Started (UTC)</th><th scope="col" class="number">Duration</th></tr></thead>
<tbody>${each(
    shown,
    ({
      executionArn,
      name,
      status: outcome,
      startDate,
      stopDate,
    }) => html`<tr><th scope="row"><a href="${paths.execution(stateMachine, executionId(executionArn))}">${name}</a></th>
<td>${executionBadge(outcome)}</td><td>${time(startDate)}</td><td class="number">${duration(startDate, stopDate)}</td></tr>`,
  )}</tbody></table></div>
${pages > 1 ? pager(chosen.length, current, pages, status) : ''}`;
}

/** The statuses that occur, each with its number of executions. */
function filters(executions: readonly ExecutionSummary[], chosen: ExecutionStatus | undefined): Markup | '' {
  const counts = STATUSES.map(
    (status) => [status, executions.filter((execution) => execution.status === status).length] as const,
  ).filter(([status, count]) => count > 0 || status === chosen);
  if (counts.length < 2) return '';
  const link = (label: string, count: number, status: ExecutionStatus | undefined) =>
    html`<li><a href="${address({ page: 1, ...(status && { status }) })}" ${status === chosen ? html`aria-current="true"` : ''}>${label} ${count}</a></li>`;
  return html`<nav aria-label="Executions by status"><ul class="filters">${link('All', executions.length, undefined)}${each(counts, ([status, count]) => link(statusLabel(status), count, status))}</ul></nav>`;
}

function pager(total: number, page: number, pages: number, status: ExecutionStatus | undefined): Markup {
  const to = (target: number | undefined, label: string) =>
    when(
      target,
      (number) => html`<a href="${address({ page: number, ...(status && { status }) })}">${label}</a>`,
    );
  return html`<nav class="pager" aria-label="Pages of executions">
<span>${(page - 1) * PAGE + 1}–${Math.min(total, page * PAGE)} of ${total}</span>
${to(page > 1 ? page - 1 : undefined, 'Newer')} ${to(page < pages ? page + 1 : undefined, 'Older')}</nav>`;
}

function address({ status, page }: ExecutionsView): string {
  return `?${new URLSearchParams({ ...(status && { status }), ...(page > 1 && { page: String(page) }) })}#executions`;
}
