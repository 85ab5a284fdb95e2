import {
  compilePath,
  isArray,
  type JsonArray,
  PathEvaluationError,
  QueryEvaluationError,
  StatesError,
} from '../../data';
import type { DataFlow, Evaluate } from '../../data-flow/data-flow';
import type { Fields } from '../../definition/fields';
import { then } from '../../maybe-promise';

/** The items of a Map: from `Items` or `ItemsPath`, or the state's input. */
export function compileItems(fields: Fields, flow: DataFlow): Evaluate<JsonArray> {
  if (fields.has('ItemReader')) return refuseItemReader;
  const items = flow.compileValue(fields, 'Items', 'array');
  if (items) return (visit, effective) => then(items(visit, effective), (value) => value as JsonArray);
  return flow.language === 'JSONata' ? inputItems : compileItemsPath(fields);
}

const inputItems: Evaluate<JsonArray> = (visit) => {
  const { value, text } = visit.input;
  if (isArray(value)) return value;
  throw new QueryEvaluationError(`Map state input must be an array but was: ${text}`, '');
};

function compileItemsPath(fields: Fields): Evaluate<JsonArray> {
  const path = fields.text('ItemsPath') ?? '$';
  const read = fields.compile('ItemsPath', () => compilePath(path, 'ItemsPath'));
  return (visit, effective) => {
    const value = read(visit.scope(effective));
    if (isArray(value)) return value;
    throw new PathEvaluationError(`Reference path "${path}" must point to array.`);
  };
}

/** ItemReader reads only from S3, which does not exist here. */
const refuseItemReader: Evaluate<JsonArray> = () => {
  throw new StatesError(
    'States.ItemReaderFailed',
    'ItemReader reads from Amazon S3, which does not exist in a local execution: pass the items with Items or ItemsPath.',
  );
};
