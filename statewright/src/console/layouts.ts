import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PlacedScope } from '../diagram/placed';
import { layoutDiagram } from '../diagram/render';

/** Layouts by definition: the page of a running execution is drawn often, but laid out once. */
const layouts = new Map<string, Promise<PlacedScope>>();
const KEPT = 16;

/** A definition of this length, in characters, is laid out in some milliseconds. */
const SMALL = 4096;
/** How long a layout may take, in milliseconds. */
const LIMIT = 10_000;
/** A scope with more than this is drawn plainly, as one column. */
const PLAIN = { states: 10, transitions: 10 };

/** How this thread's source is loaded: as TypeScript in the repository. */
const execArgv = __filename.endsWith('.ts')
  ? ['--conditions=statewright-source', '--require', join(__dirname, '../../source.cjs')]
  : [];

/** The last thread's end: one layout at a time, however many pages are open. */
let last: Promise<unknown> = Promise.resolve();

/**
 * The layout of a definition (JSON text). A large one is made in a thread of its own, so that no other request waits
 * for it, and plainly when it takes too long. Rejects with a DiagramError when the definition is not valid.
 */
export function layoutOf(definition: string): Promise<PlacedScope> {
  const layout = layouts.get(definition) ?? layOut(definition);
  layouts.delete(definition);
  layouts.set(definition, layout);
  const [oldest = ''] = layouts.keys();
  if (layouts.size > KEPT) layouts.delete(oldest);
  return layout;
}

async function layOut(definition: string): Promise<PlacedScope> {
  if (definition.length <= SMALL) return layoutDiagram(JSON.parse(definition));
  const laidOut = last.then(() => inThread(definition));
  last = laidOut.catch(() => {});
  return (await laidOut) ?? layoutDiagram(JSON.parse(definition), PLAIN);
}

/** @returns undefined when it takes too long */
function inThread(definition: string): Promise<PlacedScope | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(__dirname, `layout-worker${__filename.slice(-3)}`), {
      workerData: definition,
      execArgv,
    });
    worker.unref();
    const timer = setTimeout(() => end(() => resolve(undefined)), LIMIT);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      settle();
      worker.terminate();
    };
    worker.once('message', (layout: PlacedScope) => end(() => resolve(layout)));
    worker.once('error', (error) => end(() => reject(error)));
  });
}
