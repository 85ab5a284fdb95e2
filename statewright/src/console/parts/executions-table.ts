import { executionId, stateMachineOf } from '../execution-arn';
import {
  type ExecutionsView,
  type ListedExecution,
  SEARCHED,
  type ShownExecutions,
} from '../executions-view';
import { each, html, type Markup, when } from '../markup';
import type { Paths } from '../paths';
import type { ExecutionStatus } from '../source';
import { number, pager } from './pager';
import { executionBadge, statusLabel } from './status';
import { duration, time } from './text';

/** One page of a list of executions (newest first), with links to the other pages and to each status. */
export function executionsTable(
  paths: Paths,
  { total, counts, page: shown }: ShownExecutions,
  view: ExecutionsView,
): Markup {
  if (total === 0) return html`<p class="empty">No executions yet.</p>`;
  const { status, page: _, ...query } = view;
  const hrefOf = (target: number) => address({ ...query, ...(status && { status }), page: target });
  return html`${filters(counts, view)}
${shown.total === 0 ? html`<p class="empty">No such executions. <a href="?#executions">Show all</a></p>` : rows(paths, shown.items)}
${pager('executions', shown, hrefOf, ['Newer', 'Older'])}
${view.find !== undefined && total > SEARCHED ? html`<p class="empty">The newest ${number(SEARCHED)} of ${number(total)} executions were searched.</p>` : ''}`;
}

/** @param hasMachine whether a column names the state machine of each */
export function rows(paths: Paths, executions: readonly ListedExecution[], hasMachine = false): Markup {
  const machineCell = (name: string) => html`<td><a href="${paths.stateMachine(name)}">${name}</a></td>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Executions"><table class="executions">
<thead><tr><th scope="col">Name</th>${hasMachine ? html`<th scope="col">State machine</th>` : ''}<th scope="col">Status</th><th scope="col">Started (UTC)</th><th scope="col" class="number">Duration</th></tr></thead>
<tbody>${each(executions, ({ executionArn, name, status, error, startDate, stopDate }) => {
    const machine = stateMachineOf(executionArn);
    return html`<tr><th scope="row"><a href="${paths.execution(machine, executionId(executionArn))}" title="${name}">${name}</a></th>
${hasMachine ? machineCell(machine) : ''}<td>${executionBadge(status)}${when(error, (text) => html` <code class="error" title="${text}">${text}</code>`)}</td><td>${time(startDate)}</td><td class="number">${duration(startDate, stopDate)}</td></tr>`;
  })}</tbody></table></div>`;
}

/** The form that finds executions. */
export function findExecutionsForm({ status, find, from, to }: ExecutionsView): Markup {
  return html`<form method="get" action="#executions" class="find" role="search" aria-label="Executions">
<label>Find <input type="search" name="find" value="${find ?? ''}" placeholder="name, input, output or error" autocomplete="off" spellcheck="false"></label>
<label>From <input type="datetime-local" name="from" value="${from ?? ''}"></label>
<label>to <input type="datetime-local" name="to" value="${to ?? ''}"> UTC</label>
${status ? html`<input type="hidden" name="status" value="${status}">` : ''}
<button class="quiet">Find</button>
${(find ?? from ?? to) ? html`<a href="?#executions">Clear</a>` : ''}</form>`;
}

/** The statuses that occur, each with its number of executions. */
function filters(counts: ShownExecutions['counts'], view: ExecutionsView): Markup | '' {
  const { status: chosen, page: _, ...query } = view;
  if (counts.size < 2) return '';
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const link = (label: string, count: number, status: ExecutionStatus | undefined) =>
    html`<li><a href="${address({ ...query, page: 1, ...(status && { status }) })}" ${status === chosen ? html`aria-current="true"` : ''}>${label} ${number(count)}</a></li>`;
  return html`<nav aria-label="Executions by status"><ul class="filters">${link('All', all, undefined)}${each([...counts], ([status, count]) => link(statusLabel(status), count, status))}</ul></nav>`;
}

function address({ page, ...query }: ExecutionsView): string {
  return `?${new URLSearchParams({ ...query, ...(page > 1 && { page: String(page) }) })}#executions`;
}
