/** What only a distributed Map has: where items come from, how they are batched, where results go. */
import type { None, OneOf } from '../exclusive';
import type { JsonataExpression, JsonObject, JsonValue, PayloadTemplate } from '../values';
import type { JsonataNumber, NumberAndPath } from './fields';

/** How a data source is read (Developer Guide, "ItemReader (Map)", ReaderConfig). */
interface ReaderFormat {
  readonly InputType?: 'CSV' | 'JSON' | 'JSONL' | 'MANIFEST' | 'PARQUET';
  readonly Transformation?: 'NONE' | 'LOAD_AND_FLATTEN';
  readonly ManifestType?: 'ATHENA_DATA' | 'S3_INVENTORY';
  readonly CSVDelimiter?: 'COMMA' | 'PIPE' | 'SEMICOLON' | 'SPACE' | 'TAB';
  readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
  readonly CSVHeaders?: readonly string[];
  /** A JSON pointer to the array inside a JSON file, such as `/Orders/Items`. */
  readonly ItemsPointer?: `/${string}`;
}

export interface JsonPathItemReader {
  readonly Resource: string;
  readonly Parameters?: PayloadTemplate;
  readonly ReaderConfig?: ReaderFormat & OneOf<Partial<NumberAndPath<'MaxItems'>>>;
}

export interface JsonataItemReader {
  readonly Resource: string;
  readonly Arguments?: JsonValue;
  readonly ReaderConfig?: ReaderFormat & { readonly MaxItems?: JsonataNumber };
}

export type JsonPathItemBatcher = {
  readonly BatchInput?: PayloadTemplate;
} & OneOf<Partial<NumberAndPath<'MaxItemsPerBatch'>>> &
  OneOf<Partial<NumberAndPath<'MaxInputBytesPerBatch'>>>;

export interface JsonataItemBatcher {
  readonly BatchInput?: JsonObject | JsonataExpression;
  readonly MaxItemsPerBatch?: JsonataNumber;
  readonly MaxInputBytesPerBatch?: JsonataNumber;
}

/** How results are written (Developer Guide, "ResultWriter (Map)", WriterConfig). */
interface WriterConfig {
  readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
  readonly OutputType?: 'JSON' | 'JSONL';
}

/** With WriterConfig alone the results are shaped but not exported. */
export type JsonPathResultWriter = { readonly WriterConfig?: WriterConfig } & (
  | { readonly Resource: string; readonly Parameters: PayloadTemplate }
  | None<'Resource' | 'Parameters'>
);

/** With WriterConfig alone the results are shaped but not exported. */
export type JsonataResultWriter = { readonly WriterConfig?: WriterConfig } & (
  | { readonly Resource: string; readonly Arguments: JsonValue }
  | None<'Resource' | 'Arguments'>
);
