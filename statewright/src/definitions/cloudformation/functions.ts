import { ownField } from '../../asl/graph';
import { didYouMeanOneOf, quoted } from '../../did-you-mean';
import { list, text } from './arguments';
import type { Fictitious } from './fictitious';
import { IntrinsicError } from './intrinsic-error';

/** What an intrinsic function may need in addition to its argument. */
interface Surroundings {
  /** Those of the template. */
  readonly mappings: Readonly<Record<string, unknown>>;
  readonly region: string;
  /** Gets the results that only a deployment knows. */
  readonly fictitious: Fictitious;
}

/**
 * Calls an intrinsic function that needs nothing of the template but its mappings.
 *
 * @param value its argument, evaluated
 * @throws IntrinsicError
 */
export function call(name: string, value: unknown, { mappings, region, fictitious }: Surroundings): unknown {
  switch (name) {
    case 'Fn::ImportValue':
      return fictitious.arn(`the import ${text(value)}`, text(value));
    case 'Fn::Join': {
      const [delimiter, parts] = list(name, 'a delimiter and a list', value, 2);
      return join(text(delimiter), list(name, 'a list of texts', parts), fictitious);
    }
    case 'Fn::Split': {
      const [delimiter, whole] = list(name, 'a delimiter and a text', value, 2);
      return text(whole).split(text(delimiter));
    }
    case 'Fn::Select': {
      const [index, items] = list(name, 'an index and a list', value, 2);
      return select(text(index), list(name, 'a list of values', items), fictitious);
    }
    case 'Fn::FindInMap':
      return findInMap(list(name, 'the name of a mapping and two keys', value, 3), mappings, fictitious);
    case 'Fn::Base64':
      return Buffer.from(text(value)).toString('base64');
    case 'Fn::ToJsonString':
      return JSON.stringify(value);
    case 'Fn::Length':
      return list(name, 'a list', value).length;
    case 'Fn::GetAZs':
      return ['a', 'b', 'c'].map((zone) => region + zone);
    default:
      return fictitious.arn(name);
  }
}

const DYNAMIC_REFERENCE = /\{\{resolve:[^{}]+\}\}/g;

/** Fills in dynamic references, such as `{{resolve:ssm:/orders/function-arn}}`. */
export function resolved(value: string, fictitious: Fictitious): string {
  return value.replaceAll(DYNAMIC_REFERENCE, (reference: string, offset: number) => {
    const [, name = ''] = reference.slice('{{resolve:'.length, -2).split(':');
    const arn = fictitious.arn(reference, name.replace(/^\/+/, ''));
    return fictitious.inText(arn, value.slice(0, offset), value.slice(offset + reference.length));
  });
}

function join(delimiter: string, parts: readonly unknown[], fictitious: Fictitious): string {
  const texts = parts.map(text);
  let joined = '';
  texts.forEach((part, index) => {
    if (index > 0) joined += delimiter;
    const after = index < texts.length - 1 ? delimiter + texts[index + 1] : '';
    joined += fictitious.inText(part, joined, after);
  });
  return resolved(joined, fictitious);
}

function select(index: string, items: readonly unknown[], fictitious: Fictitious): unknown {
  const item = items[Number(index)];
  if (item !== undefined) return item;
  if (items.some((each) => fictitious.has(each))) {
    return fictitious.arn(`the item ${index} of ${text(items)}`);
  }
  throw new IntrinsicError(`Fn::Select has no item ${index} in ${text(items)}.`);
}

function findInMap(
  [map, first, second, options]: readonly unknown[],
  mappings: Readonly<Record<string, unknown>>,
  fictitious: Fictitious,
): unknown {
  const [name, top, key] = [text(map), text(first), text(second)];
  const found = ownField(ownField(ownField(mappings, name), top), key) ?? ownField(options, 'DefaultValue');
  if (found !== undefined) return found;
  if (mappings[name] !== undefined) return fictitious.arn(`${top}.${key} of the mapping ${name}`, key);
  throw new IntrinsicError(
    `Fn::FindInMap names the mapping "${name}", which the template does not have. ${didYouMeanOneOf(name, Object.keys(mappings), quoted)}`,
  );
}
