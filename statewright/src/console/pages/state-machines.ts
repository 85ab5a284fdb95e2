import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Page } from '../document';
import { executionId } from '../execution-arn';
import { STATUSES, withErrors } from '../executions-view';
import { each, html, type Markup } from '../markup';
import { rows as executionRows } from '../parts/executions-table';
import { openHistory } from '../parts/open-history';
import { number } from '../parts/pager';
import { executionBadge, statusLabel } from '../parts/status';
import { time } from '../parts/text';
import { pathsAt } from '../paths';
import type { ConsoleSource, ExecutionStatus, ExecutionSummary, StateMachineSummary } from '../source';

/** How many executions are shown. */
const RECENT = 10;
/** How many state machines are read before other requests get a turn. */
const TURN = 25;
/** A list with more state machines than this has a form that finds one. */
const MANY = 10;

/**
 * The state machines of the account, each with the status of its latest execution, and the latest executions of these.
 * @param find only state machines with this text in their name (default: all)
 * @param status only executions with this status (default: all)
 */
export async function stateMachinesPage(
  source: ConsoleSource,
  find = '',
  status?: ExecutionStatus,
): Promise<Page> {
  const paths = pathsAt(source.base);
  const all = await source.listStateMachines();
  const found = all.filter(({ name }) => name.toLowerCase().includes(find.toLowerCase()));
  const rows: (StateMachineSummary & ExecutionsOf)[] = [];
  for (const machine of found) {
    if (rows.length % TURN === TURN - 1) await nextTurn();
    rows.push({ ...machine, ...(await executionsOf(source, machine.stateMachineArn, status)) });
  }
  const recent = rows
    .flatMap(({ executions }) => executions)
    .sort((a, b) => Number(b.startDate) - Number(a.startDate))
    .slice(0, RECENT);
  const listed = await withErrors(source, recent);
  const content = html`<div class="head"><h1>State machines <small>${number(all.length)}</small></h1>
${source.editing ? html`<div class="actions"><a class="button" href="${paths.create}">Create state machine</a></div>` : ''}</div>
${all.length > MANY ? findForm(find) : ''}
${all.length === 0 ? html`<p class="empty">No state machines yet. Deploy a stack to this account${source.editing ? ', or create one here' : ''}.</p>` : ''}
<div id="live-machines" data-live>${all.length > 0 && rows.length === 0 ? html`<p class="empty">No such state machines. <a href="?">Show all</a></p>` : ''}
<div class="scroll" tabindex="0" role="region" aria-label="State machines"><table class="machines">
<thead><tr><th scope="col">Name</th><th scope="col">Latest execution</th><th scope="col" class="number">Executions</th><th scope="col" class="wide-only">Type</th><th scope="col" class="wide-only">Created (UTC)</th></tr></thead>
<tbody>${each(
    rows,
    ({
      name,
      type,
      creationDate,
      count,
      latest,
    }) => html`<tr><th scope="row"><a href="${paths.stateMachine(name)}">${name}</a></th>
<td>${latest ? html`<a class="plain" href="${paths.execution(name, executionId(latest.executionArn))}">${executionBadge(latest.status)}</a>` : '–'}</td>
<td class="number">${number(count)}</td><td class="wide-only">${type === 'STANDARD' ? 'Standard' : 'Express'}</td><td class="wide-only">${time(creationDate)}</td></tr>`,
  )}</tbody></table></div></div>
<section aria-labelledby="recent"><h2 id="recent">Recent executions</h2>${rows.some(({ latest }) => latest) ? statusLinks(find, status) : ''}
<div id="live-recent" data-live>${recent.length === 0 ? html`<p class="empty">${status ? 'No such executions.' : 'No executions yet.'}</p>` : executionRows(paths, listed, true)}</div></section>
${source.openHistory ? openHistory(paths) : ''}`;
  return {
    title: 'State machines',
    content,
    refresh: rows.some(({ latest }) => latest?.status === 'RUNNING') ? 'running' : 'idle',
  };
}

interface ExecutionsOf {
  readonly count: number;
  readonly latest: ExecutionSummary | undefined;
  /** The newest ones, with the status that was asked for. */
  readonly executions: readonly ExecutionSummary[];
}

async function executionsOf(
  source: ConsoleSource,
  stateMachineArn: string,
  status: ExecutionStatus | undefined,
): Promise<ExecutionsOf> {
  const newest = (part: { readonly limit: number; readonly status?: ExecutionStatus }) =>
    source.listExecutions(stateMachineArn, { skip: 0, ...part });
  const executions = await newest({ limit: RECENT, ...(status && { status }) });
  const [latest] = status ? await newest({ limit: 1 }) : executions;
  return { count: await source.countExecutions(stateMachineArn), latest, executions };
}

function findForm(find: string): Markup {
  return html`<form method="get" class="find" role="search" aria-label="State machines">
<label>Find <input type="search" name="find" value="${find}" placeholder="name" autocomplete="off" spellcheck="false"></label>
<button class="quiet">Find</button>
${find === '' ? '' : html`<a href="?">Clear</a>`}</form>`;
}

/** Links to the newest executions with each status. */
function statusLinks(find: string, chosen: ExecutionStatus | undefined): Markup {
  const link = (label: string, status?: ExecutionStatus) => {
    const query = new URLSearchParams({ ...(find && { find }), ...(status && { status }) });
    return html`<li><a href="?${query}#recent" ${status === chosen ? html`aria-current="true"` : ''}>${label}</a></li>`;
  };
  return html`<nav aria-label="Recent executions by status"><ul class="filters">${link('All')}${each(STATUSES, (status) => link(statusLabel(status), status))}</ul></nav>`;
}
