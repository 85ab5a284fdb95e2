import { type Json, Payload } from '../../data';
import type { DataFlow, Evaluate } from '../../data-flow/data-flow';
import type { Fields } from '../../definition/fields';
import { runChildren } from '../../execution/children';
import type { Failure } from '../../execution/failure';
import { runStates } from '../../execution/run-states';
import type { StateGraph, Visit } from '../../execution/state';
import { type MapItem, Thread } from '../../execution/thread';
import { then } from '../../maybe-promise';
import { ItemReaderError } from './errors';
import { compileItems, iterationInput } from './items';
import { mockIterations } from './mocked-map';
import { compileTolerance, inlineConcurrency } from './numbers';

/** Runs a Map, from the evaluation of its items to the end of the last of them. */
export type RunMap = (
  visit: Visit,
  effective: Payload,
  maxConcurrency: number,
) => Promise<{ readonly output: Payload } | { readonly failure: Failure }>;

/** A Map whose iterations are threads of the execution. */
export function compileInlineMap(
  fields: Fields,
  graph: StateGraph,
  flow: DataFlow,
  itemSelector: Evaluate | undefined,
): RunMap {
  const evaluateItems = fields.has('ItemReader') ? refuseItemReader : compileItems(fields, flow);
  // An inline Map tolerates no failures, but AWS still evaluates these fields.
  const tolerance = compileTolerance(fields, flow);

  return async (visit, effective, maxConcurrency) => {
    const { thread, inspection } = visit;
    const { name } = visit.state;
    const items = await evaluateItems(visit, effective);
    if (inspection) {
      const selected = itemSelector && (await evaluateEach(items, itemSelector, visit, effective));
      const tolerated = await tolerance(visit, effective);
      return mockIterations(inspection, { maxConcurrency, tolerated, selected, length: items.length });
    }
    const kept = visit.takeKept();
    if (kept) thread.previousEventId = kept.startedEventId;
    else thread.write('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
    await tolerance(visit, effective);
    const result = await runChildren(thread, {
      count: items.length,
      concurrency: inlineConcurrency(maxConcurrency),
      kept: kept?.threads,
      start: (index, previousEventId) => {
        const iteration = new Thread(thread.execution, previousEventId, thread, items[index]);
        if (!kept?.threads.has(index)) {
          iteration.write('MapIterationStarted', { mapIterationStartedEventDetails: { name, index } });
        }
        return iteration;
      },
      run: async (iteration, index) => {
        const checkpoint = kept?.threads.get(index);
        if (checkpoint) return runStates(iteration, graph, Payload.ofText(''), checkpoint);
        const item = items[index] as MapItem;
        const input = itemSelector
          ? await then(itemSelector(visit, effective, item), Payload.ofValue)
          : Payload.ofValue(iterationInput(item));
        return runStates(iteration, graph, input);
      },
      succeeded: (iteration, index) =>
        iteration.writeAside('MapIterationSucceeded', { mapIterationSucceededEventDetails: { name, index } }),
      failed: (iteration, index) => {
        iteration.writeAside('MapIterationFailed', { mapIterationFailedEventDetails: { name, index } });
      },
    });
    return 'failure' in result ? result : { output: Payload.ofList(result.outputs) };
  };
}

async function evaluateEach(
  items: readonly MapItem[],
  selector: Evaluate,
  visit: Visit,
  effective: Payload,
): Promise<Json[]> {
  const values: Json[] = [];
  for (const item of items) values.push(await selector(visit, effective, item));
  return values;
}

const refuseItemReader = (): never => {
  throw new ItemReaderError('Only a Map in the mode DISTRIBUTED reads its items with an ItemReader.');
};
