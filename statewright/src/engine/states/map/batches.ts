import { MAX_PAYLOAD_BYTES } from '../../../asl/quotas';
import { compileLookup, type Json, PathEvaluationError, stringifyJson } from '../../data';
import type { DataFlow, Evaluate } from '../../data-flow/data-flow';
import type { Fields } from '../../definition/fields';
import type { Clock } from '../../execution/services';

/** Makes the inputs of the child executions from the items: `{"BatchInput": …, "Items": […]}` each. */
export type Batch = (items: Iterable<Json> | AsyncIterable<Json>) => AsyncGenerator<Json>;

/** `ItemBatcher` (Step Functions Developer Guide, "ItemBatcher"): how many items, or bytes of items, one execution gets. */
export function compileBatches(map: Fields, flow: DataFlow): Evaluate<Batch> | undefined {
  const fields = map.object('ItemBatcher');
  if (!fields) return undefined;
  const maxItems = compileLimit(fields, flow, 'MaxItemsPerBatch');
  const maxBytes = compileLimit(fields, flow, 'MaxInputBytesPerBatch');
  const batchInput = flow.compileTemplate(fields, 'BatchInput', 'ItemBatcher');

  return async (visit, effective) => {
    const mostItems = (await maxItems?.(visit, effective)) ?? Number.POSITIVE_INFINITY;
    const mostBytes = Math.min((await maxBytes?.(visit, effective)) ?? MAX_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES);
    const shared = batchInput ? { BatchInput: await batchInput(visit, effective) } : {};
    const emptyBytes = bytesOf({ ...shared, Items: [] });
    const { clock } = visit.thread.execution.services;
    return async function* (items) {
      const batches = split(items, mostItems, mostBytes - emptyBytes, clock);
      for await (const Items of batches) yield { ...shared, Items };
    };
  };
}

function compileLimit(fields: Fields, flow: DataFlow, name: string): Evaluate<number> | undefined {
  const path = fields.text(`${name}Path`);
  const value = flow.compileValue(fields, name, 'integer', 'ItemBatcher');
  if (path === undefined) return value && (async (visit, effective) => Number(await value(visit, effective)));
  const read = fields.compile(`${name}Path`, () => compileLookup(path));
  return (visit, effective) => {
    const limit = Number(read(visit.scope(effective)));
    if (Number.isInteger(limit) && limit > 0) return limit;
    throw new PathEvaluationError(`The ${name}Path field does not reference a positive integer: ${path}`);
  };
}

const bytesOf = (value: Json): number => Buffer.byteLength(stringifyJson(value));

/** An item that alone exceeds the limit is its own batch. */
async function* split(
  items: Iterable<Json> | AsyncIterable<Json>,
  mostItems: number,
  mostBytes: number,
  clock: Clock,
): AsyncGenerator<Json[]> {
  let batch: Json[] = [];
  let bytes = 0;
  for await (const item of items) {
    const pause = clock.nextTurn?.();
    if (pause) await pause;
    const size = bytesOf(item) + 1;
    if (batch.length > 0 && (batch.length >= mostItems || bytes + size > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
