import type { PlacedScope } from '../../diagram/placed';
import { type DiagramOptions, drawDiagram, layoutDiagram } from '../../diagram/render';
import { html, type Markup, raw } from '../markup';

/** Layouts by definition: a page that follows an execution is drawn often, and laid out once. */
const layouts = new Map<string, PlacedScope>();
const KEPT = 16;

/** Some tenths of a second of layout: nobody else is answered meanwhile. */
const LIMIT = { states: 200, transitions: 250 };

/** Pixels: a drawing that is wider takes the page's whole width, or even more, so that its text can be read. */
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
