import { CSV_DELIMITERS } from '../../../../asl/csv-delimiters';
import { isObject, type Json } from '../../../data';
import type { DataFlow, Evaluate } from '../../../data-flow/data-flow';
import type { Fields } from '../../../definition/fields';
import {
  hasTexts,
  type ListRequest,
  type ObjectRequest,
  type ObjectStore,
} from '../../../execution/object-store';
import type { Clock } from '../../../execution/services';
import type { MapItem } from '../../../execution/thread';
import { ItemReaderError, MapRunError, NO_OBJECT_STORE } from '../errors';
import type { Entry } from '../items';
import { compileMaxItems } from '../numbers';
import { recordsOf } from './csv';
import { jsonEntries, jsonLines, parsed } from './json';
import { athenaObjects, inventoryOf } from './manifest';
import { textOf } from './text';

/** `ReaderConfig`, except for MaxItems. */
interface ReaderConfig {
  readonly inputType: string;
  readonly isInventory: boolean;
  readonly isAthena: boolean;
  readonly isFlattened: boolean;
  readonly delimiter: string;
  /** Undefined: the first row. */
  readonly headers: readonly string[] | undefined;
  readonly pointer: string | undefined;
}

/** An item with the object, or the bucket, that it was read from. */
type SourcedEntry = Entry & { readonly Source: string };

/**
 * `ItemReader` (Step Functions Developer Guide, "ItemReader (Map)"): the items come from objects of S3, one after the other,
 * while the Map runs. Reading throws an `ItemReaderError`. Undefined for a Map without it.
 */
export function compileItemReader(map: Fields, flow: DataFlow): Evaluate<AsyncIterable<MapItem>> | undefined {
  const fields = map.object('ItemReader');
  if (!fields) return undefined;
  const name = flow.language === 'JSONata' ? 'Arguments' : 'Parameters';
  const request = flow.compileTemplate(fields, name, 'ItemReader') ?? (() => ({}));
  const lists = fields.text('Resource')?.endsWith(':listObjectsV2') ?? false;
  const readerConfig = fields.object('ReaderConfig');
  const config = readConfig(readerConfig);
  const mostItems = compileMaxItems(readerConfig, flow);

  return async (visit, effective) => {
    const { objects, clock } = visit.thread.execution.services;
    const members = await request(visit, effective);
    const most = await mostItems(visit, effective);
    return read(clock, () => {
      if (!objects) throw new ItemReaderError(NO_OBJECT_STORE);
      return numbered(lists ? listed(objects, members, config) : fromObject(objects, members, config), most);
    });
  };
}

function readConfig(fields: Fields | undefined): ReaderConfig {
  const inputType = fields?.text('InputType') ?? 'JSON';
  const manifestType = fields?.text('ManifestType');
  const isAthena = manifestType === 'ATHENA_DATA';
  const location = fields?.text('CSVHeaderLocation');
  return {
    inputType,
    isAthena,
    isInventory: !isAthena && (inputType === 'MANIFEST' || manifestType === 'S3_INVENTORY'),
    isFlattened: fields?.text('Transformation') === 'LOAD_AND_FLATTEN',
    delimiter: CSV_DELIMITERS[fields?.text('CSVDelimiter') ?? 'COMMA'] ?? ',',
    headers: location === 'GIVEN' ? fields?.texts('CSVHeaders') : undefined,
    pointer: fields?.text('ItemsPointer'),
  };
}

/** Reads on while simulated time stands still. Whatever goes wrong is an ItemReaderError. */
async function* read(clock: Clock, open: () => AsyncGenerator<MapItem>): AsyncGenerator<MapItem> {
  let items: AsyncGenerator<MapItem> | undefined;
  try {
    items = open();
    for (;;) {
      const release = clock.hold?.();
      const step = await items.next().finally(release);
      if (step.done) return;
      yield step.value;
    }
  } catch (error) {
    throw error instanceof MapRunError ? error : new ItemReaderError((error as Error).message);
  } finally {
    await items?.return(undefined);
  }
}

async function* numbered(entries: AsyncIterable<SourcedEntry>, most: number): AsyncGenerator<MapItem> {
  let Index = 0;
  if (most <= Index) return;
  for await (const entry of entries) {
    yield { Index, ...entry };
    Index++;
    if (Index >= most) return;
  }
}

async function* listed(
  store: ObjectStore,
  request: Json,
  config: ReaderConfig,
): AsyncGenerator<SourcedEntry> {
  const list = needed<ListRequest>(request, ['Bucket']);
  const { Bucket } = list;
  const Source = `S3://${Bucket}`;
  for await (const page of store.list(list)) {
    for (const object of page) {
      if (!config.isFlattened) yield { Value: object, Source };
      // What the console creates for a folder is an empty object.
      else if (!object.Key.endsWith('/')) yield* entriesIn(store, { Bucket, Key: object.Key }, config);
    }
  }
}

async function* fromObject(
  store: ObjectStore,
  request: Json,
  config: ReaderConfig,
): AsyncGenerator<SourcedEntry> {
  const object = needed<ObjectRequest>(request, ['Bucket', 'Key']);
  if (config.isInventory) {
    let manifest = '';
    for await (const piece of textOf(await store.read(object))) manifest += piece;
    const { files, columns } = inventoryOf(parsed(manifest, 'The manifest'));
    const csv = { ...config, inputType: 'CSV', headers: columns, delimiter: ',' };
    for (const file of files) yield* entriesIn(store, file, csv);
  } else if (config.isAthena) {
    for await (const file of athenaObjects(textOf(await store.read(object)))) {
      yield* entriesIn(store, file, config);
    }
  } else {
    yield* entriesIn(store, object, config);
  }
}

async function* entriesIn(
  store: ObjectStore,
  object: ObjectRequest,
  config: ReaderConfig,
): AsyncGenerator<SourcedEntry> {
  const Source = `S3://${object.Bucket}/${object.Key}`;
  const entries = formatOf(config);
  for await (const entry of entries(textOf(await store.read(object)))) yield { ...entry, Source };
}

function formatOf({
  inputType,
  delimiter,
  headers,
  pointer,
}: ReaderConfig): (text: AsyncIterable<string>) => AsyncIterable<Entry> {
  switch (inputType) {
    case 'CSV':
      return async function* (text) {
        for await (const Value of recordsOf(text, delimiter, headers)) yield { Value };
      };
    case 'JSON':
      return (text) => jsonEntries(text, pointer);
    case 'JSONL':
      return jsonLines;
    default:
      throw new ItemReaderError(
        `The InputType ${inputType} cannot be read here. Use CSV, JSON or JSONL for the data.`,
      );
  }
}

/** @throws ItemReaderError when a member is missing */
function needed<R extends ListRequest>(request: Json, names: readonly string[]): R {
  if (isObject(request) && hasTexts(request, names)) return request as R;
  throw new ItemReaderError(`The ItemReader needs ${names.join(' and ')}, each a text that is not empty.`);
}
