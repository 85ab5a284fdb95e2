import { typeOfAttribute } from './attribute-type';
import { ExpressionError, type TerraformError } from './errors';
import { Unknown, type Value, type ValueMap } from './value';

/** Where placeholders get their plausible values from. */
interface PlaceholderSource {
  /** A plausible value of a resource's attribute. */
  readonly plausible: (attribute: string) => string | number;
  /** Values that the user gave, by name: `data.aws_subnets.n.ids`. */
  readonly given: ValueMap;
}

/** A resource that does not exist here, or a part of it: it has plausible values. */
export class Placeholder extends Unknown {
  readonly #source: PlaceholderSource;
  /** The attributes that are known. */
  readonly known: ValueMap;

  constructor(name: string, source: PlaceholderSource, known: ValueMap = {}) {
    super(name);
    this.#source = source;
    this.known = known;
  }

  member(key: string): Value {
    const child = /^\d+$/.test(key)
      ? `${this.name}[${key}]`
      : /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key)
        ? `${this.name}.${key}`
        : `${this.name}[${JSON.stringify(key)}]`;
    return this.#source.given[child] ?? this.known[key] ?? new Placeholder(child, this.#source);
  }

  text(): string {
    return String(this.#source.plausible(this.#attribute));
  }

  number(): number {
    const plausible = this.#source.plausible(this.#attribute);
    return typeof plausible === 'number' ? plausible : 1;
  }

  boolean(place: string): boolean {
    throw notKnown(this.name, place, 'it is used as a condition');
  }

  list(): readonly Value[] {
    return [this.member('0')];
  }

  map(): ValueMap {
    if (Object.keys(this.known).length > 0) return this.known;
    if (typeOfAttribute(this.#attribute) === 'map') return {};
    const key = this.text();
    return { [key]: this.member(key) };
  }

  plain(): Value {
    if (Object.keys(this.known).length > 0) return this.known;
    const type = typeOfAttribute(this.#attribute);
    if (this.#isItem || type === 'string') return this.text();
    if (type === 'number') return this.number();
    return { list: this.list(), bool: false, map: {} }[type];
  }

  unquoted(): string {
    return typeOfAttribute(this.#attribute) === 'bool' ? 'false' : String(this.number());
  }

  get #isItem(): boolean {
    return this.name.endsWith(']');
  }

  /** The attribute's name; an item of `arns` is named like an `arn`. */
  get #attribute(): string {
    const [, name = ''] = /([^.[\]]+)(?:\[[^\]]*\])*$/.exec(this.name) ?? [];
    return this.#isItem ? name.replace(/s$/, '') : name;
  }
}

/** A value whose computation failed. It is an error only where it is needed. */
export class Failure extends Unknown {
  readonly #error: TerraformError;

  constructor(name: string, error: TerraformError) {
    super(name);
    this.#error = error;
  }

  member(): Value {
    return this;
  }

  text(): never {
    throw this.#error;
  }
  number(): never {
    throw this.#error;
  }
  boolean(): never {
    throw this.#error;
  }
  list(): never {
    throw this.#error;
  }
  map(): never {
    throw this.#error;
  }
  plain(): never {
    throw this.#error;
  }
  unquoted(): never {
    throw this.#error;
  }
  override toJSON(): unknown {
    return null;
  }
}

/** The error for a value that the stack needs, and that only AWS knows. */
export function notKnown(name: string, place: string, why: string): ExpressionError {
  return new ExpressionError(
    place,
    `needs the value of ${name}, which is not known here: ${why}`,
    `Give it one, with "values" in the options of deployStack or in statewright.json: { ${JSON.stringify(name)}: … }`,
  );
}
