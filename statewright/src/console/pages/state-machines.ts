import type { Page } from '../document';
import { executionId } from '../execution-arn';
import { each, html } from '../markup';
import { rows as executionRows } from '../parts/executions-table';
import { openHistory } from '../parts/open-history';
import { executionBadge } from '../parts/status';
import { time } from '../parts/text';
import { pathsAt } from '../paths';
import type { ConsoleSource } from '../source';

/** How many executions are shown. */
const RECENT = 10;

/** The state machines of the account, each with the status of its latest execution, and the latest executions of all. */
export async function stateMachinesPage(source: ConsoleSource): Promise<Page> {
  const paths = pathsAt(source.base);
  const rows = await Promise.all(
    (await source.listStateMachines()).map(async (machine) => {
      const { stateMachineArn } = machine;
      const executions = await source.listExecutions(stateMachineArn, { skip: 0, limit: RECENT });
      const count = await source.countExecutions(stateMachineArn);
      return { ...machine, executions, count, latest: executions[0] };
    }),
  );
  const recent = rows
    .flatMap(({ executions }) => executions)
    .sort((a, b) => Number(b.startDate) - Number(a.startDate))
    .slice(0, RECENT);
  const content = html`<div class="head"><h1>State machines <small>${rows.length}</small></h1>
${source.editing ? html`<div class="actions"><a class="button" href="${paths.create}">Create state machine</a></div>` : ''}</div>
${rows.length === 0 ? html`<p class="empty">No state machines yet. Deploy a stack to this account${source.editing ? ', or create one here' : ''}.</p>` : ''}
<div id="live-machines" data-live><div class="scroll" tabindex="0" role="region" aria-label="State machines"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Latest execution</th><th scope="col" class="number">Executions</th><th scope="col">Type</th><th scope="col">Created (UTC)</th></tr></thead>
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
<td class="number">${count}</td><td>${type === 'STANDARD' ? 'Standard' : 'Express'}</td><td>${time(creationDate)}</td></tr>`,
  )}</tbody></table></div></div>
<section aria-labelledby="recent"><h2 id="recent">Recent executions</h2><div id="live-recent" data-live>${recent.length === 0 ? html`<p class="empty">No executions yet.</p>` : executionRows(paths, recent, true)}</div></section>
${source.openHistory ? openHistory(paths) : ''}`;
  return {
    title: 'State machines',
    content,
    refresh: rows.some(({ latest }) => latest?.status === 'RUNNING') ? 'running' : 'idle',
  };
}
