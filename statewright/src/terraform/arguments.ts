import { ArgumentError } from './errors';
import { notKnown, Placeholder } from './placeholder';
import { isList, isMap, toBoolean, toNumber, toText, typeName, type Value, type ValueMap } from './value';

/** The evaluated arguments of a block, read by name and type. As in Terraform, null means missing. */
export class Arguments {
  /** @param place the block's address, for errors */
  constructor(
    readonly values: ValueMap,
    readonly place: string,
  ) {}

  has(name: string): boolean {
    return this.#value(name) !== undefined;
  }

  /** @throws ArgumentError when it is missing, ExpressionError when it is not a string */
  text(name: string): string {
    return this.optionalText(name) ?? this.missing(name);
  }

  /**
   * JSON text. A value that is not known here has no plausible content.
   * @throws ArgumentError when it is missing, ExpressionError when it is not a string, or not known
   */
  json(name: string): string {
    const value = this.#value(name);
    if (value instanceof Placeholder) throw notKnown(value.name, `${this.place}.${name}`, 'it is JSON text');
    return this.text(name);
  }

  optionalText(name: string): string | undefined {
    return this.#read(name, toText);
  }

  optionalNumber(name: string): number | undefined {
    return this.#read(name, toNumber);
  }

  optionalBoolean(name: string): boolean | undefined {
    return this.#read(name, toBoolean);
  }

  /** A list of strings; empty when it is missing. */
  texts(name: string): string[] {
    const list =
      this.#read(name, (value, place) => (isList(value) ? value : wrong(place, 'a list', value))) ?? [];
    return list.map((item, index) => toText(item, `${this.place}.${name}[${index}]`));
  }

  /** A map of strings; empty when it is missing. */
  textMap(name: string): Record<string, string> {
    const map =
      this.#read(name, (value, place) => (isMap(value) ? value : wrong(place, 'an object', value))) ?? {};
    return Object.fromEntries(
      Object.entries(map).map(([key, value]) => [key, toText(value, `${this.place}.${name}.${key}`)]),
    );
  }

  /** A nested block that can occur once. */
  block(name: string): Arguments | undefined {
    return this.blocks(name)[0];
  }

  /** Nested blocks: Terraform JSON writes one as an object, one or more as a list. */
  blocks(name: string): Arguments[] {
    const value = this.#value(name) ?? [];
    return (isList(value) ? value : [value]).map((body, index) => {
      const place = `${this.place}.${name}${isList(value) ? `[${index}]` : ''}`;
      return new Arguments(isMap(body) ? body : wrong(place, 'an object', body), place);
    });
  }

  missing(name: string): never {
    throw new ArgumentError(this.place, `lacks the argument "${name}"`);
  }

  #value(name: string): Value | undefined {
    return this.values[name] ?? undefined;
  }

  #read<T>(name: string, convert: (value: Value, place: string) => T): T | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    return convert(value, `${this.place}.${name}`);
  }
}

function wrong(place: string, expected: string, value: Value): never {
  throw new ArgumentError(place, `expected ${expected}, found ${typeName(value)}`);
}
