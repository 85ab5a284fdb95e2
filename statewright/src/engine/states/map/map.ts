import type { QueryLanguage } from '../../../asl';
import type { Payload } from '../../data';
import { compileDataFlow } from '../../data-flow/compile';
import type { Fields } from '../../definition/fields';
import { type Attempt, compileAttempts, succeeded } from '../../error-handling/attempts';
import type { CompiledState, Visit } from '../../execution/state';
import type { CompileGraph } from '../compile-state';
import { compileDistributedMap } from './distributed';
import { compileInlineMap } from './inline';
import { compileConcurrency } from './numbers';

/** Runs its processor once for each item (Amazon States Language, "Map State"), within the execution or in child executions. */
export function compileMap(
  name: string,
  fields: Fields,
  language: QueryLanguage,
  compileGraph: CompileGraph,
): CompiledState {
  const flow = compileDataFlow(fields, language);
  // `Iterator` and `Parameters` are what ItemProcessor and ItemSelector were called before 2022.
  const processor = fields.object('ItemProcessor') ?? fields.needObject('Iterator');
  const graph = compileGraph(processor, language);
  const concurrency = compileConcurrency(fields, flow);
  const itemSelector =
    flow.compileTemplate(fields, 'ItemSelector') ??
    (flow.language === 'JSONPath' ? flow.compileTemplate(fields, 'Parameters') : undefined);
  const distributed = processor.object('ProcessorConfig')?.text('Mode') === 'DISTRIBUTED';
  const run = distributed
    ? compileDistributedMap(fields, processor, graph, flow, itemSelector)
    : compileInlineMap(fields, graph, flow, itemSelector);

  const attempt = async (visit: Visit): Promise<Attempt> => {
    const effective: Payload = flow.effectiveInput(visit);
    const maximum = await concurrency(visit, effective);
    const result = await run(visit, effective, maximum);
    if ('failure' in result) return result;
    visit.thread.writeAside('MapStateSucceeded');
    return succeeded(flow, visit, result.output);
  };

  const gaveUp = (visit: Visit): void => {
    visit.thread.write('MapStateFailed');
  };
  return { name, type: 'Map', retries: true, ...compileAttempts(fields, flow, attempt, gaveUp) };
}
