import { type DiagramOptions, drawDiagram } from '../../diagram/render';
import { layoutOf } from '../layouts';
import { html, type Markup, raw } from '../markup';

/** The width in pixels above which a diagram takes the page's whole width or more, so that its text is readable. */
const WIDE = 900;
const WIDEST = 1600;

/** The diagram of a definition (JSON text), styled by the page. */
export async function diagram(
  definition: string,
  options: Omit<DiagramOptions, 'theme' | 'hasPageStyles'>,
): Promise<Markup> {
  const layout = await layoutOf(definition);
  const { width } = layout.box;
  const size = width > WIDEST ? 'widest' : width > WIDE ? 'wide' : '';
  return html`<div class="drawing ${size}">${raw(drawDiagram(layout, { ...options, hasPageStyles: true }))}</div>`;
}
