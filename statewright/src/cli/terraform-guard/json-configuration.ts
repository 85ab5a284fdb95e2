import { isObject } from '../../is-object';
import type { Block, Body, Value } from './hcl';

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
 * @throws SyntaxError also for a name that appears twice in an object: Terraform reads both, `JSON.parse` the last
 */
export function parseJsonConfiguration(text: string): Body {
  const json = text.replace(/^\uFEFF/, '');
  const value: unknown = JSON.parse(json);
  rejectDuplicates(json);
  const bodies = (Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]).map((each) =>
    body(each, true),
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
function body(value: unknown, withBlocks: boolean): Body {
  const attributes = new Map<string, Value>();
  const blocks: Block[] = [];
  for (const [name, member] of Object.entries(isObject(value) ? value : {})) {
    const labelCount = withBlocks ? labelCounts[name] : undefined;
    if (labelCount === undefined) attributes.set(name, readValue(member));
    else blocks.push(...blocksOf(name, member, labelCount));
  }
  return { attributes, blocks };
}

/** A block's contents, or a list of such, at each level of labels. */
function blocksOf(type: string, value: unknown, labelCount: number, labels: readonly string[] = []): Block[] {
  if (Array.isArray(value)) return value.flatMap((each) => blocksOf(type, each, labelCount, labels));
  if (labels.length === labelCount)
    return value === null
      ? []
      : [{ type, labels, body: body(value, ['terraform', 'provider', 'run', 'dynamic'].includes(type)) }];
  return Object.entries(isObject(value) ? value : {}).flatMap(([label, member]) =>
    blocksOf(type, member, labelCount, [...labels, label]),
  );
}

function readValue(value: unknown): Value {
  if (typeof value === 'string' && !/[$%]\{/.test(value)) return { kind: 'text', text: value };
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => [name, readValue(member)] as const);
    return { kind: 'object', members: new Map(members) };
  }
  // `"${terraform.workspace}"` is the expression in it.
  const source =
    typeof value === 'string' ? (/^\$\{([^{}]*)\}$/.exec(value)?.[1] ?? value) : JSON.stringify(value);
  return { kind: 'expression', source: source.trim() };
}
