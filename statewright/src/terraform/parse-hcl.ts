import { LITERALS } from './evaluate';
import { evaluateArgument } from './evaluate-argument';
import { ExpressionParser } from './parse-template';
import type { Value, ValueMap } from './value';

const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;

/** A configuration as Terraform JSON. Blocks of the same name are a list. */
interface Body {
  [name: string]: Value | Body;
}

/**
 * Reads a Terraform file in HCL as the same configuration in Terraform JSON (Terraform documentation, "JSON Configuration
 * Syntax"): expressions become `${…}`. Defaults of variables, which are not
 * templates in JSON, are evaluated.
 *
 * @param place the file, for errors
 * @throws ExpressionSyntaxError
 */
export function parseHcl(text: string, place: string): ValueMap {
  const content = new HclParser(text, place).file();
  for (const [name, variable] of Object.entries(content.variable ?? {})) {
    const declaration = variable as Body;
    if (declaration.default === undefined) continue;
    declaration.default = evaluateArgument(
      declaration.default as Value,
      LITERALS,
      `${place}: variable.${name}`,
    );
  }
  return content as ValueMap;
}

class HclParser extends ExpressionParser {
  file(): Body {
    const body = this.#body();
    this.expect(/$/y, 'an argument or a block');
    return body;
  }

  #body(): Body {
    const body: Body = {};
    for (;;) {
      this.space();
      const name = this.take(NAME);
      if (name === undefined) return body;
      if (this.symbol('=')) body[name] = this.#argument();
      else this.#block(name, body);
    }
  }

  /** A block `name "label" { … }` is a member of the object with its name, by its labels. */
  #block(name: string, body: Body): void {
    const path = [name];
    while (!this.symbol('{')) {
      this.space();
      path.push(this.take(/"[^"]*"/y)?.slice(1, -1) ?? this.expect(NAME, '=, { or a label'));
    }
    const content = this.#body();
    this.expect(/\}/y, '}');
    const last = path.pop() as string;
    const parent = path.reduce((inner, key) => {
      inner[key] ??= {};
      return inner[key] as Body;
    }, body);
    const existing = parent[last];
    if (existing === undefined) parent[last] = content;
    else parent[last] = [existing, content].flat() as Value;
  }

  #argument(): Value {
    this.space();
    const start = this.position;
    const expression = this.expression();
    if (expression.kind === 'literal' && typeof expression.value !== 'string') return expression.value;
    return `\${${this.text.slice(start, this.position)}}`;
  }
}
