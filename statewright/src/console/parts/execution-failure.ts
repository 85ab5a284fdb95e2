import type { ExecutionPath, StateVisit } from '../../history/execution-path';
import { failedVisit, hasFailed } from '../execution-view';
import { html, type Markup, when } from '../markup';
import type { Paths } from '../paths';
import { readableCause } from '../readable-cause';
import type { ExecutionDetails } from '../source';
import { number } from './pager';
import { place } from './text';
import { isMapRun, nestedAddress } from './visits';

/** Why an execution failed and where, and what else went wrong in it. */
export function executionFailure(
  { error, cause }: ExecutionDetails,
  path: ExecutionPath,
  addressOf: (visit: StateVisit) => string,
  nestedOf: (visit: StateVisit) => readonly string[],
  paths: Paths,
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
<p class="where">${where ? html`In the state ${where}. ` : ''}${when(visit && nestedOf(visit).at(-1), (arn) => inside(arn, paths))}${all}</p></div>`;
}

/** A link to where the failure began: the execution that the state started, or the child executions of its Map Run. */
function inside(arn: string, paths: Paths): Markup {
  return isMapRun(arn)
    ? html`<a href="${nestedAddress(arn, paths)}?status=FAILED#executions">Failed child executions</a>. `
    : html`<a href="${nestedAddress(arn, paths)}">The execution that it started</a>. `;
}
