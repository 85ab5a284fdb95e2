import type { StateSummary } from '../history/state-summary';
import { NAME_LINE_HEIGHT, TEXT_INSET, wholeSubtitle } from './card';
import { STATUSES, stateIcon, statusMark } from './icons';
import type { Overlay } from './overlay';
import type { PlacedState } from './placed';
import { element, escapeXml, text } from './svg-element';
import { measureText } from './text-metrics';
import type { WorkflowState } from './workflow';

const PILL = { height: 18, padding: 9, gap: 5, font: { size: 11 } };
/** The space between a branch's states and the frame around them. */
const BRANCH_PADDING = 12;

/** A state's card; a link if it has `href`. The scopes of a Parallel or Map come after it, on top. */
export function renderState(
  placed: PlacedState,
  overlay: Overlay | undefined,
  href: string | undefined,
): string {
  const { state, box, nameLines, subtitle } = placed;
  const x = box.x + TEXT_INSET;
  const top = box.y + 25;
  const card = [
    element('title', {}, escapeXml(describeState(placed, overlay))),
    element('rect', { class: 'card', ...box, rx: 9 }),
    stateIcon(state.icon, box.x + 26, box.y + 29),
    ...nameLines.map((line, i) => text(line, { class: 'name', x, y: top + i * NAME_LINE_HEIGHT })),
    text(subtitle, { class: 'subtitle', x, y: top + nameLines.length * NAME_LINE_HEIGHT }),
    overlay ? statusMark(overlay.status(state), box.x + box.width - 20, box.y + 20) : '',
    ...placed.scopes.map((scope) => branchFrame(scope.box)),
  ].join('');
  const attributes = { class: stateClass('state', state, overlay), 'data-state': state.name };
  return element('g', attributes, href === undefined ? card : element('a', { href }, card));
}

function branchFrame({ x, y, width, height }: PlacedState['box']): string {
  return element('rect', {
    class: 'branch',
    x: x - BRANCH_PADDING,
    y: y - BRANCH_PADDING,
    width: width + 2 * BRANCH_PADDING,
    height: height + 2 * BRANCH_PADDING,
    rx: 7,
  });
}

/** The counts above one; in a drawing without an execution, whether the state has a Retry. */
export function notes(state: WorkflowState, overlay: Overlay | undefined): string[] {
  if (overlay) return counts(state, overlay.summary(state));
  return state.hasRetry ? ['Retry'] : [];
}

/** A state's notes, on the lower edge of its card. */
export function renderPills({ state, box }: PlacedState, overlay: Overlay | undefined): string {
  const texts = notes(state, overlay);
  let right = box.x + box.width - 12;
  const pills = texts.toReversed().map((content) => {
    const width = Math.ceil(measureText(content, PILL.font)) + 2 * PILL.padding;
    const x = right - width;
    const y = box.y + box.height - PILL.height / 2;
    right = x - PILL.gap;
    return (
      element('rect', { x, y, width, height: PILL.height, rx: PILL.height / 2 }) +
      text(content, { x: x + width / 2, y: y + 13 })
    );
  });
  return pills.length > 0 ? element('g', { class: stateClass('pill', state, overlay) }, ...pills) : '';
}

/** `Test: Task · Lambda Test, caught error TestError, 2 retries`. */
export function describeState({ state }: PlacedState, overlay: Overlay | undefined): string {
  const parts = [wholeSubtitle(state)];
  if (overlay) {
    const summary = overlay.summary(state);
    const status = STATUSES[overlay.status(state)].label.toLowerCase();
    parts.push(
      summary?.error === undefined ? status : `${status} ${summary.error}`,
      ...counts(state, summary),
    );
  }
  return `${state.name}: ${parts.join(', ')}`;
}

function stateClass(base: string, state: WorkflowState, overlay: Overlay | undefined): string {
  return overlay ? `${base} ${STATUSES[overlay.status(state)].className}` : base;
}

function counts({ type }: WorkflowState, summary: StateSummary | undefined): string[] {
  if (!summary) return [];
  const { visits, retries } = summary;
  const items = visits.reduce((sum, visit) => sum + (visit.items ?? 0), 0);
  return [
    ...(type === 'Map' ? [plural(items, 'item', 'items')] : []),
    ...(visits.length > 1 ? [plural(visits.length, 'time', 'times')] : []),
    ...(retries > 0 ? [plural(retries, 'retry', 'retries')] : []),
  ];
}

function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
