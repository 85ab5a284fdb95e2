import type { ExecutionPath } from '../../history/execution-path';
import { type ExecutionView, isFiltered } from '../execution-view';
import { each, html, type Markup } from '../markup';
import { number } from './pager';

/** The form that says which states, and which of their events, the page shows. */
export function findStates({ visits }: ExecutionPath, view: ExecutionView, found: number): Markup | '' {
  if (visits.length < 2) return '';
  const counts = new Map<string, number>();
  for (const { name } of visits) counts.set(name, (counts.get(name) ?? 0) + 1);
  const hasItems = visits.some(({ scope }) => scope?.visit.type === 'Map');
  const option = ([name, count]: readonly [string, number]) =>
    html`<option value="${name}" ${name === view.state ? 'selected' : ''}>${name}${count > 1 ? ` (${number(count)})` : ''}</option>`;
  return html`<form method="get" action="#states" class="find" role="search" aria-label="States">
${view.inside === undefined ? '' : html`<input type="hidden" name="inside" value="${view.inside}">`}
<label>Find <input type="search" name="find" value="${view.find ?? ''}" placeholder="name, input, output or error" autocomplete="off" spellcheck="false"></label>
<label>State <select name="state" data-submit><option value="">All</option>${each([...counts], option)}</select></label>
${hasItems ? html`<label>Item <input type="number" name="item" min="1" value="${view.item ?? ''}"></label>` : ''}
<label class="check"><input type="checkbox" name="failed" ${view.failed ? 'checked' : ''} data-submit> Failed only</label>
<button class="quiet">Find</button>
${isFiltered(view) ? html`<span class="found">${number(found)} of ${number(visits.length)} states</span> <a href="?#states">Clear</a>` : ''}</form>`;
}
