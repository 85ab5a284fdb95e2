import type { PlacedScope } from '../../diagram/placed';
import { type DiagramOptions, drawDiagram, layoutDiagram } from '../../diagram/render';
import { html, type Markup, raw } from '../markup';

/** Layouts by definition: a page that follows an execution is drawn often, and laid out once. */
const layouts = new Map<string, PlacedScope>();
const KEPT = 16;

/** The diagram of a definition (JSON text), styled by the page. */
export function diagram(
  definition: string,
  options: Omit<DiagramOptions, 'theme' | 'hasPageStyles'>,
): Markup {
  const layout = layouts.get(definition) ?? layoutDiagram(JSON.parse(definition));
  layouts.delete(definition);
  layouts.set(definition, layout);
  const [oldest = ''] = layouts.keys();
  if (layouts.size > KEPT) layouts.delete(oldest);
  return html`${raw(drawDiagram(layout, { ...options, hasPageStyles: true }))}`;
}
