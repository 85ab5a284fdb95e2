import { Resvg } from '@resvg/resvg-js';
import { DiagramError } from './diagram-error';

const FONT = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' };

/** The pixels per pixel of an SVG, for screens with a high density. */
export const PNG_SCALE = 2;
/** The limits of a PNG: 64 MB while it is drawn, and the longest side that common image viewers can show. */
const MOST = { pixels: 16_000_000, side: 32_767 };

/** The scale at which a diagram is written as PNG: `PNG_SCALE`, or less if the PNG would be too large. */
export function pngScale(svg: string): number {
  const [, width = 1, height = 1] = (/^<svg [^>]*?width="(\d+)" height="(\d+)"/.exec(svg) ?? []).map(Number);
  const fitting = Math.min(Math.sqrt(MOST.pixels / (width * height)), MOST.side / Math.max(width, height));
  return Math.min(PNG_SCALE, fitting);
}

/**
 * A diagram as PNG, with `scale` pixels per pixel of the SVG (default: `pngScale`), in the colours of its theme (`auto`
 * is light). Throws a DiagramError when no font is installed.
 */
export function renderPng(svg: string, scale = pngScale(svg)): Uint8Array {
  const probe = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">A</text></svg>';
  if (!new Resvg(probe, { font: FONT }).getBBox()) {
    throw new DiagramError(
      'A PNG needs a font, and none is installed.',
      'Install one, such as the package fonts-dejavu-core, or write an SVG.',
    );
  }
  return new Resvg(svg, { font: FONT, fitTo: { mode: 'zoom', value: scale } }).render().asPng();
}
