import { ExpressionError } from './errors';
import { evaluate, LITERALS } from './evaluate';
import type { Expression } from './expression';
import { setOf } from './functions/collections';
import { parseExpression } from './parse-template';
import { toBoolean, toList, toMap, toNumber, toText, Unknown, type Value } from './value';

/**
 * Converts a value to the type of a variable (Terraform documentation, "Type Constraints"): `list(string)`,
 * `object({ name = string, size = optional(number, 1) })`.
 *
 * @throws ExpressionError when the value does not have this type
 */
export function convertTo(type: Value, value: Value, place: string): Value {
  if (typeof type !== 'string') return value;
  return convert(parseExpression(type.replace(/^\$\{(.*)\}$/s, '$1'), place), value, place);
}

function convert(type: Expression, value: Value, place: string): Value {
  if (value === null || value instanceof Unknown) return value;
  if (type.kind === 'root') {
    if (type.name === 'string') return toText(value, place);
    if (type.name === 'number') return toNumber(value, place);
    if (type.name === 'bool') return toBoolean(value, place);
    return value;
  }
  if (type.kind !== 'call') return value;
  const [inner] = type.arguments;
  if (!inner) return value;
  const list = () => toList(value, place).map((item, index) => convert(inner, item, `${place}[${index}]`));
  switch (type.name) {
    case 'list':
      return list();
    case 'set':
      return setOf(list(), place);
    case 'map':
      return Object.fromEntries(
        Object.entries(toMap(value, place)).map(([key, item]) => [
          key,
          convert(inner, item, `${place}.${key}`),
        ]),
      );
    case 'tuple':
      return inner.kind === 'list'
        ? toList(value, place).map((item, index) => convert(inner.items[index] ?? ANY, item, place))
        : value;
    case 'object':
      return inner.kind === 'object' ? objectOf(inner.entries, value, place) : value;
    default:
      return value;
  }
}

const ANY: Expression = { kind: 'root', name: 'any' };

function objectOf(
  attributes: readonly (readonly [Expression, Expression])[],
  value: Value,
  place: string,
): Value {
  const given = toMap(value, place);
  return Object.fromEntries(
    attributes.map(([key, type]) => {
      const name = key.kind === 'literal' ? String(key.value) : '';
      const isOptional = type.kind === 'call' && type.name === 'optional';
      const [inner = ANY, otherwise] = isOptional ? type.arguments : [type];
      const item = given[name] ?? (otherwise ? evaluate(otherwise, LITERALS, place) : null);
      if (item === null && !isOptional && given[name] === undefined) {
        throw new ExpressionError(place, `lacks the attribute "${name}"`);
      }
      return [name, convert(inner, item, `${place}.${name}`)];
    }),
  );
}
