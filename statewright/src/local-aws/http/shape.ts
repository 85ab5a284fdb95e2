/** A request whose members are missing or of the wrong type; each service has its own code for it. */
export class ShapeError extends Error {
  /** @param kind `type`: the bytes cannot be read as the request; `value`: they can, and are not allowed */
  constructor(
    readonly kind: 'type' | 'value',
    message: string,
  ) {
    super(message);
  }
}

/** Reads one member of a request by its name in the request. @throws ShapeError */
export type Shape<T> = (value: unknown, name: string) => T;

type Members = Readonly<Record<string, Shape<unknown>>>;
type Read<S> = S extends Shape<infer T> ? T : never;

/** What a structure with these members is read as. */
export type Structure<R extends Members, O extends Members> = {
  readonly [K in keyof R]: Read<R[K]>;
} & { readonly [K in keyof O]?: Read<O[K]> };

export const string: Shape<string> = (value, name) => {
  if (typeof value !== 'string') throw wrongType(value, name, 'String');
  return value;
};

/** A member that is kept as it came. */
export const anything: Shape<unknown> = (value) => value;

export const integer: Shape<number> = (value, name) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrongType(value, name, 'Integer');
  return value;
};

export const boolean: Shape<boolean> = (value, name) => {
  if (typeof value !== 'boolean') throw wrongType(value, name, 'Boolean');
  return value;
};

/** An integer that arrives as text: in a form or in a query. */
export const integerText: Shape<number> = (value, name) => {
  if (typeof value !== 'string' || !/^-?\d{1,15}$/.test(value)) throw wrongType(value, name, 'Integer');
  return Number(value);
};

/** A boolean that arrives as text. */
export const booleanText: Shape<boolean> = (value, name) => {
  if (value !== 'true' && value !== 'false') throw wrongType(value, name, 'Boolean');
  return value === 'true';
};

/** One of some words. */
export const oneOf =
  <const W extends string>(...words: readonly W[]): Shape<W> =>
  (value, name) => {
    const word = string(value, name);
    if (words.some((candidate) => candidate === word)) return word as W;
    throw new ShapeError(
      'value',
      `1 validation error detected: Value '${word}' at '${name}' failed to satisfy constraint: Member must satisfy enum value set: [${words.join(', ')}]`,
    );
  };

export const list =
  <T>(item: Shape<T>): Shape<T[]> =>
  (value, name) => {
    if (!Array.isArray(value)) throw wrongType(value, name, 'List');
    return value.map((element, index) => item(element, `${name}.${index + 1}.member`));
  };

export const map =
  <T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value, name) => {
    if (!isObject(value)) throw wrongType(value, name, 'Map');
    return Object.fromEntries(
      Object.entries(value).map(([key, element]) => [key, item(element, `${name}.${key}.member`)]),
    );
  };

/** Members that must be there and members that may; null counts as absent, and unknown members are passed over. */
export const structure =
  <const R extends Members, const O extends Members>(required: R, optional: O): Shape<Structure<R, O>> =>
  (value, name) => {
    if (!isObject(value)) throw wrongType(value, name, 'Structure');
    const place = (member: string) => (name === '' ? member : `${name}.${member}`);
    const given = (member: string) =>
      Object.hasOwn(value, member) ? (value[member] ?? undefined) : undefined;
    const missing = Object.keys(required).filter((member) => given(member) === undefined);
    if (missing.length > 0) throw missingMembers(missing.map(place));
    const read = Object.entries({ ...optional, ...required })
      .filter(([member]) => given(member) !== undefined)
      .map(([member, shape]) => [member, shape(given(member), place(member))]);
    return Object.fromEntries(read) as Structure<R, O>;
  };

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function missingMembers(places: readonly string[]): ShapeError {
  const errors = places.map(
    (place) =>
      `Value null at '${place.charAt(0).toLowerCase()}${place.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );
  const count = `${errors.length} validation error${errors.length === 1 ? '' : 's'} detected`;
  return new ShapeError('value', `${count}: ${errors.join('; ')}`);
}

function wrongType(value: unknown, name: string, type: string): ShapeError {
  const kind = Array.isArray(value)
    ? 'LIST'
    : value === null
      ? 'NULL'
      : typeof value === 'object'
        ? 'STRUCTURE'
        : typeof value;
  const place = name === '' ? '' : ` at '${name}'`;
  return new ShapeError('type', `${kind.toUpperCase()}_VALUE can not be converted to a ${type}${place}`);
}
