/** What takes long in pages of large state machines. It runs in a thread of its own, see page-thread.ts. */
import { type Position, SourceError, typedDefinition } from '../definitions';
import type { PlacedScope } from '../diagram/placed';
import { type DiagramOptions, drawDiagram, layoutDiagram } from '../diagram/render';
import { layOutJson } from './json-text';

/** The options of a drawing in a page. They are copied to another thread: addresses are a map, not a function. */
export interface DrawingOptions extends Pick<DiagramOptions, 'title' | 'execution'> {
  /** The addresses that states lead to, by their names (default: no state is a link). */
  readonly links?: ReadonlyMap<string, string>;
  /** Whether it is a file with styles of its own (default: false, the page styles it). */
  readonly isFile?: boolean;
}

export interface Drawing {
  /** In pixels. */
  readonly width: number;
  /** An SVG document. */
  readonly svg: string;
}

/** Layouts by definition: the page of a running execution is drawn often, but laid out once. */
const layouts = new Map<string, PlacedScope>();
const KEPT = 16;

/** A scope with more than this is drawn plainly, as one column. */
const PLAIN = { states: 10, transitions: 10 };

/**
 * Draws the diagram of a definition (JSON text).
 * @param isPlain whether it is laid out as one column, which is fast
 * @throws DiagramError when the definition is not valid
 */
export function draw(
  definition: string,
  { links, isFile = false, ...options }: DrawingOptions,
  isPlain: boolean,
): Drawing {
  const key = `${isPlain} ${isFile} ${definition}`;
  const layout =
    layouts.get(key) ??
    // The page's frame scrolls, and shows an overview.
    layoutDiagram(JSON.parse(definition), { ...(isPlain && { limit: PLAIN }), scrolls: !isFile });
  layouts.delete(key);
  layouts.set(key, layout);
  const [oldest = ''] = layouts.keys();
  if (layouts.size > KEPT) layouts.delete(oldest);
  const linkTo = links && { linkTo: (state: string) => links.get(state) };
  return {
    width: layout.box.width,
    svg: drawDiagram(layout, { ...options, ...linkTo, hasPageStyles: !isFile }),
  };
}

/** The definition in a typed text, as JSON text; or why it cannot be read, and where. */
export function readTyped(
  text: string,
): { readonly definition: string } | ({ readonly fault: string } & Position) {
  try {
    return { definition: typedDefinition(text).definition };
  } catch (error) {
    // Not the error: another thread would get it without its place.
    if (error instanceof SourceError) return { fault: error.message, ...error.place };
    throw error;
  }
}

/** The positions of diagnostics' locations in a typed text. */
export function positionsOf(text: string, locations: readonly string[]): Position[] {
  const { positionOf } = typedDefinition(text);
  return locations.map(positionOf);
}

/** The work that another thread can do, by name. */
export const PAGE_WORK = { draw, layOutJson, readTyped, positionsOf };
export type PageWork = typeof PAGE_WORK;
