import type { ExecutionPath } from '../history/execution-path';
import { type DiagramStatus, STATUSES, statusMark } from './icons';
import { type LayoutOptions, layoutWorkflow } from './layout';
import { createOverlay, type Overlay } from './overlay';
import {
  type PlacedScope,
  type PlacedState,
  type PlacedTransition,
  type Point,
  TERMINAL_RADIUS,
} from './placed';
import { describeState, renderPills, renderState } from './state';
import { diagramStyles, type Theme } from './styles';
import { element, escapeXml, text } from './svg-element';
import { measureText } from './text-metrics';
import { renderLabel, renderWay } from './transition';
import { readWorkflow } from './workflow';

export interface DiagramOptions {
  /** The execution to show: each state then shows its status. */
  readonly execution?: ExecutionPath;
  /** Whether a transition's line is the wider the more often it was taken. */
  readonly widthsByCount?: boolean;
  /** The colours (default: `auto`). */
  readonly theme?: Theme;
  /** The title, for screen readers (default: `State machine`). */
  readonly title?: string;
  /** Whether the page has `diagramStyles`; the SVG then has no `<style>`. */
  readonly hasPageStyles?: boolean;
  /** Returns the link of a state; undefined for a state without a link. */
  readonly linkTo?: (stateName: string) => string | undefined;
}

const MARGIN = 24;
const LEGEND_ROW = 24;
const MIN_WIDTH = 300;

/**
 * A state machine as an SVG document, in the style of the Step Functions console. The same input always returns the
 * same text. Throws a DiagramError when the definition is not valid.
 */
export function renderDiagram(definition: unknown, options: DiagramOptions = {}): string {
  return drawDiagram(layoutDiagram(definition), options);
}

/** The slow part of a diagram, the same for every execution. Throws a DiagramError when the definition is not valid. */
export function layoutDiagram(definition: unknown, options?: LayoutOptions): PlacedScope {
  return layoutWorkflow(readWorkflow(definition), MARGIN, options);
}

/** The fast part: draws a layout as an SVG document. */
export function drawDiagram(scope: PlacedScope, options: DiagramOptions = {}): string {
  const { execution, theme = 'auto', title = 'State machine', hasPageStyles = false, linkTo } = options;
  const overlay = execution && createOverlay(execution, options.widthsByCount);
  const width = Math.max(scope.box.width, MIN_WIDTH);
  const legend = overlay ? renderLegend(scope, overlay, width) : { rows: 0, svg: '' };
  const height = scope.box.height + legend.rows * LEGEND_ROW;
  const indent = (width - scope.box.width) / 2;
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'workflow',
      width: Math.ceil(width),
      height: Math.ceil(height),
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      role: linkTo ? 'group' : 'img',
      'aria-label': title,
    },
    element('title', {}, escapeXml(title)),
    element(
      'desc',
      {},
      escapeXml(
        allStates(scope)
          .map((state) => describeState(state, overlay))
          .join('. '),
      ),
    ),
    hasPageStyles ? '' : element('style', {}, diagramStyles(theme)),
    element('rect', { class: 'canvas', width: Math.ceil(width), height: Math.ceil(height), rx: 8 }),
    element('g', { transform: `translate(${indent} 0)` }, renderScope(scope, overlay, linkTo)),
    legend.svg,
  )}\n`;
}

function renderScope(
  scope: PlacedScope,
  overlay: Overlay | undefined,
  linkTo: DiagramOptions['linkTo'],
): string {
  const { states, transitions, start, end } = scope;
  const isTaken = (transition: PlacedTransition) => overlay?.isTaken(transition) ?? false;
  const taken = transitions.filter(isTaken);
  const inOrder = [...transitions.filter((transition) => !taken.includes(transition)), ...taken];
  return [
    ...states.map((state) => renderState(state, overlay, linkTo?.(state.state.name))),
    start
      ? terminal(
          'Start',
          start,
          taken.some(({ routes }) => routes.some(({ from }) => from === undefined)),
        )
      : '',
    end
      ? terminal(
          'End',
          end,
          taken.some(({ routes }) => routes.some(({ to }) => to === undefined)),
        )
      : '',
    ...inOrder.map((transition) =>
      renderWay(transition, isTaken(transition), overlay?.lineWidth(transition)),
    ),
    ...states.map((state) => renderPills(state, overlay)),
    ...inOrder.map((transition) => renderLabel(transition, isTaken(transition))),
    ...states.flatMap((state) => state.scopes.map((inner) => renderScope(inner, overlay, linkTo))),
  ]
    .filter(Boolean)
    .join('\n');
}

function terminal(name: string, { x, y }: Point, isTaken: boolean): string {
  return element(
    'g',
    { class: isTaken ? 'terminal taken' : 'terminal' },
    element('circle', { cx: x, cy: y, r: TERMINAL_RADIUS }),
    text(name, { x, y: y + 4 }),
  );
}

/** The legend of the statuses in the drawing, in as many rows as the width needs. */
function renderLegend(scope: PlacedScope, overlay: Overlay, width: number): { rows: number; svg: string } {
  const present = new Set(allStates(scope).map(({ state }) => overlay.status(state)));
  const statuses = (Object.keys(STATUSES) as DiagramStatus[]).filter((status) => present.has(status));
  let x = MARGIN;
  let rows = 1;
  const items = statuses.map((status) => {
    const { label, className } = STATUSES[status];
    const itemWidth = 24 + measureText(label, { size: 12 }) + 18;
    if (x > MARGIN && x + itemWidth > width - MARGIN / 2) {
      x = MARGIN;
      rows += 1;
    }
    const y = scope.box.height + (rows - 1) * LEGEND_ROW;
    const item = statusMark(status, x + 9, y) + text(label, { class: 'subtitle', x: x + 24, y: y + 4 });
    x += itemWidth;
    return element('g', { class: className }, item);
  });
  return { rows, svg: element('g', { class: 'legend' }, ...items) };
}

function allStates(scope: PlacedScope): PlacedState[] {
  return scope.states.flatMap((state) => [state, ...state.scopes.flatMap(allStates)]);
}
