import { objectOf } from '../../asl/graph';
import type { ValuePath } from '../source-text';
import { IntrinsicError } from './intrinsic-error';

/** A field of an object whose loops are written out. */
export interface Field {
  readonly name: string;
  readonly value: unknown;
  /** Where its value is written, from the object that has the loop. */
  readonly path: ValuePath;
}

const LOOP = 'Fn::ForEach::';

/**
 * The fields of an object, with each `Fn::ForEach` written out (CloudFormation Template Reference, "Fn::ForEach").
 *
 * @param evaluate evaluates a collection
 * @throws IntrinsicError
 */
export function fieldsOf(
  fields: object,
  evaluate: (value: unknown) => unknown,
  bound: (value: unknown) => unknown = (value) => value,
): Field[] {
  return Object.entries(fields).flatMap(([key, value]): Field[] => {
    if (!key.startsWith(LOOP)) return [{ name: String(bound(key)), value: bound(value), path: [key] }];
    const [identifier, collection, fragment] = Array.isArray(value) ? value : [];
    const items = evaluate(bound(collection));
    if (typeof identifier !== 'string' || !Array.isArray(items) || !objectOf(fragment)) {
      throw new IntrinsicError(`${key} needs a name, a list and an object.`, [key]);
    }
    return items.flatMap((item) => {
      const inner = (each: unknown) => replaced(bound(each), identifier, String(item));
      return fieldsOf(fragment, evaluate, inner).map((field) => ({
        ...field,
        path: [key, 2, ...field.path],
      }));
    });
  });
}

/** The value with the item in place of `${Identifier}`, of `&{Identifier}` (letters and digits only) and of a `Ref` to it. */
function replaced(value: unknown, identifier: string, item: string): unknown {
  if (typeof value === 'string') {
    return value
      .replaceAll(`\${${identifier}}`, item)
      .replaceAll(`&{${identifier}}`, item.replace(/[^a-zA-Z0-9]/g, ''));
  }
  if (Array.isArray(value)) return value.map((each) => replaced(each, identifier, item));
  const fields = objectOf(value);
  if (!fields) return value;
  if (fields.Ref === identifier) return item;
  return Object.fromEntries(
    Object.entries(fields).map(([key, inner]) => [
      replaced(key, identifier, item),
      replaced(inner, identifier, item),
    ]),
  );
}
