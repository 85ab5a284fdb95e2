import { setImmediate as nextTurn } from 'node:timers/promises';
import { executionPath, type StateVisit } from '../../history/execution-path';
import { summarizeStates } from '../../history/state-summary';
import { answerForm } from '../callbacks/answer-form';
import { taskTokens } from '../callbacks/task-tokens';
import type { Page } from '../document';
import { executionId, qualifierIn, stateMachineOf } from '../execution-arn';
import { executionLists } from '../execution-lists';
import { type ExecutionView, isFiltered, queryOf, SHOWN } from '../execution-view';
import { functionName } from '../invocations';
import { html, type Markup, when } from '../markup';
import { nestedExecutions } from '../nested-executions';
import { diagram, diagramSection } from '../parts/diagram';
import { eventsTable } from '../parts/events-table';
import { executionActions } from '../parts/execution-actions';
import { executionFailure } from '../parts/execution-failure';
import { findStates } from '../parts/find-states';
import { invocationList, logLinks } from '../parts/invocations';
import { number, pager } from '../parts/pager';
import { arn, payload } from '../parts/payload';
import { executionBadge } from '../parts/status';
import { duration, time } from '../parts/text';
import { timeline } from '../parts/timeline';
import { nestedLink, visitAddress, visitList } from '../parts/visits';
import { pathsAt, type TestKind } from '../paths';
import type { ConsoleSource, ExecutionDetails } from '../source';
import { timelineRows } from '../timeline';

/** One running or ended execution: the diagram with its path, each state, the timeline, the functions' logs and the events. */
export async function executionPage(
  source: ConsoleSource,
  execution: ExecutionDetails,
  asked: ExecutionView,
): Promise<Page> {
  const paths = pathsAt(source.base);
  const { executionArn, name, status, startDate, stopDate } = execution;
  const [machine = ''] = stateMachineOf(executionArn).split('/');
  const id = executionId(executionArn);
  const sourceOf = (event: number, member: string) =>
    paths.eventMember(stateMachineOf(executionArn), id, event, member);
  const parent = execution.mapRunArn ?? execution.startedBy;
  const history = await source.history(executionArn);
  // A history has up to 25,000 events: others have their turn between what takes long.
  await nextTurn();
  const path = executionPath(history);
  await nextTurn();
  const { view, folds, groups, visits, events } = executionLists(history, path, asked);
  const shown = new Set(visits.items);
  const isPart = shown.size < path.visits.length;
  const invocations = await source.invocations(executionArn, (id) => {
    const visit = path.visitByEvent.get(id);
    return visit !== undefined && shown.has(visit);
  });
  const { callbacks } = source;
  const tokens = callbacks
    ? taskTokens(history, path, (text) => callbacks.isTokenOf(executionArn, text))
    : new Map<StateVisit, string>();
  const links = {
    logs: logLinks(invocations),
    nested: nestedExecutions(history, path),
    paths,
    sourceOf,
    folds,
    answerOf: (visit: StateVisit) =>
      when(tokens.get(visit), (token) =>
        answerForm(
          paths.action(stateMachineOf(executionArn), id, 'answer'),
          token,
          String(visit.enteredEventId),
        ),
      ),
    ...(source.testState && {
      testOf: (kind: TestKind, visit: number) =>
        paths.test(kind, stateMachineOf(executionArn), { execution: id, visit: String(visit) }),
    }),
  };
  const redrives = history.filter(({ type }) => type === 'ExecutionRedriven').length;
  const states = summarizeStates(path);
  const visitLinks = new Map<string, string>();
  for (const [state, { decisive }] of states) {
    const address = decisive && visitAddress(decisive, shown);
    if (address !== undefined) visitLinks.set(state, address);
  }
  const drawing = await diagram(execution.definition, {
    title: `Diagram of ${machine} with the path of ${name}`,
    execution: path,
    links: visitLinks,
  });
  const { visit: _, states: __, event: ___, events: ____, ...filter } = view;
  const statesPager = pager('states', visits, (page) => `${queryOf({ ...filter, states: page })}#states`);
  const eventsPager = pager('events', events, (page) => `${queryOf({ ...filter, events: page })}#events`);
  const list = visitList(visits.items, path, links);
  await nextTurn();
  const span = { from: path.startedAt ?? Number(startDate), to: path.endedAt ?? Date.now() };
  const content = html`<div class="head"><div id="live-status" data-live><h1>${name} ${executionBadge(status)}</h1>
<dl class="facts"><div><dt>Started (UTC)</dt><dd>${time(startDate)}</dd></div>
<div><dt>Ended (UTC)</dt><dd>${stopDate ? time(stopDate) : '–'}</dd></div>
<div><dt>Duration</dt><dd>${duration(startDate, stopDate)}</dd></div>
<div><dt>States</dt><dd>${number(path.visits.length)}</dd></div>
<div><dt>Events</dt><dd>${number(history.length)}</dd></div>
${redrives === 0 ? '' : html`<div><dt>Redrives</dt><dd>${number(redrives)}</dd></div>`}
${when(versionOf(execution), (version) => html`<div><dt>Version</dt><dd>${version}</dd></div>`)}
${when(parent, (by) => html`<div><dt>Started by</dt><dd>${nestedLink(by, paths)}</dd></div>`)}
<div><dt>ARN</dt><dd>${arn(executionArn)}</dd></div></dl>
<p class="sr-only" role="status">${status === 'RUNNING' ? 'The execution is running' : `The execution has ended: ${status}`}</p></div>
${executionActions(source, execution)}</div>
<div id="live-failure" data-live>${executionFailure(
    execution,
    path,
    (visit) => visitAddress(visit, shown),
    (visit) => links.nested.get(visit) ?? [],
    paths,
  )}</div>
<div class="columns">
${diagramSection(drawing, paths.executionDiagram(stateMachineOf(executionArn), id))}
<section aria-labelledby="states"><h2 id="states">States</h2>
<div id="live-find" data-live>${findStates(path, view, visits.total)}</div>
<div id="live-states" data-live>${list}${statesPager}</div></section>
</div>
<section aria-labelledby="timeline"><div class="title"><h2 id="timeline">Timeline</h2>${timelineTools()}</div>
<div id="live-timeline" data-live>${timeline(timelineRows(visits.items, groups, invocations, folds), span)}${statesPager}</div></section>
<section aria-labelledby="payloads"><h2 id="payloads">Input and output</h2><div class="payloads" id="live-payloads" data-live>
${payload('Input', execution.input, { source: sourceOf(1, 'input') })}
${when(execution.output, (text) => payload('Output', text, { source: sourceOf(history.length, 'output') }))}
${when(execution.error, (text) => payload('Error', text))}
${when(execution.cause, (text) => payload('Cause', text))}</div></section>
<section aria-labelledby="logs"><h2 id="logs">Logs <small>of each Lambda invocation${isPart ? ' in the states above' : ''}</small></h2>
<div id="live-logs" data-live>${invocationList(invocations, path, isPart, source.functions && ((reference) => paths.function(functionName(reference))))}</div></section>
<section aria-labelledby="events"><div class="title"><h2 id="events">Events${isFiltered(view) ? html` <small>of the states found</small>` : ''}</h2><a class="tool" href="${paths.history(stateMachineOf(executionArn), id)}" download>History as JSON</a></div><div id="live-events" data-live>${eventsPager}
${eventsTable(events.items, path, (visit) => visitAddress(visit, shown), sourceOf)}${events.items.length < SHOWN.events ? '' : eventsPager}</div></section>`;
  return {
    title: name,
    trail: [
      { title: 'State machines', href: paths.home },
      { title: machine, href: paths.stateMachine(machine) },
    ],
    content,
    ...(status === 'RUNNING' && { refresh: 'running' }),
  };
}

/** `2`, or `live → 2` where an alias chose it. */
function versionOf({ stateMachineVersionArn, stateMachineAliasArn }: ExecutionDetails): string | undefined {
  const names = [stateMachineAliasArn, stateMachineVersionArn].filter((arn) => arn !== undefined);
  return names.length === 0 ? undefined : names.map(qualifierIn).join(' → ');
}

function timelineTools(): Markup {
  const tool = (action: string, label: string, text: string) =>
    html`<button type="button" class="tool" data-timeline="${action}" aria-label="${label}" title="${label}">${text}</button>`;
  return html`<div class="tools scripted" role="group" aria-label="Zoom of the timeline">
${tool('earlier', 'Earlier', '←')}${tool('later', 'Later', '→')}${tool('out', 'Zoom out', '−')}${tool('in', 'Zoom in', '+')}${tool('fit', 'Fit the whole execution', 'Fit')}
${tool('collapse', 'Collapse all', 'Collapse')}${tool('expand', 'Expand all', 'Expand')}</div>`;
}
