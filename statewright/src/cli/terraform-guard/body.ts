import type { Expression } from '../../terraform/expression';
import { type HclBody, readHcl } from '../../terraform/parse-hcl';

/** The content of a file or a block, written in HCL or JSON. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Expression>;
  readonly blocks: readonly Block[];
}

export interface Block {
  /** The block's type, such as `terraform` or `data`. */
  readonly type: string;
  /** The block's labels, such as `["terraform_remote_state", "network"]`. */
  readonly labels: readonly string[];
  readonly body: Body;
}

/**
 * Reads a file in HCL.
 * @param place the file, for errors
 * @throws TerraformError
 */
export const parseHclConfiguration = (text: string, place: string): Body => bodyOf(readHcl(text, place));

const bodyOf = ({ attributes, blocks }: HclBody): Body => ({
  attributes: new Map([...attributes].map(([name, { expression }]) => [name, expression])),
  blocks: blocks.map((block) => ({ ...block, body: bodyOf(block.body) })),
});

/** The text of a plain string; undefined for what only Terraform can evaluate, and for other types. */
export function plainText(expression: Expression | undefined): string | undefined {
  return expression?.kind === 'literal' && typeof expression.value === 'string'
    ? expression.value
    : undefined;
}

export const isNull = (expression: Expression): boolean =>
  expression.kind === 'literal' && expression.value === null;

/** The members of an object; undefined for anything else, and if a key is itself an expression. */
export function membersOf(expression: Expression | undefined): ReadonlyMap<string, Expression> | undefined {
  if (expression?.kind !== 'object') return undefined;
  const members = new Map<string, Expression>();
  for (const [key, value] of expression.entries) {
    const name = plainText(key);
    if (name === undefined) return undefined;
    members.set(name, value);
  }
  return members;
}
