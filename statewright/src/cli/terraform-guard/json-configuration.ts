import type { Block, Body, Value } from './hcl';

/** The number of labels of each block whose content is read (Terraform documentation, "JSON Configuration Syntax"). */
const labelCounts: Readonly<Record<string, number>> = {
  terraform: 0,
  backend: 1,
  cloud: 0,
  provider: 1,
  endpoints: 0,
  data: 2,
  run: 1,
};

/** Reads a `.tf.json` file as the blocks and arguments that it describes. @throws SyntaxError */
export function parseJsonConfiguration(text: string): Body {
  return body(JSON.parse(text.replace(/^\uFEFF/, '')), true);
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
      : [{ type, labels, body: body(value, ['terraform', 'provider', 'run'].includes(type)) }];
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

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
