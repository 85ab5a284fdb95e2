/** Fields that exclude each other, as types. Mapped over `keyof`, they keep the docstrings of the fields. */

/** Exactly one of the fields, as the union of the ways to have one: for small objects. */
export type OneOf<Fields> = {
  [Name in keyof Fields]-?: Pick<Fields, Name> & None<Exclude<keyof Fields, Name>>;
}[keyof Fields];

/** None of the fields. */
export type None<Names extends PropertyKey> = { readonly [Name in Names]?: never };

/**
 * Exactly one of the fields. For states, where unions would multiply: `K` are the fields that a literal has, and
 * without them, in the plain type of a state, each field may be there or not. When none is there, the error names all.
 */
export type ExactlyOne<Fields, K extends PropertyKey = string> = string extends K
  ? Partial<Fields>
  : [Extract<K, keyof Fields>] extends [never]
    ? Fields
    : { readonly [Name in keyof Pick<Fields, Extract<K, keyof Fields>>]: Alone<Fields, Name, K> };

/** One of the fields, or none. `K`: see `ExactlyOne`. */
export type AtMostOne<Fields, K extends PropertyKey = string> = {
  readonly [Name in keyof Fields]?: string extends K ? Fields[Name] : Alone<Fields, Name, K>;
};

/** Stands, in a compile error, where a field is that is not allowed beside another one. */
export interface NotBeside<Other extends PropertyKey> {
  readonly [notBeside]: Other;
}
declare const notBeside: unique symbol;

type Alone<Fields, Name extends keyof Fields, K extends PropertyKey> = [
  Exclude<Extract<K, keyof Fields>, Name>,
] extends [never]
  ? Fields[Name]
  : NotBeside<Exclude<Extract<K, keyof Fields>, Name>>;
