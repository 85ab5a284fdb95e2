/** Fields that exclude each other, as types. */

/** Exactly one of the fields, as the union of the ways to have one: for small objects. */
export type OneOf<Fields> = {
  [Name in keyof Fields]-?: Pick<Fields, Name> & None<Exclude<keyof Fields, Name>>;
}[keyof Fields];

/** None of the fields. */
export type None<Names extends PropertyKey> = { readonly [Name in Names]?: never };

/**
 * Exactly one of the fields. For states, where unions would multiply: `K` are the fields that a literal has, and
 * without them, in the plain type of a state, each field may be there or not.
 */
export type ExactlyOne<Fields, K extends PropertyKey = string> = {
  readonly [Name in string extends K ? never : Present<Fields, K>]: Alone<Fields, Name, K>;
} & { readonly [Name in string extends K ? keyof Fields : never]?: Fields[Name] };

/** One of the fields, or none. `K`: see `ExactlyOne`. */
export type AtMostOne<Fields, K extends PropertyKey = string> = {
  readonly [Name in keyof Fields]?: string extends K ? Fields[Name] : Alone<Fields, Name, K>;
};

/** Stands, in a compile error, where a field is that is not allowed beside another one. */
export interface NotBeside<Other extends PropertyKey> {
  readonly [notBeside]: Other;
}
declare const notBeside: unique symbol;

/** The fields that are there; all of them when none is, so that the error names them. */
type Present<Fields, K extends PropertyKey> = [K & keyof Fields] extends [never]
  ? keyof Fields
  : K & keyof Fields;

type Alone<Fields, Name extends keyof Fields, K extends PropertyKey> = [
  Exclude<K & keyof Fields, Name>,
] extends [never]
  ? Fields[Name]
  : NotBeside<Exclude<K & keyof Fields, Name>>;
