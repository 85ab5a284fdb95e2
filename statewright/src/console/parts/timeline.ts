import { STATUSES } from '../../diagram/icons';
import { formatDuration } from '../../duration';
import { each, html, type Markup, when } from '../markup';
import type { TimelineRow } from '../timeline';
import { foldAddress } from './fold';
import { stateBadge } from './status';
import { duration } from './text';
import { visitId } from './visits';

/** From the start of an execution to its end, or to now. Epoch milliseconds. */
interface TimelineSpan {
  readonly from: number;
  readonly to: number;
}

const TICKS = 4;

/** The rows of a timeline as a table; its last column is the time axis, which the page's script zooms. */
export function timeline(rows: readonly TimelineRow[], { from, to }: TimelineSpan): Markup {
  if (rows.length === 0) return html`<p class="empty">No states to show.</p>`;
  const total = Math.max(1, to - from);
  const ticks = Array.from({ length: TICKS + 1 }, (_, i) => formatDuration((total * i) / TICKS));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Timeline"><table class="timeline" data-total="${total}">
<thead><tr><th scope="col">State</th><th scope="col">Status</th><th scope="col" class="number">Started after</th><th scope="col" class="number">Duration</th>
<th scope="col" class="axis"><span class="sr-only">Time</span><span class="ticks" aria-hidden="true">${each(ticks, (tick) => html`<span>${tick}</span>`)}</span></th></tr></thead>
<tbody>${each(rows, (row, i) => timelineRow(row, (rows[i + 1]?.level ?? 0) > row.level, from, to))}</tbody></table></div>`;
}

function timelineRow(row: TimelineRow, hasInner: boolean, from: number, to: number): Markup {
  const { kind, key, level, status, startedAt, endedAt, error, visit } = row;
  const { className } = STATUSES[status];
  return html`<tr class="kind-${kind} ${className}" data-key="${key}" data-level="${level}" ${visit && kind !== 'fold' ? html`data-visit="${visit.enteredEventId}"` : ''}>
<th scope="row"><div class="row-name level-${Math.min(level, 9)}">${hasInner ? toggle(row) : html`<span class="no-toggle"></span>`}${name(row)}</div></th>
<td>${stateBadge(status)}${when(error, (text) => html` <code class="error">${text}</code>`)}</td>
<td class="number">${formatDuration(startedAt - from)}</td><td class="number">${duration(startedAt, endedAt)}</td>
<td class="axis"><svg viewBox="0 0 ${Math.max(1, to - from)} 20" preserveAspectRatio="none" width="100%" height="20" aria-hidden="true">${bar(row, from, to)}</svg></td></tr>`;
}

/** Shown only where the script can use it. */
function toggle({ label }: TimelineRow): Markup {
  return html`<button type="button" class="toggle scripted" aria-expanded="true" aria-label="Show what is in ${label}"></button>`;
}

function name({ kind, label, visit, invocation, coldStart }: TimelineRow): Markup {
  if (kind === 'visit' && visit)
    return html`<a href="#${visitId(visit)}">${label}</a> <span class="visit-type">${visit.type}</span>`;
  if (kind === 'fold' && visit) return html`<a href="${foldAddress(visit, 'timeline')}">${label}</a>`;
  if (kind !== 'invocation' || !invocation) return html`<span>${label}</span>`;
  return html`<span class="visit-type">Lambda</span> <a href="#log-${invocation.requestId}">${label}</a>${when(
    coldStart,
    (took) => html` <span class="cold">cold start ${formatDuration(took)}</span>`,
  )}`;
}

function bar({ kind, startedAt, endedAt, coldStart }: TimelineRow, from: number, to: number): Markup {
  const x = startedAt - from;
  const width = Math.max(0, (endedAt ?? to) - startedAt);
  const [y, height] = kind === 'visit' ? [4, 12] : [7, 6];
  const whole = html`<path class="time" d="${box(x, y, width, height)}" />`;
  if (coldStart === undefined) return whole;
  return html`${whole}<path class="cold-time" d="${box(x, y, Math.min(width, coldStart), height)}" />`;
}

/** Unlike a rectangle, a path without a width still has its line. */
function box(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}
