import { LITERALS } from './evaluate';
import { evaluateArgument } from './evaluate-argument';
import type { Expression } from './expression';
import { ExpressionParser } from './parse-template';
import type { Value, ValueMap } from './value';

const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;

/** The content of a file or a block in HCL (HCL Native Syntax Specification, "Structural Elements"). */
export interface HclBody {
  readonly attributes: ReadonlyMap<string, HclAttribute>;
  readonly blocks: readonly HclBlock[];
}

export interface HclAttribute {
  readonly expression: Expression;
  /** The expression as written. */
  readonly source: string;
  /** Where it begins in the file, from 0. */
  readonly position: number;
}

export interface HclBlock {
  /** The block's type, such as `terraform` or `data`. */
  readonly type: string;
  /** The block's labels, such as `["terraform_remote_state", "network"]`. */
  readonly labels: readonly string[];
  readonly body: HclBody;
  /** Where it begins in the file, from 0. */
  readonly position: number;
}

/** A configuration as Terraform JSON. Blocks of the same name are a list. */
interface JsonBody {
  [name: string]: Value | JsonBody;
}

/**
 * Reads a file in HCL.
 *
 * @param place the file, for errors
 * @throws ExpressionSyntaxError
 */
export const readHcl = (text: string, place: string): HclBody => new HclParser(text, place).file();

/**
 * Reads a Terraform file in HCL as the same configuration in Terraform JSON (Terraform documentation, "JSON Configuration
 * Syntax"): expressions become `${…}`. Defaults of variables, which are not
 * templates in JSON, are evaluated.
 *
 * @param place the file, for errors
 * @throws ExpressionSyntaxError
 */
export function parseHcl(text: string, place: string): ValueMap {
  const content = asJson(readHcl(text, place));
  for (const [name, variable] of Object.entries(content.variable ?? {})) {
    const declaration = variable as JsonBody;
    if (declaration.default === undefined) continue;
    declaration.default = evaluateArgument(
      declaration.default as Value,
      LITERALS,
      `${place}: variable.${name}`,
    );
  }
  return content as ValueMap;
}

function asJson({ attributes, blocks }: HclBody): JsonBody {
  const json: JsonBody = {};
  for (const [name, { expression, source }] of attributes) {
    const isPlain = expression.kind === 'literal' && typeof expression.value !== 'string';
    json[name] = isPlain ? expression.value : `\${${source}}`;
  }
  for (const block of blocks) addBlock(json, block);
  return json;
}

/** A block `name "label" { … }` is a member of the object with its name, by its labels. */
function addBlock(json: JsonBody, { type, labels, body }: HclBlock): void {
  const path = [type, ...labels];
  const last = path.pop() as string;
  const parent = path.reduce((inner, key) => {
    inner[key] ??= {};
    return inner[key] as JsonBody;
  }, json);
  const existing = parent[last];
  const content = asJson(body);
  parent[last] = existing === undefined ? content : ([existing, content].flat() as Value);
}

class HclParser extends ExpressionParser {
  file(): HclBody {
    const body = this.#body();
    this.expect(/$/y, 'an argument or a block');
    return body;
  }

  #body(): HclBody {
    const attributes = new Map<string, HclAttribute>();
    const blocks: HclBlock[] = [];
    for (;;) {
      this.space();
      const start = this.position;
      const name = this.take(NAME);
      if (name === undefined) return { attributes, blocks };
      if (this.symbol('=')) attributes.set(name, this.#attribute());
      else blocks.push(this.#block(name, start));
    }
  }

  #block(type: string, position: number): HclBlock {
    const labels: string[] = [];
    while (!this.symbol('{')) {
      this.space();
      labels.push(this.take(/"[^"]*"/y)?.slice(1, -1) ?? this.expect(NAME, '=, { or a label'));
    }
    const body = this.nested(() => this.#body());
    this.expect(/\}/y, '}');
    return { type, labels, body, position };
  }

  #attribute(): HclAttribute {
    this.space();
    const { position } = this;
    const expression = this.expression();
    return { expression, source: this.text.slice(position, this.position), position };
  }
}
