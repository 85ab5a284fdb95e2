import type { PlacedScope } from '../../diagram/placed';
import { type DiagramOptions, drawDiagram, layoutDiagram } from '../../diagram/render';
import { html, type Markup, raw } from '../markup';

/** Layouts by definition: the page of a running execution is drawn often, but laid out once. */
const layouts = new Map<string, PlacedScope>();
const KEPT = 16;

/** A layout within this limit takes some tenths of a second, in which no other request is answered. */
const LIMIT = { states: 200, transitions: 250 };

/** The width in pixels above which a diagram takes the page's whole width or more, so that its text is readable. */
const WIDE = 900;
const WIDEST = 1600;

/** The diagram of a definition (JSON text), styled by the page. */
export function diagram(
  definition: string,
  options: Omit<DiagramOptions, 'theme' | 'hasPageStyles'>,
): Markup {
  const layout = layouts.get(definition) ?? layoutDiagram(JSON.parse(definition), LIMIT);
  layouts.delete(definition);
  layouts.set(definition, layout);
  const [oldest = ''] = layouts.keys();
  if (layouts.size > KEPT) layouts.delete(oldest);
  const { width } = layout.box;
  const size = width > WIDEST ? 'widest' : width > WIDE ? 'wide' : '';
  return html`<div class="drawing ${size}">${raw(drawDiagram(layout, { ...options, hasPageStyles: true }))}</div>`;
}
