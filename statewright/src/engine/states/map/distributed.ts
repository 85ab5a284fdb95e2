import { type Json, Payload } from '../../data';
import type { DataFlow, Evaluate } from '../../data-flow/data-flow';
import type { Fields } from '../../definition/fields';
import { errorDetails, type Failure } from '../../execution/failure';
import type { CompiledStateMachine, StateGraph, Visit } from '../../execution/state';
import type { MapItem } from '../../execution/thread';
import { compileBatches } from './batches';
import type { Inputs } from './child-executions';
import { MapRunError } from './errors';
import type { RunMap } from './inline';
import { compileItems, iterationInput } from './items';
import { MapRun } from './map-run';
import { mockIterations } from './mocked-map';
import { compileTolerance } from './numbers';
import { compileItemReader } from './reader/item-reader';
import { compileResultWriter } from './result-writer';

/** A Map that processes its items in child executions, each with its own history (a Map Run). */
export function compileDistributedMap(
  fields: Fields,
  processor: Fields,
  graph: StateGraph,
  flow: DataFlow,
  itemSelector: Evaluate | undefined,
): RunMap {
  const machine: CompiledStateMachine = { ...graph, timeoutSeconds: undefined };
  const type =
    processor.object('ProcessorConfig')?.text('ExecutionType') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  const label = fields.text('Label');
  const readItems = compileItemReader(fields, flow);
  const evaluateItems = compileItems(fields, flow);
  const tolerance = compileTolerance(fields, flow);
  const hasPointer =
    flow.language === 'JSONPath' &&
    fields.object('ItemReader')?.object('ReaderConfig')?.has('ItemsPointer') === true;
  const batches = compileBatches(fields, flow);
  const resultWriter = compileResultWriter(fields, flow);
  const writesResults = fields.object('ResultWriter')?.has('Resource') ?? false;

  return async (visit, effective, maxConcurrency) => {
    const { thread, inspection } = visit;
    // A test without the data of an ItemReader has its items in the state's input.
    const reads = readItems && !(inspection && inspection.itemReaderData === undefined);
    const items = reads ? await readItems(visit, effective) : await evaluateItems(visit, effective);
    if (inspection) {
      const found = Array.isArray(items) ? items : await listOf<MapItem>(items);
      if (reads && hasPointer) {
        inspection.report('afterItemsPointer', Payload.ofValue(found.map(iterationInput)).text);
      }
      const values = await listOf(inputsOf(visit, effective, found, itemSelector));
      const tolerated = await tolerance(visit, effective);
      const batch = await batches?.(visit, effective);
      const batched = batch && (await listOf(batch(values)));
      return mockIterations(inspection, {
        maxConcurrency,
        tolerated,
        selected: itemSelector && values,
        batches: batched,
        length: (batched ?? values).length,
      });
    }
    // AWS writes 0 for items that it has not read yet.
    const length = Array.isArray(items) ? items.length : 0;
    const kept = visit.takeKept();
    if (kept) thread.previousEventId = kept.startedEventId;
    else thread.write('MapStateStarted', { mapStateStartedEventDetails: { length } });
    const tolerated = await tolerance(visit, effective);
    const openResults = await resultWriter(visit, effective);
    const batch = await batches?.(visit, effective);
    const run = new MapRun(
      visit,
      { machine, type, label, batches: batch !== undefined, writesResults },
      kept?.mapRun,
    );
    if (run.redriveCount === 0) {
      thread.write('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn: run.arn } });
    } else {
      const { redriveCount } = run;
      thread.write('MapRunRedriven', { mapRunRedrivenEventDetails: { mapRunArn: run.arn, redriveCount } });
    }
    const values = inputsOf(visit, effective, items, itemSelector);
    const inputs = batch ? batch(values) : values;
    const result = await orFailure(async () =>
      run.runAll(
        // Items that are known are counted, and selected, before the first execution starts.
        Array.isArray(items) ? await listOf(inputs) : inputs,
        openResults(run),
        { maxConcurrency: Number.isFinite(maxConcurrency) ? maxConcurrency : 0, ...tolerated },
      ),
    );
    if ('failure' in result) {
      thread.write('MapRunFailed', { mapRunFailedEventDetails: errorDetails(result.failure) });
    } else {
      thread.write('MapRunSucceeded');
    }
    return result;
  };
}

/** An item that cannot be read, or a result that cannot be written, fails the Map Run. */
async function orFailure<T>(run: () => Promise<T>): Promise<T | { readonly failure: Failure }> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof MapRunError)) throw error;
    return { failure: { error: error.error, cause: error.message } };
  }
}

/** What each execution, or each batch, receives. A list stays a list where nothing has to be evaluated. */
function inputsOf(
  visit: Visit,
  effective: Payload,
  items: readonly MapItem[] | AsyncIterable<MapItem>,
  selector: Evaluate | undefined,
): Inputs {
  if (!selector && Array.isArray(items)) return items.map(iterationInput);
  return selected(visit, effective, items, selector);
}

async function* selected(
  visit: Visit,
  effective: Payload,
  items: Iterable<MapItem> | AsyncIterable<MapItem>,
  selector: Evaluate | undefined,
): AsyncGenerator<Json> {
  const { clock } = visit.thread.execution.services;
  for await (const item of items) {
    const pause = clock.nextTurn?.();
    if (pause) await pause;
    // An item that was not read from S3 is from the state's data.
    yield selector
      ? await selector(visit, effective, { Source: 'STATE_DATA', ...item })
      : iterationInput(item);
  }
}

async function listOf<T>(values: Iterable<T> | AsyncIterable<T>): Promise<readonly T[]> {
  if (Array.isArray(values)) return values;
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}
