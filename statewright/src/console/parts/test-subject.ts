import { executionId } from '../execution-arn';
import { each, html, type Markup } from '../markup';
import type { Paths, TestKind, TestQuery } from '../paths';
import type { RecentVisit, TestSubject } from '../state-test/test-subject';
import { stateBadge } from './status';
import { place, time } from './text';

/** The query that names a subject. */
export const queryOf = ({ state, visited }: TestSubject): TestQuery =>
  visited
    ? { execution: executionId(visited.execution.executionArn), visit: String(visited.visit.enteredEventId) }
    : { state: state.name };

const KINDS: Readonly<Record<TestKind, string>> = { state: 'State', expression: 'Expression' };

/** What is tested, and with whose data: the choice between state and expression, the state, and the visits to it. */
export function testSubjectChoice(
  paths: Paths,
  kind: TestKind,
  subject: TestSubject,
  recent: readonly RecentVisit[],
): Markup {
  const { machineName, machine, states, state, visited } = subject;
  const to = (query: TestQuery, of = kind) => paths.test(of, machineName, query);
  const option = (each: TestSubject['state']) =>
    html`<option value="${each.name}" ${each === state ? 'selected' : ''}>${'\u00a0\u00a0'.repeat(each.depth)}${each.name}</option>`;
  return html`<nav class="kinds" aria-label="What is tested">${each(
    Object.entries(KINDS) as [TestKind, string][],
    ([of, text]) =>
      html`<a class="tool" href="${to(queryOf(subject), of)}" ${of === kind ? html`aria-current="page"` : ''}>${text}</a>`,
  )}</nav>
<form method="get" action="${paths.testPage(machine.name, kind)}" class="find"><label>State <select name="state" data-submit>${each(states, option)}</select></label>
<button class="quiet">Choose</button></form>
${visited ? visitChosen(paths, subject, to({ state: state.name })) : ''}${recentVisitLinks(recent, subject, to)}`;
}

function visitChosen(
  paths: Paths,
  { machineName, visited, definition, machine }: TestSubject,
  clear: string,
) {
  if (!visited) return '';
  const { execution, visit } = visited;
  const page = paths.execution(machineName, executionId(execution.executionArn));
  const address = `${page}?visit=${visit.enteredEventId}#visit-${visit.enteredEventId}`;
  return html`<p class="note">With the data of <a href="${address}">the visit at ${time(visit.enteredAt)}</a> in <strong>${execution.name}</strong>. <a href="${clear}">Clear</a></p>
${
  definition !== machine.definition
    ? html`<p class="note">The state machine no longer has this state: it is tested as the execution ran it.</p>`
    : execution.definition === definition
      ? ''
      : html`<p class="note">The state machine has changed since then: the state is tested as it is now.</p>`
}`;
}

function recentVisitLinks(
  recent: readonly RecentVisit[],
  { visited }: TestSubject,
  to: (query: TestQuery) => string,
): Markup | '' {
  if (recent.length === 0) return '';
  const isChosen = ({ execution, visit }: RecentVisit) =>
    execution.executionArn === visited?.execution.executionArn &&
    visit.enteredEventId === visited.visit.enteredEventId;
  const address = ({ execution, visit }: RecentVisit) =>
    to({ execution: executionId(execution.executionArn), visit: String(visit.enteredEventId) });
  return html`<details class="recent-visits"><summary>Data of ${visited ? 'another' : 'a recent'} visit</summary><ul>${each(
    recent,
    (each) =>
      html`<li><a href="${address(each)}" ${isChosen(each) ? html`aria-current="true"` : ''}>${time(each.visit.enteredAt)}</a> ${stateBadge(each.visit.status)} <span class="visit-type">${each.execution.name}${place(each.visit)}</span></li>`,
  )}</ul></details>`;
}
