import { setImmediate as nextTurn } from 'node:timers/promises';
import { executionPath, type StateVisit } from '../../history/execution-path';
import { type ComparedVisit, comparedVisits, isDifferent } from '../comparison';
import type { Page } from '../document';
import { executionId, stateMachineOf } from '../execution-arn';
import { jsonObject } from '../json-text';
import { each, html, type Markup, when } from '../markup';
import { changes } from '../parts/changes';
import { number } from '../parts/pager';
import { executionBadge, stateBadge, statusLabel } from '../parts/status';
import { duration, scopeLabel, time } from '../parts/text';
import { visitId } from '../parts/visits';
import { type Paths, pathsAt } from '../paths';
import type { ConsoleSource, ExecutionDetails, ExecutionSummary } from '../source';

/** How many states that differ are shown, and how many changes in the data of each. */
const SHOWN = { states: 100, changes: 20 };

const words = (what: string) => ({ which: `in the ${what}`, same: `No difference in the ${what}.` });

/**
 * What differs between two executions of a state machine.
 * @param others what it can be compared with
 */
export async function comparisonPage(
  source: ConsoleSource,
  first: ExecutionDetails,
  second: ExecutionDetails | undefined,
  others: readonly ExecutionSummary[],
): Promise<Page> {
  const paths = pathsAt(source.base);
  const machine = stateMachineOf(first.executionArn);
  const [parent = ''] = machine.split('/');
  const content = html`<h1>Compare ${first.name}</h1>
${second ? chooser(second, others) : html`<p class="empty">The state machine has no other execution.</p>`}
${second ? await comparison(source, paths, first, second) : ''}`;
  return {
    title: 'Compare',
    trail: [
      { title: 'State machines', href: paths.home },
      { title: parent, href: paths.stateMachine(parent) },
      { title: first.name, href: paths.execution(machine, executionId(first.executionArn)) },
    ],
    content,
  };
}

function chooser(second: ExecutionDetails, others: readonly ExecutionSummary[]): Markup {
  const isListed = others.some(({ executionArn }) => executionArn === second.executionArn);
  const option = ({ executionArn, name, status, startDate }: ExecutionSummary) =>
    html`<option value="${executionId(executionArn)}" ${executionArn === second.executionArn ? 'selected' : ''}>${name} · ${statusLabel(status)} · ${startDate.toISOString().slice(0, 19).replace('T', ' ')}</option>`;
  return html`<form method="get" class="find with">
<label>With <select name="with" data-submit>${each(isListed ? others : [second, ...others], option)}</select></label>
<noscript><button class="quiet">Compare</button></noscript></form>`;
}

async function comparison(
  source: ConsoleSource,
  paths: Paths,
  first: ExecutionDetails,
  second: ExecutionDetails,
): Promise<Markup> {
  const both = [first, second] as const;
  const [one, other] = [
    executionPath(await source.history(first.executionArn)),
    executionPath(await source.history(second.executionArn)),
  ];
  await nextTurn();
  const visits = comparedVisits(one, other);
  const found = visits.filter(isDifferent);
  const equal = visits.length - found.length;
  const addresses = both.map(({ executionArn }) =>
    paths.execution(stateMachineOf(executionArn), executionId(executionArn)),
  );
  const addressOf = (visit: StateVisit, index: 0 | 1) =>
    `${addresses[index]}?visit=${visit.enteredEventId}#${visitId(visit)}`;
  const cell = (visit: StateVisit | undefined, index: 0 | 1) =>
    visit
      ? html`<td><a class="plain" href="${addressOf(visit, index)}">${stateBadge(visit.status)}</a> ${duration(visit.enteredAt, visit.exitedAt)}${when(visit.error, (error) => html` <code class="error">${error}</code>`)}</td>`
      : html`<td class="empty">not run</td>`;
  const row = (compared: ComparedVisit, i: number) => {
    const { name, first: mine, second: theirs } = compared;
    return html`<tr><th scope="row">${name}${when(mine ?? theirs, (visit) => html`<span class="visit-type">${placesOf(visit).join(' · ')}</span>`)}</th>${cell(mine, 0)}${cell(theirs, 1)}<td>${mine && theirs ? visitChanges(mine, theirs, i) : ''}</td></tr>`;
  };
  const rows: Markup[] = [];
  for (const [i, compared] of found.slice(0, SHOWN.states).entries()) {
    rows.push(row(compared, i));
    await nextTurn();
  }
  return html`${facts(both, addresses, [one.visits.length, other.visits.length])}
<section aria-labelledby="data"><h2 id="data">Input and output</h2>
${changes('input', first.input, second.input, words('input'))}
${first.output === undefined ? '' : changes('output', first.output, second.output, words('output'))}</section>
<section aria-labelledby="states"><h2 id="states">States that differ <small>${number(found.length)} of ${number(visits.length)}</small></h2>
${
  found.length === 0
    ? html`<p class="empty">Both executions went through the same states with the same data.</p>`
    : html`<div class="scroll" tabindex="0" role="region" aria-label="States that differ"><table class="differences">
<thead><tr><th scope="col">State</th><th scope="col">${first.name}</th><th scope="col">${second.name}</th><th scope="col">Changes</th></tr></thead>
<tbody>${rows}</tbody></table></div>
${found.length > SHOWN.states ? html`<p class="more">The first ${number(SHOWN.states)} of ${number(found.length)}.</p>` : ''}
${equal > 0 ? html`<p class="empty">${equal === 1 ? '1 other state is' : `${number(equal)} other states are`} equal in both.</p>` : ''}`
}</section>`;
}

function facts(
  executions: readonly ExecutionDetails[],
  addresses: readonly string[],
  states: readonly number[],
): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Executions"><table class="differences">
<thead><tr><th scope="col">Execution</th><th scope="col">Status</th><th scope="col">Started (UTC)</th><th scope="col" class="number">Duration</th><th scope="col" class="number">States</th></tr></thead>
<tbody>${each(
    executions,
    (
      { name, status, error, startDate, stopDate },
      i,
    ) => html`<tr><th scope="row"><a href="${addresses[i]}">${name}</a></th>
<td>${executionBadge(status)}${when(error, (text) => html` <code class="error">${text}</code>`)}</td><td>${time(startDate)}</td><td class="number">${duration(startDate, stopDate)}</td><td class="number">${number(states[i] ?? 0)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** What differs in the data of a visit. */
function visitChanges(first: StateVisit, second: StateVisit, index: number): Markup {
  const list = (what: string, before: string | undefined, after: string | undefined) =>
    before === undefined || before === after
      ? ''
      : changes(`${what}-${index}`, before, after, words(what), SHOWN.changes) ||
        html`<p class="unchanged">The ${what} differs.</p>`;
  const variables = ({ assigned }: StateVisit) => jsonObject(assigned ?? {});
  return html`${list('input', first.input, second.input)}${list('output', first.output, second.output)}${list('variables', variables(first), variables(second))}`;
}

/** Where a visit is, from the outside: `For each, item 1`, `Both, branch 2`. */
function placesOf({ scope }: StateVisit): readonly string[] {
  return scope ? [...placesOf(scope.visit), scopeLabel(scope)] : [];
}
