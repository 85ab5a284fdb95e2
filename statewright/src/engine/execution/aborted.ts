import type { Thread } from './thread';

/**
 * Writes the Aborted events inside a state that was aborted: of each iteration and of the state that each
 * iteration or branch was in. Only states that can wait have such an event.
 * @param previousEventId the event that aborted them (default: each one's own last event)
 */
export function recordAbortedChildren(thread: Thread, previousEventId?: number): void {
  if (thread.mapRun)
    thread.execution.history.write('MapRunAborted', previousEventId ?? thread.previousEventId);
  for (const child of thread.children) {
    if (!child.ended) recordAborted(child, previousEventId ?? child.previousEventId);
  }
}

/** The same for one iteration or branch. */
export function recordAborted(thread: Thread, previousEventId: number): void {
  const { history } = thread.execution;
  if (history.full) return;
  const map = thread.parent?.state?.name;
  if (thread.item && map !== undefined) {
    history.write('MapIterationAborted', previousEventId, {
      mapIterationAbortedEventDetails: { name: map, index: thread.item.Index },
    });
  }
  const type = thread.state?.type;
  if (type === 'Task' || type === 'Wait' || type === 'Parallel' || type === 'Map') {
    history.write(`${type}StateAborted`, previousEventId);
  }
  recordAbortedChildren(thread, previousEventId);
}
