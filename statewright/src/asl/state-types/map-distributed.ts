/** The fields of a distributed Map alone: the source of the items, their batches, and the results. */
import type { None, OneOf } from '../exclusive';
import type { Token } from '../token';
import type { JsonataExpression, JsonObject, JsonPath, JsonValue, PayloadTemplate } from '../values';
import type { JsonataNumber } from './fields';

interface DistributedFields {
  /** Part of the child executions' ARNs; at most 40 characters, and unique in the state machine. */
  readonly Label?: string;
}

/** The optional fields of a distributed Map alone. */
export interface JsonPathDistributedFields extends DistributedFields {
  /** Reads the items from Amazon S3 (Developer Guide, "ItemReader (Map)"). */
  readonly ItemReader?: JsonPathItemReader;
  /** Groups the items into batches, one for each child execution (Developer Guide, "ItemBatcher (Map)"). */
  readonly ItemBatcher?: JsonPathItemBatcher;
  /** Transforms the results and writes them to Amazon S3 (Developer Guide, "ResultWriter (Map)"). */
  readonly ResultWriter?: JsonPathResultWriter;
}

/** The optional fields of a distributed Map alone. */
export interface JsonataDistributedFields extends DistributedFields {
  /** Reads the items from Amazon S3 (Developer Guide, "ItemReader (Map)"). */
  readonly ItemReader?: JsonataItemReader;
  /** Groups the items into batches, one for each child execution (Developer Guide, "ItemBatcher (Map)"). */
  readonly ItemBatcher?: JsonataItemBatcher;
  /** Transforms the results and writes them to Amazon S3 (Developer Guide, "ResultWriter (Map)"). */
  readonly ResultWriter?: JsonataResultWriter;
}

interface Reader {
  /** The objects of a bucket, or the content of one object. */
  readonly Resource: `arn:${string}:states:::s3:${'getObject' | 'listObjectsV2'}`;
}

interface ReaderOptions {
  /** NONE lists the objects, LOAD_AND_FLATTEN reads the items inside them (default: NONE). */
  readonly Transformation?: 'NONE' | 'LOAD_AND_FLATTEN';
  /** The type of the manifest. */
  readonly ManifestType?: 'ATHENA_DATA' | 'S3_INVENTORY';
  /** The delimiter of the columns (default: COMMA). */
  readonly CSVDelimiter?: 'COMMA' | 'PIPE' | 'SEMICOLON' | 'SPACE' | 'TAB';
  /** A JSON pointer to the array inside a JSON file, such as `/Orders/Items`. */
  readonly ItemsPointer?: `/${string}`;
}

/** The names of the columns: in the first row, or given in CSVHeaders. */
type Headers =
  | { readonly CSVHeaderLocation: 'FIRST_ROW'; readonly CSVHeaders?: readonly string[] }
  | { readonly CSVHeaderLocation: 'GIVEN'; readonly CSVHeaders: readonly string[] | Token };

interface OtherFormat {
  /** The format of the data; without it, the objects of a bucket are listed. */
  readonly InputType?: 'JSONL' | 'MANIFEST' | 'PARQUET';
  /** Where the names of the columns are. */
  readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
  /** The names of the columns. */
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
  /** The maximum number of items to read (default: all). */
  readonly MaxItems?: number | Token;
  /** A reference path to the maximum number of items to read. */
  readonly MaxItemsPath?: JsonPath;
}

type JsonPathReaderConfig = ReaderFormat & OneOf<MostItems>;

type JsonataReaderConfig = ReaderFormat & {
  /** The maximum number of items to read (default: all). */
  readonly MaxItems?: JsonataNumber;
};

interface JsonPathItemReader extends Reader {
  /** The bucket, and the key or the prefix. */
  readonly Parameters: PayloadTemplate | Token;
  /** How the data is read. */
  readonly ReaderConfig?: JsonPathReaderConfig;
}

interface JsonataItemReader extends Reader {
  /** The bucket, and the key or the prefix. */
  readonly Arguments: JsonValue;
  /** How the data is read. */
  readonly ReaderConfig?: JsonataReaderConfig;
}

interface ItemsPerBatch {
  /** The maximum number of items of a child execution. */
  readonly MaxItemsPerBatch: number | Token;
  /** A reference path to the maximum number of items of a child execution. */
  readonly MaxItemsPerBatchPath: JsonPath;
}

interface BytesPerBatch {
  /** The maximum input of a child execution in bytes, up to 262144. */
  readonly MaxInputBytesPerBatch: number | Token;
  /** A reference path to the maximum input of a child execution in bytes. */
  readonly MaxInputBytesPerBatchPath: JsonPath;
}

/** At least one of the limits. */
type JsonPathItemBatcher = {
  /** The fixed input that every batch gets in addition to its items. */
  readonly BatchInput?: PayloadTemplate | Token;
} & (
  | (OneOf<ItemsPerBatch> & OneOf<Partial<BytesPerBatch>>)
  | (OneOf<BytesPerBatch> & None<keyof ItemsPerBatch>)
);

interface JsonataBatchLimits {
  /** The maximum number of items of a child execution. */
  readonly MaxItemsPerBatch: JsonataNumber;
  /** The maximum input of a child execution in bytes, up to 262144. */
  readonly MaxInputBytesPerBatch: JsonataNumber;
}

/** At least one of the limits. */
type JsonataItemBatcher = {
  /** The fixed input that every batch gets in addition to its items. */
  readonly BatchInput?: JsonObject | Token | JsonataExpression;
} & Partial<JsonataBatchLimits> &
  (Pick<JsonataBatchLimits, 'MaxItemsPerBatch'> | Pick<JsonataBatchLimits, 'MaxInputBytesPerBatch'>);

/** How results are written (Developer Guide, "ResultWriter (Map)", WriterConfig). */
interface WriterConfig {
  /** COMPACT returns the outputs, FLATTEN joins outputs that are arrays, NONE also returns the workflow metadata. */
  readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
  /** One array, or one output on each line. */
  readonly OutputType?: 'JSON' | 'JSONL';
}

interface Shaped {
  /** The form of the results. Without a Resource, the results are transformed but not written. */
  readonly WriterConfig: WriterConfig;
}

interface Written extends Partial<Shaped> {
  /** Where the results are written. */
  readonly Resource: `arn:${string}:states:::s3:putObject`;
}

interface JsonPathWritten extends Written {
  /** The bucket and the prefix. */
  readonly Parameters: PayloadTemplate | Token;
}

interface JsonataWritten extends Written {
  /** The bucket and the prefix. */
  readonly Arguments: JsonValue;
}

/** Results are transformed, or written, or both. */
type JsonPathResultWriter = JsonPathWritten | (Shaped & None<'Resource' | 'Parameters'>);

/** Results are transformed, or written, or both. */
type JsonataResultWriter = JsonataWritten | (Shaped & None<'Resource' | 'Arguments'>);
