import { drawingOf } from '../drawings';
import { html, type Markup, raw, when } from '../markup';
import type { DrawingOptions } from '../page-work';

/** The width in pixels above which a diagram takes the page's whole width or more, so that its text is readable. */
const WIDE = 900;
const WIDEST = 1600;

/** The diagram of a definition (JSON text), styled by the page; the reason, where it cannot be drawn. */
export async function diagram(definition: string, options: DrawingOptions): Promise<Markup> {
  const drawing = await drawingOf(definition, options).catch((error: Error) => error.message);
  if (typeof drawing === 'string') return html`<p>The diagram cannot be drawn. ${drawing}</p>`;
  const { width, svg } = drawing;
  const size = width > WIDEST ? 'widest' : width > WIDE ? 'wide' : '';
  return html`<div class="drawing ${size}">${raw(svg)}</div>`;
}

/**
 * A diagram in a frame that scrolls; a script adds zoom and an overview.
 * @param download the address of the diagram as a file (default: it cannot be downloaded)
 */
export function diagramSection(drawing: Markup, download?: string): Markup {
  const tool = (action: string, label: string, text: string) =>
    html`<button type="button" class="tool" data-diagram="${action}" aria-label="${label}" title="${label}">${text}</button>`;
  return html`<section class="keep-in-view" aria-labelledby="diagram"><div class="title"><h2 id="diagram">Diagram</h2>
<div class="tools"><span class="tools scripted" role="group" aria-label="Zoom of the diagram">${tool('out', 'Zoom the diagram out', '−')}${tool('in', 'Zoom the diagram in', '+')}${tool('fit', 'Fit the whole diagram', 'Fit')}${tool('reset', 'Reset the zoom of the diagram', 'Reset')}</span>
${when(download, (href) => html`<a class="tool" href="${href}" download>SVG</a>`)}</div></div>
<div class="diagram-frame"><div class="diagram" id="live-diagram" data-live tabindex="0" role="region" aria-labelledby="diagram">${drawing}</div>
<div class="overview scripted" aria-hidden="true" hidden></div></div></section>`;
}
