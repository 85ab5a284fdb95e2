import type { Page } from '../document';
import { stateMachineOf } from '../execution-arn';
import { type ExecutionsView, showExecutions } from '../executions-view';
import { html } from '../markup';
import { executionsTable, findExecutionsForm } from '../parts/executions-table';
import { number } from '../parts/pager';
import { arn } from '../parts/payload';
import { executionBadge } from '../parts/status';
import { duration, time } from '../parts/text';
import { nestedLink } from '../parts/visits';
import { pathsAt } from '../paths';
import type { ConsoleSource, MapRunDetails } from '../source';

/** The run of a distributed Map: its child executions. */
export async function mapRunPage(
  source: ConsoleSource,
  { mapRunArn, executionArn, status, startDate, stopDate, maxConcurrency }: MapRunDetails,
  view: ExecutionsView,
): Promise<Page> {
  const paths = pathsAt(source.base);
  const children = await showExecutions(source, mapRunArn, view);
  const machine = stateMachineOf(executionArn);
  const content = html`<div id="live-status" data-live><h1>Map Run ${executionBadge(status)}</h1>
<dl class="facts"><div><dt>Started (UTC)</dt><dd>${time(startDate)}</dd></div>
<div><dt>Ended (UTC)</dt><dd>${stopDate ? time(stopDate) : '–'}</dd></div>
<div><dt>Duration</dt><dd>${duration(startDate, stopDate)}</dd></div>
<div><dt>Concurrency</dt><dd>${maxConcurrency === 0 ? 'no limit' : number(maxConcurrency)}</dd></div>
<div><dt>Execution</dt><dd>${nestedLink(executionArn, paths)}</dd></div>
<div><dt>ARN</dt><dd>${arn(mapRunArn)}</dd></div></dl></div>
<section aria-labelledby="executions"><h2 id="executions">Child executions <small id="live-count" data-live>${number(children.total)}</small></h2>
${children.total > 1 ? findExecutionsForm(view) : ''}
<div id="live-executions" data-live>${executionsTable(paths, children, view)}</div></section>`;
  return {
    title: 'Map Run',
    trail: [
      { title: 'State machines', href: paths.home },
      { title: machine, href: paths.stateMachine(machine) },
    ],
    content,
    ...(status === 'RUNNING' && view.find === undefined && { refresh: 'running' }),
  };
}
