import { STATUSES } from '../../diagram/icons';
import type { StateVisit } from '../../history/execution-path';
import type { VisitStatus } from '../../history/visit';
import { queryOf } from '../execution-view';
import { foldLabel } from '../folds';
import { html, type Markup } from '../markup';
import { groupStatus, type VisitGroup } from '../visit-tree';
import { number } from './pager';

/** The page of what ran in a Parallel or Map that is folded. */
export const foldAddress = ({ enteredEventId }: StateVisit, section: 'states' | 'timeline'): string =>
  `${queryOf({ inside: enteredEventId })}#${section}`;

/** `1,000 items`, with how many of them ended how, and links to them. */
export function fold(visit: StateVisit, groups: readonly VisitGroup[], depth: number): Markup {
  const counts = new Map<VisitStatus, number>();
  for (const group of groups) {
    const status = groupStatus(group);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const parts = [...counts].map(
    ([status, count]) => `${number(count)} ${STATUSES[status].label.toLowerCase()}`,
  );
  const waiting = (visit.items ?? groups.length) - groups.length;
  if (waiting > 0) parts.push(`${number(waiting)} not started`);
  const failed = `${queryOf({ failed: true, inside: visit.enteredEventId })}#states`;
  return html`<p class="fold depth-${Math.min(4, depth)}"><a href="${foldAddress(visit, 'states')}">${foldLabel(visit, groups)}</a>: ${parts.join(', ')}${counts.has('FAILED') ? html` (<a href="${failed}">failed only</a>)` : ''}</p>`;
}
