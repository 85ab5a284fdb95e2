import { Payload } from '../data';
import { isPromise, type MaybePromise } from '../maybe-promise';
import type { Checkpoint } from './checkpoint';
import type { Failure } from './failure';
import type { StateGraph, StateOutcome, Visit } from './state';
import type { Thread } from './thread';
import { StateVisit } from './visit';

/** How the states of a thread ended. */
export type ThreadResult = { readonly output: Payload } | { readonly failure: Failure };

/**
 * Runs states on a thread until the thread ends: from the first one, or from the one in which it stopped.
 * @param checkpoint what the thread has done, for a redrive
 */
export async function runStates(
  thread: Thread,
  graph: StateGraph,
  input: Payload,
  checkpoint?: Checkpoint,
): Promise<ThreadResult> {
  const { clock } = thread.execution.services;
  thread.begin();
  try {
    for (let visit = enter(thread, graph, input, checkpoint); ; ) {
      // A history says where the execution is at any time: a state is entered at once when the one before is left.
      const pause = clock.nextTurn?.();
      if (pause) await pause;
      const pending = runState(visit);
      const step = isPromise(pending) ? await pending : pending;
      if ('failure' in step) return step;
      thread.state = undefined;
      if ('end' in step) {
        thread.ended = true;
        return { output: step.end };
      }
      visit = new StateVisit(thread, graph.state(step.next), step.output);
    }
  } finally {
    thread.rest();
  }
}

function enter(thread: Thread, graph: StateGraph, input: Payload, checkpoint?: Checkpoint): StateVisit {
  const stopped = checkpoint?.stopped;
  if (!stopped) return new StateVisit(thread, graph.startAt(), input);
  thread.variables.assign(checkpoint.variables);
  const state = graph.state(stopped.name);
  // A Fail state at the top level fails from ExecutionRedriven on.
  if (state.type !== 'Fail' || thread.parent) thread.previousEventId = stopped.enteredEventId;
  return new StateVisit(thread, state, Payload.ofText(stopped.input), stopped);
}

/** Runs one visit; an error in a field's evaluation is its failure. */
export function runState(visit: Visit): MaybePromise<StateOutcome> {
  try {
    const step = visit.state.run(visit);
    return isPromise(step) ? step.catch((error) => ({ failure: visit.failure(error) })) : step;
  } catch (error) {
    return { failure: visit.failure(error) };
  }
}
