/** What only a distributed Map has: where items come from, how they are batched, where results go. */
import type { None, OneOf } from '../exclusive';
import type { JsonataExpression, JsonObject, JsonPath, JsonValue, PayloadTemplate } from '../values';
import type { JsonataNumber } from './fields';

interface DistributedFields {
  /** Part of the child executions' ARNs; at most 40 characters, and one of its kind in the machine. */
  readonly Label?: string;
}

/** What only a distributed Map may have. */
export interface JsonPathDistributedFields extends DistributedFields {
  /** Reads the items from Amazon S3 (Developer Guide, "ItemReader (Map)"). */
  readonly ItemReader?: JsonPathItemReader;
  /** Gives each child execution several items (Developer Guide, "ItemBatcher (Map)"). */
  readonly ItemBatcher?: JsonPathItemBatcher;
  /** Shapes the results and writes them to Amazon S3 (Developer Guide, "ResultWriter (Map)"). */
  readonly ResultWriter?: JsonPathResultWriter;
}

/** What only a distributed Map may have. */
export interface JsonataDistributedFields extends DistributedFields {
  /** Reads the items from Amazon S3 (Developer Guide, "ItemReader (Map)"). */
  readonly ItemReader?: JsonataItemReader;
  /** Gives each child execution several items (Developer Guide, "ItemBatcher (Map)"). */
  readonly ItemBatcher?: JsonataItemBatcher;
  /** Shapes the results and writes them to Amazon S3 (Developer Guide, "ResultWriter (Map)"). */
  readonly ResultWriter?: JsonataResultWriter;
}

interface Reader {
  /** The objects of a bucket, or what one object holds. */
  readonly Resource: `arn:${string}:states:::s3:${'getObject' | 'listObjectsV2'}`;
}

interface ReaderOptions {
  /** LOAD_AND_FLATTEN reads the items inside the objects that are listed; NONE, the default, lists them. */
  readonly Transformation?: 'NONE' | 'LOAD_AND_FLATTEN';
  /** What a manifest lists. */
  readonly ManifestType?: 'ATHENA_DATA' | 'S3_INVENTORY';
  /** What parts the columns; COMMA by default. */
  readonly CSVDelimiter?: 'COMMA' | 'PIPE' | 'SEMICOLON' | 'SPACE' | 'TAB';
  /** A JSON pointer to the array inside a JSON file, such as `/Orders/Items`. */
  readonly ItemsPointer?: `/${string}`;
}

/** The names of the columns: in the first row, or given in CSVHeaders. */
type Headers =
  | { readonly CSVHeaderLocation: 'FIRST_ROW'; readonly CSVHeaders?: readonly string[] }
  | { readonly CSVHeaderLocation: 'GIVEN'; readonly CSVHeaders: readonly [string, ...string[]] };

interface OtherFormat {
  readonly InputType?: 'JSONL' | 'MANIFEST' | 'PARQUET';
  readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
  readonly CSVHeaders?: readonly string[];
}

/** How a data source is read (Developer Guide, "ItemReader (Map)", ReaderConfig). */
type ReaderFormat = ReaderOptions &
  (
    | ({ readonly InputType: 'CSV' } & Headers)
    | ({ readonly InputType: 'JSON' } & None<keyof Headers>)
    | OtherFormat
  );

interface MostItems {
  /** How many items are read at most; all of them by default. */
  readonly MaxItems?: number;
  /** A reference path to how many items are read at most. */
  readonly MaxItemsPath?: JsonPath;
}

interface JsonPathItemReader extends Reader {
  /** The bucket, and the key or the prefix. */
  readonly Parameters: PayloadTemplate;
  /** How the data is read. */
  readonly ReaderConfig?: ReaderFormat & OneOf<MostItems>;
}

interface JsonataItemReader extends Reader {
  /** The bucket, and the key or the prefix. */
  readonly Arguments: JsonValue;
  /** How the data is read. */
  readonly ReaderConfig?: ReaderFormat & { readonly MaxItems?: JsonataNumber };
}

interface ItemsPerBatch {
  /** How many items a child execution gets at most. */
  readonly MaxItemsPerBatch: number;
  /** A reference path to how many items a child execution gets at most. */
  readonly MaxItemsPerBatchPath: JsonPath;
}

interface BytesPerBatch {
  /** How many bytes of input a child execution gets at most; up to 262144. */
  readonly MaxInputBytesPerBatch: number;
  /** A reference path to how many bytes of input a child execution gets at most. */
  readonly MaxInputBytesPerBatchPath: JsonPath;
}

/** One limit at least. */
type JsonPathItemBatcher = {
  /** What every batch gets beside its items. */
  readonly BatchInput?: PayloadTemplate;
} & (
  | (OneOf<ItemsPerBatch> & OneOf<Partial<BytesPerBatch>>)
  | (OneOf<BytesPerBatch> & None<keyof ItemsPerBatch>)
);

interface JsonataBatchLimits {
  /** How many items a child execution gets at most. */
  readonly MaxItemsPerBatch: JsonataNumber;
  /** How many bytes of input a child execution gets at most; up to 262144. */
  readonly MaxInputBytesPerBatch: JsonataNumber;
}

/** One limit at least. */
type JsonataItemBatcher = {
  /** What every batch gets beside its items. */
  readonly BatchInput?: JsonObject | JsonataExpression;
} & Partial<JsonataBatchLimits> &
  (Pick<JsonataBatchLimits, 'MaxItemsPerBatch'> | Pick<JsonataBatchLimits, 'MaxInputBytesPerBatch'>);

/** How results are written (Developer Guide, "ResultWriter (Map)", WriterConfig). */
interface WriterConfig {
  /** COMPACT is the outputs alone, FLATTEN joins outputs that are arrays, NONE keeps what AWS tells of each execution. */
  readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
  /** An array, or an output a line. */
  readonly OutputType?: 'JSON' | 'JSONL';
}

interface Shaped {
  /** How the results look. Alone, without Resource, they are shaped and not written. */
  readonly WriterConfig: WriterConfig;
}

interface Written extends Partial<Shaped> {
  /** Where the results are written. */
  readonly Resource: `arn:${string}:states:::s3:putObject`;
}

interface JsonPathWritten extends Written {
  /** The bucket and the prefix. */
  readonly Parameters: PayloadTemplate;
}

interface JsonataWritten extends Written {
  /** The bucket and the prefix. */
  readonly Arguments: JsonValue;
}

/** Results are shaped, or written, or both. */
type JsonPathResultWriter = JsonPathWritten | (Shaped & None<'Resource' | 'Parameters'>);

/** Results are shaped, or written, or both. */
type JsonataResultWriter = JsonataWritten | (Shaped & None<'Resource' | 'Arguments'>);
