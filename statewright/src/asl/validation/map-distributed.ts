/** The fields of a distributed Map alone (Developer Guide, "ItemReader", "ItemBatcher" and "ResultWriter"). */
import { isObject } from '../../is-object';
import { CSV_DELIMITERS } from '../csv-delimiters';
import { MAX_PAYLOAD_BYTES } from '../quotas';
import { parseResource, type TaskResource } from '../resource';
import { type Check, described, integer, listOf, named, oneOf, schemaOf, string } from './checks';
import { orPlaceholder, whenField } from './json-schema';
import { expression, jsonataValue, numeric } from './jsonata';
import { byLanguage, type Fields, has, jsonataOnly, jsonPathOnly, object } from './object';
import { payloadTemplate, referencePath } from './paths';
import type { Place } from './place';

const path = referencePath();

/** An object that is built from the data. */
export const template: Check = byLanguage({
  JSONPath: payloadTemplate,
  JSONata: described(
    (at) => ({ anyOf: [{ type: 'object', allOf: [schemaOf(jsonataValue, at)] }, schemaOf(expression, at)] }),
    (value, at) => (isObject(value) ? jsonataValue(value, at) : expression(value, at)),
  ),
});

/** The field that names the S3 object; it depends on the query language. */
const request = { Parameters: jsonPathOnly(payloadTemplate), Arguments: jsonataOnly(jsonataValue) };

const requestField = (at: Pick<Place, 'language'>) =>
  at.language === 'JSONata' ? 'Arguments' : 'Parameters';

function requireFields(fields: Fields, at: Place, ...names: readonly string[]): void {
  const missing = names.filter((name) => !has(fields, name));
  if (missing.length > 0) at.error(`These fields are required: [${missing.join(', ')}]`);
}

/** RFC 6901; AWS's message is not known. */
const jsonPointer: Check = described({ type: 'string', pattern: orPlaceholder('^/') }, (value, at) => {
  if (typeof value !== 'string') at.error('Expected value of type String');
  else if (!/^(\/([^/~]|~[01])*)+$/u.test(value)) at.error('Value must be a valid JSON Pointer');
});

const readerConfig = named(
  'ReaderConfig',
  object(
    {
      fields: {
        InputType: oneOf('CSV', 'JSON', 'JSONL', 'MANIFEST', 'PARQUET'),
        Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
        ManifestType: oneOf('ATHENA_DATA', 'S3_INVENTORY'),
        CSVDelimiter: oneOf(...Object.keys(CSV_DELIMITERS)),
        CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
        CSVHeaders: listOf(string, { empty: false }),
        ItemsPointer: jsonPointer,
        MaxItems: numeric(integer({ minimum: 0, maximum: 100_000_000 })),
        MaxItemsPath: jsonPathOnly(path),
      },
      atMostOneOf: [['MaxItems', 'MaxItemsPath']],
    },
    checkCsv,
    () => ({
      allOf: [
        whenField('InputType', 'CSV', { required: ['CSVHeaderLocation'] }),
        whenField('InputType', 'JSON', { properties: { CSVHeaderLocation: false } }),
        whenField('CSVHeaderLocation', 'GIVEN', { required: ['CSVHeaders'] }),
      ],
    }),
  ),
);

function checkCsv(config: Fields, at: Place): void {
  if (config.InputType === 'CSV' && !has(config, 'CSVHeaderLocation')) {
    at.error("The field 'CSVHeaderLocation' is required");
  }
  if (config.InputType === 'JSON' && has(config, 'CSVHeaderLocation')) {
    at.error("Field 'CSVHeaderLocation' is not supported");
  }
  if (config.CSVHeaderLocation === 'GIVEN') requireFields(config, at, 'CSVHeaders');
}

/** Parameters, or Arguments, are required; the API's message for this is assumed. */
export const itemReader = named(
  'ItemReader',
  object(
    {
      required: ['Resource'],
      fields: { Resource: s3('getObject', 'listObjectsV2'), ...request, ReaderConfig: readerConfig },
    },
    (reader, at) => requireFields(reader, at, requestField(at)),
    (at) => ({ required: [requestField(at)] }),
  ),
);

export const itemBatcher = named(
  'ItemBatcher',
  object(
    {
      fields: {
        BatchInput: template,
        MaxItemsPerBatch: numeric(integer({ minimum: 1 })),
        MaxItemsPerBatchPath: jsonPathOnly(path),
        MaxInputBytesPerBatch: numeric(integer({ minimum: 1, maximum: MAX_PAYLOAD_BYTES })),
        MaxInputBytesPerBatchPath: jsonPathOnly(path),
      },
      atMostOneOf: [
        ['MaxItemsPerBatch', 'MaxItemsPerBatchPath'],
        ['MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'],
      ],
    },
    (batcher, at) => {
      const limits = Object.keys(batcher).filter((name) => name.startsWith('Max') && has(batcher, name));
      // The guide requires one; AWS's message is not known.
      if (limits.length === 0) at.error('Needs MaxItemsPerBatch or MaxInputBytesPerBatch, or both');
    },
    () => ({
      anyOf: [
        'MaxItemsPerBatch',
        'MaxItemsPerBatchPath',
        'MaxInputBytesPerBatch',
        'MaxInputBytesPerBatchPath',
      ].map((name) => ({ required: [name] })),
    }),
  ),
);

/** WriterConfig transforms results, Resource writes them to S3; the guide requires one. AWS's message is not known. */
export const resultWriter = named(
  'ResultWriter',
  object(
    {
      fields: {
        Resource: s3('putObject'),
        ...request,
        WriterConfig: named(
          'WriterConfig',
          object({
            fields: {
              Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'),
              OutputType: oneOf('JSON', 'JSONL'),
            },
          }),
        ),
      },
    },
    (writer, at) => {
      const exports = ['Resource', requestField(at)];
      if (exports.some((name) => has(writer, name))) requireFields(writer, at, ...exports);
      else if (!has(writer, 'WriterConfig')) at.error('Value cannot be empty');
    },
    (at) => ({
      minProperties: 1,
      dependencies: { Resource: [requestField(at)], [requestField(at)]: ['Resource'] },
    }),
  ),
);

/** The actions of S3 that a Map can read from or write to. */
function s3(...actions: readonly string[]): Check {
  const isAllowed = (called: TaskResource) =>
    called.kind === 'integration' &&
    !called.sdk &&
    called.service === 's3' &&
    called.suffix === '' &&
    actions.includes(called.action);
  const schema = {
    type: 'string',
    pattern: orPlaceholder(`:states:::s3:(?:${actions.join('|')})$`),
    examples: actions.map((action) => `arn:aws:states:::s3:${action}`),
  };
  return described(schema, (value, at) => {
    if (typeof value !== 'string') at.error('Expected value of type String');
    else if (!isAllowed(parseResource(value))) {
      at.error("The field 'Resource' does not match any of the allowed values");
    }
  });
}
