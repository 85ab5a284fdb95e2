/** The parts of a layout: each part of a workflow with its position, in pixels. */
import type { WorkflowState, WorkflowTransition } from './workflow';

/** Of the start's and the end's circle. */
export const TERMINAL_RADIUS = 22;

/** x and y are the top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedState {
  readonly state: WorkflowState;
  readonly box: Box;
  readonly nameLines: readonly string[];
  /** The state's type and detail. */
  readonly subtitle: string;
  /** The scopes inside a Parallel or Map. */
  readonly scopes: readonly PlacedScope[];
}

/** One connection between two states, or with the start or the end. */
export interface Route {
  /** A state's name; undefined at the start. */
  readonly from?: string;
  /** A state's name; undefined at the end. */
  readonly to?: string;
  /** Undefined from the start or to the end. */
  readonly transition?: WorkflowTransition;
}

/** A line of the drawing. */
export interface PlacedTransition {
  /** The routes along this line. */
  readonly routes: readonly Route[];
  readonly points: readonly Point[];
  /** Whether it joins another line; it then has no arrow head. */
  readonly joins: boolean;
  readonly label?: TransitionLabel;
}

export interface TransitionLabel {
  readonly center: Point;
  readonly lines: readonly string[];
  readonly width: number;
}

export interface PlacedScope {
  readonly box: Box;
  readonly states: readonly PlacedState[];
  readonly transitions: readonly PlacedTransition[];
  /** The centres of the start's and the end's circle; only in the outermost scope. */
  readonly start?: Point;
  readonly end?: Point;
}

export function moveScope(scope: PlacedScope, dx: number, dy: number): PlacedScope {
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x + dx, y: point.y + dy });
  return {
    box: move(scope.box),
    states: scope.states.map((state) => moveState(state, dx, dy)),
    transitions: scope.transitions.map(({ points, label, ...transition }) => ({
      ...transition,
      points: points.map(move),
      ...(label && { label: { ...label, center: move(label.center) } }),
    })),
    ...(scope.start && { start: move(scope.start) }),
    ...(scope.end && { end: move(scope.end) }),
  };
}

export function moveState(placed: PlacedState, dx: number, dy: number): PlacedState {
  const { box, scopes } = placed;
  return {
    ...placed,
    box: { ...box, x: box.x + dx, y: box.y + dy },
    scopes: scopes.map((scope) => moveScope(scope, dx, dy)),
  };
}
