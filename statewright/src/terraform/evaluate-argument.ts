import { ExpressionError } from './errors';
import { attempt, type EvalContext, evaluate, withNames } from './evaluate';
import { parseTemplate } from './parse-template';
import { entriesOf, isList, isMap, toList, Unknown, type Value, type ValueMap } from './value';

/**
 * The value of an argument in Terraform JSON: every expression in it is replaced by its value, and every dynamic block by
 * the blocks that it generates.
 *
 * @param place where the argument is, such as `aws_iam_role.test.name`
 * @throws TerraformError
 */
export function evaluateArgument(argument: Value, context: EvalContext, place: string): Value {
  if (typeof argument === 'string') return evaluate(parseTemplate(argument, place), context, place);
  if (isList(argument))
    return argument.map((item, index) => evaluateArgument(item, context, `${place}[${index}]`));
  if (!isMap(argument)) return argument;
  const { dynamic, ...rest } = argument;
  const generators = isDynamic(dynamic) ? dynamic : undefined;
  const body = Object.fromEntries(
    Object.entries(generators ? rest : argument)
      .filter(([name]) => name !== '//')
      .map(([name, value]) => [name, evaluateArgument(value, context, `${place}.${name}`)]),
  );
  return generators ? withDynamicBlocks(body, generators, context, place) : body;
}

/** The values of a block's arguments, each of which can fail without the others. */
export function evaluateArguments(written: ValueMap, context: EvalContext, place: string): ValueMap {
  const { dynamic, ...rest } = written;
  const plain = isDynamic(dynamic) ? rest : written;
  const values = Object.fromEntries(
    Object.entries(plain).map(([name, value]) => {
      const where = `${place}.${name}`;
      return [name, attempt(where, () => evaluateArgument(value, context, where))];
    }),
  );
  return isDynamic(dynamic) ? withDynamicBlocks(values, dynamic, context, place) : values;
}

/** Whether a member `dynamic` has dynamic blocks, and is not just an argument of this name. */
function isDynamic(value: Value | undefined): value is ValueMap {
  if (value === undefined || !isMap(value)) return false;
  const all = Object.values(value).flat() as Value[];
  return all.length > 0 && all.every((each) => isMap(each) && 'for_each' in each && 'content' in each);
}

/** Terraform documentation, "Dynamic blocks": the iterator is named like the block, or by `iterator`. */
function withDynamicBlocks(
  body: ValueMap,
  generators: ValueMap,
  context: EvalContext,
  place: string,
): ValueMap {
  const result: { [block: string]: Value } = { ...body };
  for (const [block, written] of Object.entries(generators)) {
    for (const { for_each: forEach = null, iterator = block, content = {} } of [
      written,
    ].flat() as ValueMap[]) {
      const where = `${place}.${block}`;
      const blocks = attempt(where, () =>
        itemsOf(evaluateArgument(forEach, context, `${where}.for_each`), where).map(([key, value]) =>
          evaluateArgument(content, withNames(context, { [iteratorName(iterator)]: { key, value } }), where),
        ),
      );
      const former = [result[block] ?? []].flat() as Value[];
      result[block] = isList(blocks) ? [...former, ...blocks] : blocks;
    }
  }
  return result;
}

/** A name, which Terraform JSON may also write as `${name}`. */
const iteratorName = (iterator: Value) => String(iterator).replace(/^\$\{(.*)\}$/, '$1');

function itemsOf(value: Value, place: string): [key: Value, value: Value][] {
  if (isMap(value)) return entriesOf(value);
  if (value === null) throw new ExpressionError(`${place}.for_each`, 'is null');
  const items = value instanceof Unknown ? value.list(place) : toList(value, `${place}.for_each`);
  return items.map((item, index) => [index, item]);
}
