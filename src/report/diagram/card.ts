import { moveScope, type PlacedScope, type PlacedState } from './placed';
import { type Font, fitText, measureText, wrapText } from './text-metrics';
import type { WorkflowScope, WorkflowState } from './workflow';

export const NAME_FONT: Font = { size: 14, bold: true };
export const SUBTITLE_FONT: Font = { size: 12 };
export const NAME_LINE_HEIGHT = 18;
/** From a card's left edge to its text: the icon goes before it. */
export const TEXT_INSET = 50;

/** Room for the icon of the status, on the right. */
const STATUS_ROOM = 36;
const CARD_WIDTH = { min: 168, max: 310 };
const FRAME_PADDING = 24;
const SCOPE_GAP = 36;

type LayoutScope = (scope: WorkflowScope) => PlacedScope;

/** A state at the origin, as large as its text needs, or as what is inside it. */
export function sizeState(state: WorkflowState, layoutScope: LayoutScope): PlacedState {
  const textWidth = CARD_WIDTH.max - TEXT_INSET - STATUS_ROOM;
  const nameLines = wrapText(state.name, textWidth, 2, NAME_FONT);
  const subtitle = fitText([state.type, state.detail].filter(Boolean).join(' · '), textWidth, SUBTITLE_FONT);
  const lineWidths = [
    ...nameLines.map((line) => measureText(line, NAME_FONT)),
    measureText(subtitle, SUBTITLE_FONT),
  ];
  const width = Math.max(CARD_WIDTH.min, Math.ceil(Math.max(...lineWidths)) + TEXT_INSET + STATUS_ROOM);
  const height = 40 + nameLines.length * NAME_LINE_HEIGHT;
  const card = { state, nameLines, subtitle, scopes: [], box: { x: 0, y: 0, width, height } };
  return state.scopes.length === 0 ? card : frame(card, layoutScope);
}

/** A card drawn out around its scopes, which stand side by side under its name. */
function frame(card: PlacedState, layoutScope: LayoutScope): PlacedState {
  const inner = card.state.scopes.map(layoutScope);
  const content = inner.reduce((sum, { box }) => sum + box.width, 0) + SCOPE_GAP * (inner.length - 1);
  const width = Math.max(card.box.width, content + 2 * FRAME_PADDING);
  const top = card.box.height + 8;
  const tallest = Math.max(...inner.map(({ box }) => box.height));
  let left = (width - content) / 2;
  const scopes: PlacedScope[] = [];
  for (const scope of inner) {
    scopes.push(moveScope({ ...scope, box: { ...scope.box, height: tallest } }, left, top));
    left += scope.box.width + SCOPE_GAP;
  }
  const height = top + tallest + FRAME_PADDING;
  return { ...card, scopes, box: { ...card.box, width, height } };
}
