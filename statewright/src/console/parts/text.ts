import { formatDuration } from '../../duration';
import type { StateVisit } from '../../history/execution-path';
import type { VisitScope } from '../../history/visit';
import { html, type Markup } from '../markup';

/** A point in time, to the millisecond, in UTC. */
export function time(at: Date | number): Markup {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}"><span class="date">${iso.slice(0, 10)}</span> ${iso.slice(11, 19)}<span class="fraction">${iso.slice(19, 23)}</span></time>`;
}

/** From a start to an end; without an end, the page's script counts up. */
export function duration(start: Date | number, end: Date | number | undefined): Markup {
  if (end !== undefined) return html`${formatDuration(Number(end) - Number(start))}`;
  return html`<span class="so-far" data-since="${Number(start)}">${formatDuration(Date.now() - Number(start))} so far</span>`;
}

/** ` · Each order, item 2`, for a visit inside a Parallel or Map. */
export function place({ scope }: StateVisit): string {
  return scope ? ` · ${scopeLabel(scope)}` : '';
}

/** `Each order, item 2`. */
export function scopeLabel({ visit, index }: VisitScope): string {
  return `${visit.name}, ${visit.type === 'Map' ? 'item' : 'branch'} ${index + 1}`;
}
