import { Resvg } from '@resvg/resvg-js';
import { DiagramError } from './diagram-error';

const FONT = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' };

/**
 * A diagram as PNG, with `scale` pixels per pixel of the SVG, in the colours of its theme (`auto` is light).
 * Throws a DiagramError when no font is installed.
 */
export function renderPng(svg: string, scale = 2): Uint8Array {
  const probe = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">A</text></svg>';
  if (!new Resvg(probe, { font: FONT }).getBBox()) {
    throw new DiagramError(
      'A PNG needs a font, and none is installed.',
      'Install one, such as the package fonts-dejavu-core, or write an SVG.',
    );
  }
  return new Resvg(svg, { font: FONT, fitTo: { mode: 'zoom', value: scale } }).render().asPng();
}
