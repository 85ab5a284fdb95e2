import { moveScope, type PlacedScope, type PlacedState } from './placed';
import { type Font, fitText, measureText, wrapText } from './text-metrics';
import type { WorkflowScope, WorkflowState } from './workflow';

const NAME_FONT: Font = { size: 14, bold: true };
const SUBTITLE_FONT: Font = { size: 12 };
export const NAME_LINE_HEIGHT = 18;
/** Enough for most names, which have at most 80 characters on AWS. */
const NAME_LINES = 4;
/** From a card's left edge to its text, with space for the icon. */
export const TEXT_INSET = 50;

/** Space for the status icon, on the right. */
const STATUS_SPACE = 36;
const CARD_WIDTH = { min: 168, max: 310 };
const FRAME_PADDING = 24;
const SCOPE_GAP = 36;
/** The maximum width of a frame with one row, in pixels, if possible. */
const ROW_WIDTH = 1400;
/** The width of a frame's rows, relative to their height. */
const ROW_RATIO = 1.8;

type LayoutScopes = (scopes: readonly WorkflowScope[]) => readonly PlacedScope[];

/** A state at the origin, large enough for its text or its scopes. */
export function sizeState(state: WorkflowState, layoutScopes: LayoutScopes): PlacedState {
  const textWidth = CARD_WIDTH.max - TEXT_INSET - STATUS_SPACE;
  const nameLines = wrapText(state.name, textWidth, NAME_LINES, NAME_FONT);
  const subtitle = fitText(wholeSubtitle(state), textWidth, SUBTITLE_FONT);
  const lineWidths = [
    ...nameLines.map((line) => measureText(line, NAME_FONT)),
    measureText(subtitle, SUBTITLE_FONT),
  ];
  const width = Math.max(CARD_WIDTH.min, Math.ceil(Math.max(...lineWidths)) + TEXT_INSET + STATUS_SPACE);
  const height = 40 + nameLines.length * NAME_LINE_HEIGHT;
  const card = { state, nameLines, subtitle, scopes: [], box: { x: 0, y: 0, width, height } };
  return state.scopes.length === 0 ? card : frame(card, layoutScopes);
}

/** A state's type and detail, however long. */
export function wholeSubtitle({ type, detail }: WorkflowState): string {
  return [type, detail].filter(Boolean).join(' · ');
}

/** A card around its scopes, which are placed in rows under its name. */
function frame(card: PlacedState, layoutScopes: LayoutScopes): PlacedState {
  const rows = inRows(layoutScopes(card.state.scopes));
  const content = Math.max(...rows.map(widthOf));
  const width = Math.max(card.box.width, content + 2 * FRAME_PADDING);
  const scopes: PlacedScope[] = [];
  let top = card.box.height + 8;
  for (const row of rows) {
    const height = Math.max(...row.map(({ box }) => box.height));
    let left = (width - content) / 2;
    for (const scope of row) {
      scopes.push(moveScope({ ...scope, box: { ...scope.box, height } }, left, top));
      left += scope.box.width + SCOPE_GAP;
    }
    top += height + SCOPE_GAP;
  }
  return { ...card, scopes, box: { ...card.box, width, height: top - SCOPE_GAP + FRAME_PADDING } };
}

/** A few scopes share one row; more are placed in rows, wider than high, like a screen. */
function inRows(scopes: readonly PlacedScope[]): PlacedScope[][] {
  const area = scopes.reduce((sum, { box }) => sum + (box.width + SCOPE_GAP) * (box.height + SCOPE_GAP), 0);
  const widest = Math.max(ROW_WIDTH, Math.sqrt(area * ROW_RATIO));
  const rows: PlacedScope[][] = [[]];
  for (const scope of scopes) {
    const row = rows.at(-1) ?? [];
    if (row.length > 0 && widthOf(row) + SCOPE_GAP + scope.box.width > widest) rows.push([scope]);
    else row.push(scope);
  }
  return rows;
}

function widthOf(row: readonly PlacedScope[]): number {
  return row.reduce((sum, { box }) => sum + box.width, 0) + SCOPE_GAP * (row.length - 1);
}
