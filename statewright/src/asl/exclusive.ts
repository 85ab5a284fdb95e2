/** Fields that exclude each other, as types. */

/** Exactly one of the fields, as a union with one member for each field: for small objects. */
export type OneOf<Fields> = {
  [Name in keyof Fields]-?: Pick<Fields, Name> & None<Exclude<keyof Fields, Name>>;
}[keyof Fields];

/** None of the fields. */
export type None<Names extends PropertyKey> = { readonly [Name in Names]?: never };

/**
 * Exactly one of the optional fields. For states, where unions would multiply. `K` are the fields that a literal has;
 * without `K`, in the plain type of a state, every field is optional. When all are missing, the error names all.
 */
export type ExactlyOne<Fields, K extends PropertyKey = string> = [Extract<K, keyof Fields>] extends [never]
  ? OneNeeded<Fields, K>
  : AtMostOne<Fields, K>;

type OneNeeded<Fields, K extends PropertyKey> = string extends K ? Fields : Required<Fields>;

/** One of the optional fields, or none. `K`: see `ExactlyOne`. */
export type AtMostOne<Fields, K extends PropertyKey = string> =
  IsUnion<Extract<K, keyof Fields>> extends true ? Clash<Extract<K, keyof Fields>> : Fields;

/** The type, in a compile error, of a field that is not allowed together with another one. */
interface NotTogetherWith<Other extends PropertyKey> {
  readonly [notTogetherWith]: Other;
}
declare const notTogetherWith: unique symbol;

type Clash<Names extends PropertyKey> = { readonly [Name in Names]: NotTogetherWith<Exclude<Names, Name>> };

type IsUnion<T, All = T> = [T] extends [never]
  ? false
  : T extends unknown
    ? [All] extends [T]
      ? false
      : true
    : never;
