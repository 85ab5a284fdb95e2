import type { Json, Payload } from '../../data';
import type { DataFlow, Evaluate } from '../../data-flow/data-flow';
import type { Fields } from '../../definition/fields';
import { errorDetails } from '../../execution/failure';
import type { CompiledStateMachine, StateGraph, Visit } from '../../execution/state';
import { compileBatches } from './batches';
import type { RunItems } from './inline';
import { iterationInput, type MapItems } from './items';
import { MapRun } from './map-run';
import { compileTolerance, distributedConcurrency } from './numbers';
import { compileResults, ResultWriterError } from './results';

/** A Map that processes its items in child executions, each with its own history (a Map Run). */
export function compileDistributedMap(
  fields: Fields,
  processor: Fields,
  graph: StateGraph,
  flow: DataFlow,
  itemSelector: Evaluate | undefined,
): RunItems {
  const machine: CompiledStateMachine = { ...graph, timeoutSeconds: undefined };
  const type =
    processor.object('ProcessorConfig')?.text('ExecutionType') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  const label = fields.text('Label');
  const tolerance = compileTolerance(fields, flow);
  const batches = compileBatches(fields, flow);
  const results = compileResults(fields);
  const exported = fields.object('ResultWriter')?.has('Resource');

  return async (visit, effective, items, maxConcurrency) => {
    const exceeded = await tolerance(visit, effective);
    if (exported) throw new ResultWriterError();
    const run = new MapRun(visit, machine, type, label);
    visit.thread.write('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn: run.arn } });
    const values = itemSelector
      ? await selectAll(visit, effective, items, itemSelector)
      : items.map(iterationInput);
    const inputs = batches ? await batches(visit, effective, values) : values;
    const result = await run.runAll(inputs, distributedConcurrency(maxConcurrency), exceeded);
    if ('failure' in result) {
      visit.thread.write('MapRunFailed', { mapRunFailedEventDetails: errorDetails(result.failure) });
      return result;
    }
    const output = results(result.children);
    visit.thread.write('MapRunSucceeded');
    return { output };
  };
}

async function selectAll(
  visit: Visit,
  effective: Payload,
  items: MapItems,
  selector: Evaluate,
): Promise<Json[]> {
  const selected: Json[] = [];
  const { clock } = visit.thread.execution.services;
  for (const item of items) {
    selected.push(await selector(visit, effective, item));
    await clock.nextTurn?.();
  }
  return selected;
}
