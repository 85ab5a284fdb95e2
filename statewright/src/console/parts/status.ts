import { type DiagramStatus, STATUSES, statusMark } from '../../diagram/icons';
import type { TestStateResponse } from '../../tested-state';
import { html, type Markup, raw } from '../markup';
import type { ExecutionStatus } from '../source';

const EXECUTION_STATUSES: Readonly<Record<ExecutionStatus, readonly [mark: DiagramStatus, label: string]>> = {
  RUNNING: ['IN_PROGRESS', 'Running'],
  SUCCEEDED: ['SUCCEEDED', 'Succeeded'],
  FAILED: ['FAILED', 'Failed'],
  TIMED_OUT: ['FAILED', 'Timed out'],
  ABORTED: ['ABORTED', 'Aborted'],
  PENDING_REDRIVE: ['IN_PROGRESS', 'Pending redrive'],
};

/** The status of an execution, with an icon and a label. */
export function executionBadge(status: ExecutionStatus): Markup {
  return badge(...EXECUTION_STATUSES[status]);
}

export function statusLabel(status: ExecutionStatus): string {
  return EXECUTION_STATUSES[status][1];
}

/** The status of a state, with an icon and a label. */
export function stateBadge(status: DiagramStatus): Markup {
  return badge(status, STATUSES[status].label);
}

const TEST_STATUSES: Readonly<
  Record<TestStateResponse['status'], readonly [mark: DiagramStatus, label: string]>
> = {
  SUCCEEDED: ['SUCCEEDED', 'Succeeded'],
  FAILED: ['FAILED', 'Failed'],
  RETRIABLE: ['IN_PROGRESS', 'Would be retried'],
  CAUGHT_ERROR: ['CAUGHT', 'Caught error'],
};

/** How the test of a state ended, with an icon and a label. */
export function testBadge(status: TestStateResponse['status']): Markup {
  return badge(...TEST_STATUSES[status]);
}

function badge(status: DiagramStatus, label: string): Markup {
  const { className } = STATUSES[status];
  return html`<span class="badge ${className}"><svg class="workflow" viewBox="-10 -10 20 20" width="18" height="18" aria-hidden="true"><g class="${className}">${raw(statusMark(status, 0, 0))}</g></svg>${label}</span>`;
}
