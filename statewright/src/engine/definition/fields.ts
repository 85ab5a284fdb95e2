import { fieldAt, itemAt } from '../../asl/location';
import type { Json, JsonObject } from '../data';
import { InvalidDefinitionError } from './errors';

/**
 * One object of a definition and its location. Each state reads the fields that it knows. Fields that the engine does
 * not need are not checked: validation does that.
 */
export class Fields {
  readonly #object: JsonObject;
  /** Such as `/States/Order/Retry[0]`. */
  readonly location: string;
  readonly #later: (compile: () => void) => void;

  /** @param later takes what can be compiled later (default: it is compiled now) */
  constructor(
    object: unknown,
    location: string,
    later: (compile: () => void) => void = (compile) => compile(),
  ) {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) {
      throw new InvalidDefinitionError(location, 'an object is required');
    }
    this.#object = object as JsonObject;
    this.location = location;
    this.#later = later;
  }

  /** The object, as written. */
  get content(): JsonObject {
    return this.#object;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** The names of the fields. */
  get names(): string[] {
    return Object.keys(this.#object);
  }

  get(name: string): Json | undefined {
    return Object.hasOwn(this.#object, name) ? this.#object[name] : undefined;
  }

  /** @throws InvalidDefinitionError when the field exists and is not a string */
  text(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined || typeof value === 'string') return value;
    throw new InvalidDefinitionError(fieldAt(this.location, name), `'${name}' must be a string`);
  }

  /** @throws InvalidDefinitionError when the field is missing */
  needText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new InvalidDefinitionError(this.location, `'${name}' is missing`);
    return value;
  }

  number(name: string): number | undefined {
    const value = this.get(name);
    return value === undefined ? undefined : Number(value);
  }

  /** The objects of a list; empty when the field is missing. */
  list(name: string): Fields[] {
    const value = this.get(name);
    if (value === undefined) return [];
    if (!Array.isArray(value))
      throw new InvalidDefinitionError(fieldAt(this.location, name), `'${name}' must be a list`);
    return value.map(
      (item, index) => new Fields(item, itemAt(fieldAt(this.location, name), index), this.#later),
    );
  }

  texts(name: string): string[] {
    const value = this.get(name);
    return Array.isArray(value) ? value.map(String) : [];
  }

  object(name: string): Fields | undefined {
    const value = this.get(name);
    return value === undefined ? undefined : new Fields(value, fieldAt(this.location, name), this.#later);
  }

  needObject(name: string): Fields {
    return new Fields(this.get(name), fieldAt(this.location, name), this.#later);
  }

  /** Runs a compiler of an expression; a syntax error names the location of the expression. */
  compile<T>(name: string, compiler: () => T): T {
    try {
      return compiler();
    } catch (error) {
      if (error instanceof InvalidDefinitionError) throw error;
      throw new InvalidDefinitionError(fieldAt(this.location, name), (error as Error).message);
    }
  }

  /** As `compile`, when it is first needed: a state may have thousands of expressions. */
  compileLater<T>(name: string, compiler: () => T): () => T {
    let compiled: { readonly value: T } | undefined;
    const get = () => {
      compiled ??= { value: this.compile(name, compiler) };
      return compiled.value;
    };
    this.#later(get);
    return get;
  }
}
