/** Line drawings of 16 by 16 units around the origin, for state types and statuses. */
import type { VisitStatus } from '../history/execution-path';
import { element } from './svg-element';

const SIGNS: Readonly<Record<string, string>> = {
  Lambda: 'M-5 -6h2.5l7 12h2M-1 -1l-4.5 7',
  Task: 'M0 -7l6 3.5v7l-6 3.5l-6 -3.5v-7zM-6 -3.5l6 3.5l6 -3.5M0 0v7',
  Pass: 'M-6 0h11M1 -4l4 4l-4 4',
  Choice: 'M0 -7l7 7l-7 7l-7 -7z',
  Wait: 'M0 -6.5a6.5 6.5 0 1 0 .01 0M0 -3.5v3.8l2.8 1.8',
  Succeed: 'M-6 .5l4 4l8 -9',
  Fail: 'M-5 -5l10 10M5 -5l-10 10',
  Parallel: 'M-4.5 -6.5v13M0 -6.5v13M4.5 -6.5v13',
  Map: 'M-1.5 -5h8M-1.5 0h8M-1.5 5h8M-6 -5h.01M-6 0h.01M-6 5h.01',
};

/** The status of a state in a diagram. */
export type DiagramStatus = VisitStatus | 'NOT_RUN';

interface StatusMark {
  /** The CSS class that sets its colour. */
  readonly className: string;
  readonly label: string;
  readonly glyph: string;
}

export const STATUSES: Readonly<Record<DiagramStatus, StatusMark>> = {
  SUCCEEDED: { className: 'succeeded', label: 'Succeeded', glyph: 'M-4 .4l2.8 2.8l5.2 -6' },
  CAUGHT: { className: 'caught', label: 'Caught error', glyph: 'M0 -4.6v5.2M0 4v.01' },
  FAILED: { className: 'failed', label: 'Failed', glyph: 'M-3.2 -3.2l6.4 6.4M3.2 -3.2l-6.4 6.4' },
  IN_PROGRESS: { className: 'in-progress', label: 'In progress', glyph: 'M-4.2 0h.01M0 0h.01M4.2 0h.01' },
  ABORTED: { className: 'aborted', label: 'Aborted', glyph: 'M-4 0h8' },
  NOT_RUN: { className: 'not-run', label: 'Not run', glyph: '' },
};

/** A state's icon on its tile, centred at a point. */
export function stateIcon(icon: string, x: number, y: number): string {
  return element(
    'g',
    { class: icon === 'Lambda' || icon === 'Task' ? 'icon task' : 'icon', transform: `translate(${x} ${y})` },
    element('rect', { class: 'tile', x: -14, y: -14, width: 28, height: 28, rx: 7 }),
    element('path', { class: 'glyph', d: SIGNS[icon] ?? SIGNS.Task }),
  );
}

/** A status's round mark, centred at a point. */
export function statusMark(status: DiagramStatus, x: number, y: number): string {
  const { glyph } = STATUSES[status];
  return element(
    'g',
    { class: 'mark', transform: `translate(${x} ${y})` },
    element('circle', { class: 'disc', r: 9 }),
    ...(glyph ? [element('path', { class: 'glyph', d: glyph })] : []),
  );
}
