/** Work that may take long: it can be interrupted where it yields. */
export type Steps<T> = Generator<void, T, void>;

/** Does work without an interruption. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * Does work in turns of the event loop, so that the rest of the process does not wait for it.
 * @param clock says when a turn has taken long enough
 */
export async function inTurns<T>(
  steps: Steps<T>,
  clock: { nextTurn?(): Promise<void> | undefined },
): Promise<T> {
  for (;;) {
    const pause = clock.nextTurn?.();
    if (pause) await pause;
    const { done, value } = steps.next();
    if (done) return value;
  }
}
