import { isObject } from '../../is-object';
import type { Expression } from '../../terraform/expression';
import { parseTemplate } from '../../terraform/parse-template';
import type { Block, Body } from './body';

/** The number of labels of each block whose content is read (Terraform documentation, "JSON Configuration Syntax"). */
const labelCounts: Readonly<Record<string, number>> = {
  terraform: 0,
  backend: 1,
  cloud: 0,
  required_providers: 0,
  provider: 1,
  endpoints: 0,
  dynamic: 1,
  content: 0,
  assume_role_with_web_identity: 0,
  data: 2,
  run: 1,
};

/**
 * Reads a `.tf.json` file as the blocks and arguments that it describes.
 * @param place the file, for errors
 * @throws TerraformError for a string that is not a template
 * @throws SyntaxError also for a name that appears twice in an object: Terraform reads both, `JSON.parse` the last
 */
export function parseJsonConfiguration(text: string, place: string): Body {
  const json = text.replace(/^\uFEFF/, '');
  const value: unknown = JSON.parse(json);
  rejectDuplicates(json);
  const bodies = (Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]).map((each) =>
    body(each, place, true),
  );
  return {
    attributes: new Map(bodies.flatMap(({ attributes }) => [...attributes])),
    blocks: bodies.flatMap(({ blocks }) => blocks),
  };
}

/** @param json valid JSON */
function rejectDuplicates(json: string): void {
  const open: Set<string>[] = [];
  for (const [token, text, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")\s*(:?)|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (text !== undefined && colon) {
      const name: string = JSON.parse(text);
      // Comments may repeat.
      if (name !== '//' && open.at(-1)?.has(name))
        throw new SyntaxError(`"${name}" appears twice in an object.`);
      open.at(-1)?.add(name);
    }
  }
}

/** @param withBlocks whether members with a block's name are blocks, as in the file and in some blocks */
function body(value: unknown, place: string, withBlocks: boolean): Body {
  const attributes = new Map<string, Expression>();
  const blocks: Block[] = [];
  for (const [name, member] of Object.entries(isObject(value) ? value : {})) {
    if (name === '//') continue;
    const labelCount = withBlocks ? labelCounts[name] : undefined;
    if (labelCount === undefined) attributes.set(name, expressionOf(member, place));
    else blocks.push(...blocksOf(name, member, place, labelCount));
  }
  return { attributes, blocks };
}

/** A block's contents, or a list of such, at each level of labels. */
function blocksOf(
  type: string,
  value: unknown,
  place: string,
  labelCount: number,
  labels: readonly string[] = [],
): Block[] {
  if (Array.isArray(value)) return value.flatMap((each) => blocksOf(type, each, place, labelCount, labels));
  if (labels.length === labelCount) {
    if (value === null) return [];
    const withBlocks = ['terraform', 'provider', 'run', 'dynamic'].includes(type);
    return [{ type, labels, body: body(value, place, withBlocks) }];
  }
  return Object.entries(isObject(value) ? value : {}).flatMap(([label, member]) =>
    blocksOf(type, member, place, labelCount, [...labels, label]),
  );
}

function expressionOf(value: unknown, place: string): Expression {
  if (typeof value === 'string') return parseTemplate(value, place);
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => expressionOf(item, place)) };
  if (!isObject(value)) return { kind: 'literal', value: value as number | boolean | null };
  const entries = Object.entries(value).map(
    ([name, member]) => [{ kind: 'literal', value: name }, expressionOf(member, place)] as const,
  );
  return { kind: 'object', entries };
}
