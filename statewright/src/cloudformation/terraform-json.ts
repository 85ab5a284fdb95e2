/** A Terraform expression, such as `aws_lambda_layer_version.tools.arn`. */
export class Reference {
  constructor(readonly expression: string) {}
}

type Blocks = Record<string, Record<string, object>>;

/** The arguments of a block; those that are undefined are left out. */
type BlockArguments = Readonly<Record<string, unknown>>;

/** Terraform JSON that is being written. Texts mean themselves: only a `Reference` is an expression. */
export class TerraformJson {
  readonly #data: Blocks = {};
  readonly #resources: Blocks = {};

  resource(type: string, name: string, values: BlockArguments): void {
    put(this.#resources, type, name, values);
  }

  data(type: string, name: string, values: BlockArguments): void {
    put(this.#data, type, name, values);
  }

  /**
   * The whole stack as JSON text.
   * @param types the types of resources that come first, in their order
   */
  text(region: string, types: readonly string[]): string {
    const first = types.filter((type) => Object.hasOwn(this.#resources, type));
    const all = [...new Set([...first, ...Object.keys(this.#resources)])];
    return JSON.stringify(
      {
        provider: { aws: [{ region }] },
        data: this.#data,
        resource: Object.fromEntries(all.map((type) => [type, this.#resources[type]])),
      },
      undefined,
      2,
    );
  }
}

function put(blocks: Blocks, type: string, name: string, values: BlockArguments): void {
  blocks[type] = { ...blocks[type], [name]: written(values) as object };
}

/** A value in Terraform JSON, in whose texts `${` and `%{` begin an expression. */
function written(value: unknown): unknown {
  if (value instanceof Reference) return `\${${value.expression}}`;
  if (typeof value === 'string') return value.replace(/[$%](?=\{)/g, '$&$&');
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, written(inner)]));
}
