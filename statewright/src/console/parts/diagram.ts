import { drawingOf } from '../drawings';
import { html, type Markup, raw } from '../markup';
import type { DrawingOptions } from '../page-work';

/** The width in pixels above which a diagram takes the page's whole width or more, so that its text is readable. */
const WIDE = 900;
const WIDEST = 1600;

/** The diagram of a definition (JSON text), styled by the page. */
export async function diagram(definition: string, options: DrawingOptions): Promise<Markup> {
  const { width, svg } = await drawingOf(definition, options);
  const size = width > WIDEST ? 'widest' : width > WIDE ? 'wide' : '';
  return html`<div class="drawing ${size}">${raw(svg)}</div>`;
}
