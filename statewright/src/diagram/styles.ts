/** The styles of a diagram. Only class selectors and literal colours: renderers other than browsers support no more. */

/** `auto` is light, or dark when the reader prefers dark. */
export type Theme = 'light' | 'dark' | 'auto';

interface Palette {
  readonly canvas: string;
  readonly card: string;
  readonly border: string;
  readonly branch: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly tile: string;
  readonly taskTile: string;
  readonly glyph: string;
  /** By status class: a card's fill and the colour of its border and mark. */
  readonly status: Readonly<Record<string, readonly [fill: string, line: string]>>;
}

const LIGHT: Palette = {
  canvas: '#f6f7f9',
  card: '#ffffff',
  border: '#8592a3',
  branch: '#f6f7f9',
  text: '#16202c',
  muted: '#52606f',
  line: '#8592a3',
  tile: '#56657a',
  taskTile: '#c2570c',
  glyph: '#ffffff',
  status: {
    succeeded: ['#edf7ee', '#1a7f37'],
    failed: ['#fdedec', '#c62828'],
    caught: ['#fdf3e1', '#a85d00'],
    'in-progress': ['#e8f2fd', '#0b62c4'],
    aborted: ['#eceff2', '#4f5b68'],
  },
};

const DARK: Palette = {
  canvas: '#10161e',
  card: '#1b2430',
  border: '#66768a',
  branch: '#10161e',
  text: '#e8edf3',
  muted: '#a6b3c2',
  line: '#66768a',
  tile: '#6b7b90',
  taskTile: '#d9762b',
  glyph: '#10161e',
  status: {
    succeeded: ['#12291a', '#4cc26b'],
    failed: ['#34181a', '#ff7b72'],
    caught: ['#33250f', '#f0a94a'],
    'in-progress': ['#10263f', '#6cb2ff'],
    aborted: ['#262e38', '#a6b3c2'],
  },
};

const SHAPES = `
.workflow text { font-family: Helvetica Neue, Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif; font-size: 12px; }
.workflow .name { font-size: 14px; font-weight: 600; }
.workflow .card { stroke-width: 1.25px; }
.workflow .branch { stroke-width: 1px; stroke-dasharray: 3 3; }
.workflow .glyph { fill: none; stroke-width: 1.75px; stroke-linecap: round; stroke-linejoin: round; }
.workflow .mark .glyph { stroke-width: 2px; }
.workflow .way { fill: none; stroke-width: 1.5px; }
.workflow .catch .way { stroke-dasharray: 5 4; }
.workflow .taken .way { stroke-width: 2.5px; }
.workflow .terminal circle { stroke-width: 1.5px; }
.workflow .terminal text, .workflow .label text, .workflow .pill text { text-anchor: middle; }
.workflow .pill rect { stroke-width: 1px; }
.workflow .pill text { font-size: 11px; }
.workflow .not-run .card { stroke-dasharray: 4 3; }
.workflow .not-run .disc { stroke-width: 1.5px; stroke-dasharray: 2.5 2.2; }
`;

/** The style sheet of a diagram, for its own `<style>` or for the page. */
export function diagramStyles(theme: Theme): string {
  if (theme === 'auto')
    return `${SHAPES}${colors(LIGHT)}@media (prefers-color-scheme: dark) {\n${colors(DARK)}}\n`;
  return SHAPES + colors(theme === 'light' ? LIGHT : DARK);
}

function colors(palette: Palette): string {
  const { canvas, card, border, branch, text, muted, line, tile, taskTile, glyph, status } = palette;
  const rules: (readonly [selector: string, declarations: string])[] = [
    ['.canvas', `fill: ${canvas}`],
    ['text', `fill: ${text}`],
    ['.subtitle', `fill: ${muted}`],
    ['.card', `fill: ${card}; stroke: ${border}`],
    ['.branch', `fill: ${branch}; stroke: ${border}`],
    ['.tile', `fill: ${tile}`],
    ['.task .tile', `fill: ${taskTile}`],
    ['.glyph', `stroke: ${glyph}`],
    ['.way', `stroke: ${line}`],
    ['.head', `fill: ${line}`],
    ['.label rect', `fill: ${canvas}`],
    ['.label text', `fill: ${muted}`],
    ['.taken .way', `stroke: ${text}`],
    ['.taken .head', `fill: ${text}`],
    ['.label.taken text', `fill: ${text}`],
    ['.catch.taken .way', `stroke: ${status.caught?.[1]}`],
    ['.catch.taken .head', `fill: ${status.caught?.[1]}`],
    ['.terminal circle', `fill: ${card}; stroke: ${border}`],
    ['.terminal.taken circle', `stroke: ${text}`],
    ['.pill rect', `fill: ${card}; stroke: ${border}`],
    ...Object.entries(status).flatMap(([name, [fill, stroke]]): [string, string][] => [
      [`.${name} .card`, `fill: ${fill}; stroke: ${stroke}; stroke-width: 2px`],
      [`.${name} .disc`, `fill: ${stroke}`],
      [`.pill.${name} rect`, `stroke: ${stroke}`],
    ]),
    ['.not-run .name', `fill: ${muted}`],
    ['.not-run .disc', `fill: none; stroke: ${border}`],
  ];
  return rules.map(([selector, declarations]) => `.workflow ${selector} { ${declarations}; }\n`).join('');
}
