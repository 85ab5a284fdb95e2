import {
  compilePath,
  isArray,
  isObject,
  type Json,
  PathEvaluationError,
  Payload,
  QueryEvaluationError,
} from '../../data';
import type { DataFlow, Evaluate } from '../../data-flow/data-flow';
import type { Fields } from '../../definition/fields';
import type { MapItem } from '../../execution/thread';
import { then } from '../../maybe-promise';

/** The items of a Map: from `Items` or `ItemsPath`, or the state's input. */
export type MapItems = readonly MapItem[];

/** What an iteration receives: its item, or the pair of key and value of an object's member. */
export const iterationInput = ({ Key, Value }: MapItem): Json => (Key === undefined ? Value : { Key, Value });

/** An item before it is numbered. */
export type Entry = Pick<MapItem, 'Key' | 'Value'>;

/** Compiles where a Map's items come from. */
export function compileItems(fields: Fields, flow: DataFlow): Evaluate<MapItems> {
  const items = flow.compileValue(fields, 'Items', 'array');
  if (items) return (visit, effective) => then(items(visit, effective), (value) => itemsOf(value) ?? []);
  return flow.language === 'JSONata' ? inputItems : compileItemsPath(fields);
}

/** The items of an array or an object (Developer Guide, "ItemsPath"); undefined for any other value. */
export function entriesOf(value: Json | undefined): Entry[] | undefined {
  if (isArray(value)) return value.map((Value) => ({ Value }));
  return isObject(value) ? Object.entries(value).map(([Key, Value]) => ({ Key, Value })) : undefined;
}

const itemsOf = (value: Json): MapItems | undefined =>
  isArray(value)
    ? value.map((Value, Index) => ({ Index, Value }))
    : entriesOf(value)?.map((entry, Index) => ({ Index, ...entry }));

const inputItems: Evaluate<MapItems> = (visit) => {
  const { value, text } = visit.input;
  // In recorded executions of AWS, neither the input nor an expression may be an object, which Items itself may be.
  if (isArray(value)) return itemsOf(value) as MapItems;
  throw new QueryEvaluationError(`Map state input must be an array but was: ${text}`, '');
};

function compileItemsPath(fields: Fields): Evaluate<MapItems> {
  const path = fields.text('ItemsPath') ?? '$';
  // In recorded answers of AWS, an object of the context object has no items; one in the input has.
  const inContext = path.startsWith('$$');
  const read = fields.compile('ItemsPath', () => compilePath(path, 'ItemsPath'));
  return (visit, effective) => {
    const value = read(visit.scope(effective));
    const items = isArray(value) || !inContext ? itemsOf(value) : undefined;
    // AWS names a path into the context object without its second `$`.
    if (!items)
      throw new PathEvaluationError(`Reference path "${path.replace('$$', '$')}" must point to array.`);
    visit.inspection?.report('afterItemsPath', Payload.ofValue(value).text);
    return items;
  };
}
