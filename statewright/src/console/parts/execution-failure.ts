import type { ExecutionPath, StateVisit } from '../../history/execution-path';
import { failedVisit, hasFailed } from '../execution-view';
import { html, type Markup } from '../markup';
import { readableCause } from '../readable-cause';
import type { ExecutionDetails } from '../source';
import { number } from './pager';
import { place } from './text';

/** Why an execution failed and where, and what else went wrong in it. */
export function executionFailure(
  { error, cause }: ExecutionDetails,
  path: ExecutionPath,
  addressOf: (visit: StateVisit) => string,
): Markup | '' {
  const faulty = path.visits.filter(hasFailed).length;
  const all =
    faulty > 0 && path.visits.length > 1
      ? html`<a href="?failed=on#states">${faulty === 1 ? '1 state had an error' : `${number(faulty)} states had errors`}</a>`
      : '';
  if (error === undefined && cause === undefined) return all && html`<p class="note">${all}</p>`;
  const visit = failedVisit(path);
  const where = visit && html`<a href="${addressOf(visit)}">${visit.name}</a>${place(visit)}`;
  return html`<div class="problem outcome"><p><strong>${error ?? 'Failed'}</strong> ${cause === undefined ? '' : readableCause(cause)}</p>
<p class="where">${where ? html`In the state ${where}. ` : ''}${all}</p></div>`;
}
