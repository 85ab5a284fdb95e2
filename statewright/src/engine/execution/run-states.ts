import type { Payload } from '../data';
import { isPromise, type MaybePromise } from '../maybe-promise';
import type { Failure } from './failure';
import type { CompiledState, StateGraph, StateOutcome, Visit } from './state';
import type { Thread } from './thread';
import { StateVisit } from './visit';

/** How the states of a thread ended. */
export type ThreadResult = { readonly output: Payload } | { readonly failure: Failure };

/** Runs states on a thread, from the first one until the thread ends. */
export function runStates(thread: Thread, graph: StateGraph, input: Payload): Promise<ThreadResult> {
  return thread.work(() => followStates(thread, graph, input));
}

async function followStates(thread: Thread, graph: StateGraph, input: Payload): Promise<ThreadResult> {
  let state = graph.startAt;
  let payload = input;
  const { clock } = thread.execution.services;
  for (;;) {
    const pause = clock.nextTurn?.();
    if (pause) await pause;
    const visit = new StateVisit(thread, state, payload);
    thread.state = state;
    const pending = runState(visit);
    const step = isPromise(pending) ? await pending : pending;
    if ('failure' in step) return step;
    thread.state = undefined;
    if ('end' in step) {
      thread.ended = true;
      return { output: step.end };
    }
    // The compiler of the graph has checked that the state exists.
    state = graph.states.get(step.next) as CompiledState;
    payload = step.output;
  }
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
