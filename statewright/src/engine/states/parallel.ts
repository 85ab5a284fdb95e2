import type { QueryLanguage } from '../../asl';
import { Payload } from '../data';
import { compileDataFlow } from '../data-flow/compile';
import type { Fields } from '../definition/fields';
import { type Attempt, compileAttempts, mocked, succeeded } from '../error-handling/attempts';
import { runChildren } from '../execution/children';
import { runStates } from '../execution/run-states';
import type { CompiledState, StateGraph, Visit } from '../execution/state';
import { Thread } from '../execution/thread';
import type { CompileGraph } from './compile-state';

/** Runs its branches concurrently, each on the same input (Amazon States Language, "Parallel State"). */
export function compileParallel(
  name: string,
  fields: Fields,
  language: QueryLanguage,
  compileGraph: CompileGraph,
): CompiledState {
  const flow = compileDataFlow(fields, language);
  const branches = fields.list('Branches').map((branch) => compileGraph(branch, language));

  const attempt = async (visit: Visit): Promise<Attempt> => {
    const { thread, inspection } = visit;
    if (inspection?.mock) return mocked(flow, visit, inspection.mock);
    const input = await flow.workInput(visit, flow.effectiveInput(visit));
    const kept = visit.takeKept();
    if (kept) thread.previousEventId = kept.startedEventId;
    else thread.write('ParallelStateStarted');
    const result = await runChildren(thread, {
      count: branches.length,
      concurrency: branches.length,
      kept: kept?.threads,
      start: (_index, previousEventId) => new Thread(thread.execution, previousEventId, thread),
      run: (branch, index) =>
        runStates(branch, branches[index] as StateGraph, input, kept?.threads.get(index)),
      succeeded: (branch) => branch.previousEventId,
      failed: () => {},
    });
    if ('failure' in result) return result;
    thread.writeAside('ParallelStateSucceeded');
    return succeeded(flow, visit, Payload.ofList(result.outputs));
  };

  const gaveUp = (visit: Visit): void => {
    visit.thread.write('ParallelStateFailed');
  };
  return { name, type: 'Parallel', retries: true, ...compileAttempts(fields, flow, attempt, gaveUp) };
}
