import { layOutJson } from './json-text';
import { inThread } from './page-thread';
import { type Drawing, type DrawingOptions, draw } from './page-work';

/** Work on a text of this length, in characters, takes some milliseconds. */
const SMALL = 4096;
/** How long a layout may take, in milliseconds. */
const LIMIT = 10_000;
/** For work that always ends soon. */
const ENOUGH = 60_000;

/**
 * Draws the diagram of a definition (JSON text). A large one is drawn in a thread of its own, and plainly when its layout
 * takes too long. Rejects when the definition is not valid.
 */
export async function drawingOf(definition: string, options: DrawingOptions): Promise<Drawing> {
  if (definition.length <= SMALL) return draw(definition, options, false);
  const isSlow = slow.has(definition);
  const drawn = isSlow ? undefined : await inThread('draw', [definition, options, false], LIMIT);
  if (drawn) return drawn;
  if (slow.size >= KEPT) slow.clear();
  slow.add(definition);
  const plain = await inThread('draw', [definition, options, true], ENOUGH);
  if (plain) return plain;
  throw new Error('The diagram is too large to be drawn.');
}

/** The definitions whose layout takes too long. */
const slow = new Set<string>();
const KEPT = 16;

/** JSON text over lines, as `layOutJson`; a long one is made in a thread of its own. */
export const laidOutJson = async (text: string): Promise<string> =>
  text.length <= 4 * SMALL ? layOutJson(text) : ((await inThread('layOutJson', [text], ENOUGH)) ?? text);
