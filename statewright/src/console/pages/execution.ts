import { executionPath } from '../../history/execution-path';
import { summarizeStates } from '../../history/state-summary';
import type { Page } from '../document';
import { html, when } from '../markup';
import { diagram } from '../parts/diagram';
import { eventsTable } from '../parts/events-table';
import { executionActions } from '../parts/execution-actions';
import { invocationList, logLinks } from '../parts/invocations';
import { executionBadge } from '../parts/status';
import { duration, payload, time } from '../parts/text';
import { visitAddress, visitList } from '../parts/visits';
import { pathsAt } from '../paths';
import type { ConsoleSource, ExecutionDetails } from '../source';

/**
 * One running or ended execution: the diagram with its path, each state, the functions' logs and the events.
 *
 * @param showsAll whether long lists are shown in full
 */
export async function executionPage(
  source: ConsoleSource,
  stateMachine: string,
  execution: ExecutionDetails,
  showsAll: boolean,
): Promise<Page> {
  const paths = pathsAt(source.base);
  const { executionArn, name, status, startDate, stopDate } = execution;
  const [events, invocations] = await Promise.all([
    source.history(executionArn),
    source.invocations(executionArn),
  ]);
  const path = executionPath(events);
  const states = summarizeStates(path);
  const links = new Map<string, string>();
  for (const [state, { decisive }] of states) {
    const address = decisive && visitAddress(decisive, path);
    if (address !== undefined) links.set(state, address);
  }
  const drawing = await diagram(execution.definition, {
    title: `Diagram of ${stateMachine} with the path of ${name}`,
    execution: path,
    links,
  });
  const content = html`<div class="head"><div id="live-status" data-live><h1>${name} ${executionBadge(status)}</h1>
<dl class="facts"><div><dt>Started (UTC)</dt><dd>${time(startDate)}</dd></div>
<div><dt>Ended (UTC)</dt><dd>${stopDate ? time(stopDate) : '–'}</dd></div>
<div><dt>Duration</dt><dd>${duration(startDate, stopDate)}</dd></div>
<div><dt>Events</dt><dd>${events.length}</dd></div>
<div><dt>ARN</dt><dd><code class="arn">${executionArn}</code></dd></div></dl>
${when(execution.error, (error) => html`<p class="problem outcome"><strong>${error}</strong> ${execution.cause ?? ''}</p>`)}
<p class="sr-only" role="status">${status === 'RUNNING' ? 'The execution is running' : `The execution has ended: ${status}`}</p></div>
${executionActions(source, execution)}</div>
<div class="columns">
<section class="keep-in-view" aria-labelledby="diagram"><h2 id="diagram">Diagram</h2><div class="diagram" id="live-diagram" data-live>${drawing}</div></section>
<section aria-labelledby="states"><h2 id="states">States</h2><div id="live-states" data-live>${visitList(path, logLinks(invocations), showsAll)}</div></section>
</div>
<section aria-labelledby="payloads"><h2 id="payloads">Input and output</h2><div class="payloads" id="live-payloads" data-live>
${payload('Input', execution.input)}
${when(execution.output, (text) => payload('Output', text))}
${when(execution.error, (text) => payload('Error', text))}
${when(execution.cause, (text) => payload('Cause', text))}</div></section>
<section aria-labelledby="logs"><h2 id="logs">Logs <small>of each Lambda invocation</small></h2>
<div id="live-logs" data-live>${invocationList(invocations, path, showsAll)}</div></section>
<section aria-labelledby="events"><h2 id="events">Events</h2><div id="live-events" data-live>${eventsTable(events, path, showsAll)}</div></section>`;
  return {
    title: name,
    trail: [
      { title: 'State machines', href: paths.home },
      { title: stateMachine, href: paths.stateMachine(stateMachine) },
    ],
    content,
    ...(status === 'RUNNING' && { refresh: 'running' }),
  };
}
