import type { QueryLanguage } from '../../asl';
import { runChildren } from '../children';
import { compileGraph } from '../compile';
import type { Fields } from '../fields';
import { type Attempt, compileAttempts, succeeded } from '../flow/attempts';
import { compileDataFlow } from '../flow/data-flow';
import { payloadList } from '../payload-list';
import type { CompiledState } from '../state';
import { Thread } from '../thread';
import type { Visit } from '../visit';

/** Runs its branches side by side, each on the same input (Amazon States Language, "Parallel State"). */
export function compileParallel(name: string, fields: Fields, language: QueryLanguage): CompiledState {
  const flow = compileDataFlow(fields, language);
  const branches = fields.list('Branches').map((branch) => compileGraph(branch, language));

  const attempt = async (visit: Visit): Promise<Attempt> => {
    const { thread } = visit;
    const input = await flow.workInput(visit, flow.effectiveInput(visit));
    thread.write('ParallelStateStarted');
    const result = await runChildren(thread, {
      count: branches.length,
      concurrency: branches.length,
      start: (_index, previousEventId) => new Thread(thread.execution, previousEventId, thread),
      run: (branch, index) => branch.run(branches[index] as (typeof branches)[number], input),
      succeeded: (branch) => branch.previousEventId,
      failed: () => {},
    });
    if ('failure' in result) return result;
    thread.writeAside('ParallelStateSucceeded');
    return succeeded(flow, visit, payloadList(result.outputs));
  };

  const gaveUp = (visit: Visit): void => {
    visit.thread.write('ParallelStateFailed');
  };
  return { name, type: 'Parallel', retries: true, run: compileAttempts(fields, flow, attempt, gaveUp) };
}
