import { Resvg } from '@resvg/resvg-js';
import { DiagramError } from './diagram-error';

const FONT = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' };

/**
 * A diagram as PNG, `scale` pixels to one of the SVG's. Needs a font on the machine and throws a DiagramError where
 * there is none; takes the colours of the SVG's own theme, `auto` as light.
 */
export function renderPng(svg: string, scale = 2): Uint8Array {
  const probe = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">A</text></svg>';
  if (!new Resvg(probe, { font: FONT }).getBBox()) {
    throw new DiagramError(
      'A PNG needs a font, and this machine has none.',
      'Install one, such as the package fonts-dejavu-core, or write an SVG.',
    );
  }
  return new Resvg(svg, { font: FONT, fitTo: { mode: 'zoom', value: scale } }).render().asPng();
}
