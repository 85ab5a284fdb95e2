/** The Map state (States Language specification, "Map State"; Developer Guide, "Map workflow state"). */
import { isObject } from '../../is-object';
import { ownField } from '../graph';
import { type Check, described, float, integer, named, oneOf, schemaOf, string } from './checks';
import { type JsonSchema, orPlaceholder, whenField } from './json-schema';
import { expression, jsonataValue, numeric } from './jsonata';
import { itemBatcher, itemReader, resultWriter, template } from './map-distributed';
import { type Field, type Fields, has, jsonataOnly, jsonPathOnly, object } from './object';
import { payloadTemplate, referencePath } from './paths';
import type { Place } from './place';
import { scope } from './scope';

const path = referencePath();

/** Fields that only a distributed Map has. */
const DISTRIBUTED_ONLY = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'];

const items: Check = described(
  (at) => ({
    anyOf: [{ type: ['array', 'object'], allOf: [schemaOf(jsonataValue, at)] }, schemaOf(expression, at)],
  }),
  (value, at) => (Array.isArray(value) || isObject(value) ? jsonataValue(value, at) : expression(value, at)),
);

const processorConfig = named(
  'ProcessorConfig',
  object(
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
    () => whenField('Mode', 'DISTRIBUTED', { required: ['ExecutionType'] }),
  ),
);

/** `processor` checks the configuration before everything else. */
const processorScope = named(
  'Processor',
  scope({
    ProcessorConfig: described(
      (at) => schemaOf(processorConfig, at),
      () => {},
    ),
  }),
);

/** The states of a distributed processor run in child executions, which have their own type. */
const processor: Check = described(
  (at) => schemaOf(processorScope, at),
  (value, at) => {
    const config = ownField(value, 'ProcessorConfig');
    if (config !== undefined) processorConfig(config, at.field('ProcessorConfig'));
    const type =
      isDistributed(value) && ownField(config, 'ExecutionType') === 'EXPRESS' ? 'EXPRESS' : at.type;
    processorScope(value, at.with({ type }));
  },
);

function isDistributed(value: unknown): boolean {
  return ownField(ownField(value, 'ProcessorConfig'), 'Mode') === 'DISTRIBUTED';
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

/** Each of them needs a processor whose Mode is DISTRIBUTED. */
export function schemaOfDistributedOnly(): JsonSchema {
  const mode = { properties: { Mode: { pattern: orPlaceholder('^DISTRIBUTED$') } }, required: ['Mode'] };
  const distributed = { properties: { ProcessorConfig: mode }, required: ['ProcessorConfig'] };
  const processor = { properties: { ItemProcessor: distributed, Iterator: distributed } };
  return { dependencies: Object.fromEntries(DISTRIBUTED_ONLY.map((name) => [name, processor])) };
}

export function checkDistributedOnly(map: Fields, at: Place): void {
  if (isDistributed(map.ItemProcessor ?? map.Iterator)) return;
  for (const name of DISTRIBUTED_ONLY) {
    if (!has(map, name)) continue;
    at.error(`Field '${name}' is not supported. It needs a processor of Mode DISTRIBUTED`);
  }
}
