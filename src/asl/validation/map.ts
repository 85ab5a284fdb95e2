/** The Map state (States Language specification, "Map State"; Developer Guide, "Map workflow state"). */
import { ownField } from '../scopes';
import { anything, type Check, float, integer, listOf, oneOf, string } from './checks';
import { expression, jsonataValue, numeric } from './jsonata';
import {
  byLanguage,
  type Field,
  type Fields,
  has,
  isObject,
  jsonataOnly,
  jsonPathOnly,
  object,
} from './object';
import { payloadTemplate, referencePath } from './paths';
import type { Place } from './place';
import { scope } from './scope';

const path = referencePath();

/** Fields that only a distributed Map can use. */
const DISTRIBUTED_ONLY = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'];

const template: Check = byLanguage({
  JSONPath: payloadTemplate,
  JSONata: (value, at) => (isObject(value) ? jsonataValue(value, at) : expression(value, at)),
});

const items: Check = (value, at) =>
  Array.isArray(value) || isObject(value) ? jsonataValue(value, at) : expression(value, at);

const processorConfig = object(
  { fields: { Mode: oneOf('INLINE', 'DISTRIBUTED'), ExecutionType: oneOf('STANDARD', 'EXPRESS') } },
  (config, at) => {
    if (config.Mode === 'DISTRIBUTED') {
      if (!has(config, 'ExecutionType')) at.error('These fields are required: [ExecutionType]');
      if (at.type === 'EXPRESS') {
        at.field('Mode').error(
          "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
        );
      }
    } else if (has(config, 'ExecutionType')) at.error("Field 'ExecutionType' is not supported");
  },
);

const processorScope = scope({ ProcessorConfig: anything });

/** The processor's states run in child executions of a type of their own when it is distributed. */
const processor: Check = (value, at) => {
  const config = ownField(value, 'ProcessorConfig');
  if (config !== undefined) processorConfig(config, at.field('ProcessorConfig'));
  const type = isDistributed(value) && ownField(config, 'ExecutionType') === 'EXPRESS' ? 'EXPRESS' : at.type;
  processorScope(value, at.with({ type }));
};

function isDistributed(value: unknown): boolean {
  return ownField(ownField(value, 'ProcessorConfig'), 'Mode') === 'DISTRIBUTED';
}

const itemReader = object({
  required: ['Resource'],
  fields: {
    Resource: s3('getObject', 'listObjectsV2'),
    Parameters: jsonPathOnly(payloadTemplate),
    Arguments: jsonataOnly(jsonataValue),
    ReaderConfig: object(
      {
        fields: {
          InputType: oneOf('CSV', 'JSON', 'JSONL', 'MANIFEST', 'PARQUET'),
          Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
          ManifestType: oneOf('ATHENA_DATA', 'S3_INVENTORY'),
          CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
          CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
          CSVHeaders: listOf(string, { empty: false }),
          ItemsPointer: string,
          MaxItems: numeric(integer({ minimum: 0, maximum: 100_000_000 })),
          MaxItemsPath: jsonPathOnly(path),
        },
        atMostOneOf: [['MaxItems', 'MaxItemsPath']],
      },
      checkCsv,
    ),
  },
});

function checkCsv(config: Fields, at: Place): void {
  if (config.InputType === 'CSV' && !has(config, 'CSVHeaderLocation')) {
    at.error("The field 'CSVHeaderLocation' is required");
  }
  if (config.InputType === 'JSON' && has(config, 'CSVHeaderLocation')) {
    at.error("Field 'CSVHeaderLocation' is not supported");
  }
  if (config.CSVHeaderLocation === 'GIVEN' && !has(config, 'CSVHeaders')) {
    at.error('These fields are required: [CSVHeaders]');
  }
}

const itemBatcher = object({
  fields: {
    BatchInput: template,
    MaxItemsPerBatch: numeric(integer({ minimum: 0 })),
    MaxItemsPerBatchPath: jsonPathOnly(path),
    MaxInputBytesPerBatch: numeric(integer({ minimum: 0 })),
    MaxInputBytesPerBatchPath: jsonPathOnly(path),
  },
  atMostOneOf: [
    ['MaxItemsPerBatch', 'MaxItemsPerBatchPath'],
    ['MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'],
  ],
});

const resultWriter = object({
  fields: {
    Resource: s3('putObject'),
    Parameters: jsonPathOnly(payloadTemplate),
    Arguments: jsonataOnly(jsonataValue),
    WriterConfig: object({
      fields: { Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'), OutputType: oneOf('JSON', 'JSONL') },
    }),
  },
});

/** The actions of S3 that a Map can read from or write to. */
function s3(...actions: readonly string[]): Check {
  const allowed = new RegExp(`^arn:[^:]+:states:::s3:(${actions.join('|')})$`);
  return (value, at) => {
    if (typeof value !== 'string') at.error('Expected value of type String');
    else if (!value.includes('${') && !allowed.test(value)) {
      at.error("The field 'Resource' does not match any of the allowed values");
    }
  };
}

export const mapFields: Readonly<Record<string, Field>> = {
  ItemProcessor: processor,
  Iterator: processor,
  ItemsPath: jsonPathOnly(referencePath({ context: true })),
  Items: jsonataOnly(items),
  ItemSelector: template,
  Parameters: jsonPathOnly(payloadTemplate),
  ItemReader: itemReader,
  ItemBatcher: itemBatcher,
  ResultWriter: resultWriter,
  Label: string,
  MaxConcurrency: numeric(integer({ minimum: 0 })),
  MaxConcurrencyPath: jsonPathOnly(path),
  ToleratedFailurePercentage: numeric(float({ minimum: 0, maximum: 100 })),
  ToleratedFailurePercentagePath: jsonPathOnly(path),
  ToleratedFailureCount: numeric(integer({ minimum: 0 })),
  ToleratedFailureCountPath: jsonPathOnly(path),
};

export function checkDistributedOnly(map: Fields, at: Place): void {
  if (isDistributed(map.ItemProcessor ?? map.Iterator)) return;
  for (const name of DISTRIBUTED_ONLY) {
    if (!has(map, name)) continue;
    at.error(`Field '${name}' is not supported. It needs a processor of Mode DISTRIBUTED`);
  }
}
