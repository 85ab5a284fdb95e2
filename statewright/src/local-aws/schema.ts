import { isObject } from '../is-object';
import { missingMembers, violationText, wrongType } from './request-error';

/**
 * A member of a request: how it is read, and which constraints its value must satisfy, in the terms of Smithy, the
 * language of AWS's API models ("Constraint traits"). A request's type follows from its schema.
 */
export interface Schema<T> {
  /**
   * @param place the member's name with those of the structures around it, such as `loggingConfig.logFormat`
   * @throws RequestError when the value has another type, or lacks a required member
   */
  read(value: unknown, place: string, wire: Wire): T;
  /** The first constraint that a value of the right type violates, in AWS's words. */
  violation(value: T, place: string): string | undefined;
}

/** How numbers and booleans arrive: as JSON, or as text in a form or in a URL. */
export type Wire = 'json' | 'text';

/** The type that a schema describes. */
export type SchemaType<S> = S extends Schema<infer T> ? T : never;

interface Length {
  /** The minimum and the maximum length, in characters or items. */
  readonly length?: readonly [number, number];
  /** Error messages do not show the value. */
  readonly sensitive?: boolean;
}

/** @param traits `pattern` is a regular expression that the whole text must match, as AWS writes it */
export const string = (traits: Length & { readonly pattern?: string } = {}): Schema<string> => {
  const pattern = traits.pattern === undefined ? undefined : new RegExp(`^(?:${traits.pattern})$`);
  return {
    read: (value, place) => {
      if (typeof value !== 'string') throw wrongType(value, place, 'String');
      return value;
    },
    violation: (value, place) =>
      violationOf(
        traits.sensitive ? undefined : value,
        place,
        outside('length', value.length, traits.length) ??
          (pattern?.test(value) === false
            ? `satisfy regular expression pattern: ${traits.pattern}`
            : undefined),
      ),
  };
};

/** One of some words, which `values` lists. */
export const enumeration = <const W extends string>(
  ...values: readonly W[]
): Schema<W> & { readonly values: readonly W[] } => ({
  values,
  // `violation` checks which word it is.
  read: (value, place, wire) => string().read(value, place, wire) as W,
  violation: (value, place) => violationOf(value, place, notAmong(value, values)),
});

/** @param traits `range` is the minimum and the maximum, `values` are all allowed values */
export const integer = (
  traits: { readonly range?: readonly [number, number]; readonly values?: readonly number[] } = {},
): Schema<number> => ({
  read: (value, place, wire) => {
    const number = wire === 'text' && /^-?\d{1,15}$/.test(String(value)) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw wrongType(value, place, 'Integer');
    return number;
  },
  violation: (value, place) =>
    violationOf(
      value,
      place,
      Number.isInteger(value)
        ? (outside('value', value, traits.range) ?? (traits.values && notAmong(value, traits.values)))
        : 'be an integer',
    ),
});

/** @param traits `range` is the minimum and the maximum */
export const number = (traits: { readonly range?: readonly [number, number] } = {}): Schema<number> => ({
  read: (value, place) => {
    if (typeof value !== 'number') throw wrongType(value, place, 'Double');
    return value;
  },
  violation: (value, place) => violationOf(value, place, outside('value', value, traits.range)),
});

export const boolean = (): Schema<boolean> => ({
  read: (value, place, wire) => {
    const flag = wire === 'text' && (value === 'true' || value === 'false') ? value === 'true' : value;
    if (typeof flag !== 'boolean') throw wrongType(value, place, 'Boolean');
    return flag;
  },
  violation: () => undefined,
});

/** A member in the path of a request, which is text there, whatever the body is. */
export const fromPath = <T>(schema: Schema<T>): Schema<T> => ({
  ...schema,
  read: (value, place) => schema.read(value, place, 'text'),
});

/** Bytes, which requests hold in base64; those of a package are decoded before. */
export const blob = (): Schema<Uint8Array> => ({
  read: (value, place, wire) =>
    value instanceof Uint8Array ? value : Buffer.from(string().read(value, place, wire), 'base64'),
  violation: () => undefined,
});

/** A value that is kept unchanged. */
export const document = (): Schema<unknown> => ({
  read: (value) => value,
  violation: () => undefined,
});

export const list = <T>(item: Schema<T>, traits: Length = {}): Schema<readonly T[]> => {
  const itemPlace = (place: string, index: number) => `${place}.${index + 1}.member`;
  return {
    read: (value, place, wire) => {
      if (!Array.isArray(value)) throw wrongType(value, place, 'List');
      return value.map((element, index) => item.read(element, itemPlace(place, index), wire));
    },
    violation: (value, place) => {
      const excess = outside('length', value.length, traits.length);
      return (
        (excess && violationOf(traits.sensitive ? undefined : JSON.stringify(value), place, excess)) ??
        first(value, (element, index) => item.violation(element, itemPlace(place, index)))
      );
    },
  };
};

export const map = <T>(item: Schema<T>): Schema<Readonly<Record<string, T>>> => ({
  read: (value, place, wire) => {
    if (!isObject(value)) throw wrongType(value, place, 'Map');
    return Object.fromEntries(
      Object.entries(value).map(([key, element]) => [
        key,
        item.read(element, `${place}.${key}.member`, wire),
      ]),
    );
  },
  violation: (value, place) =>
    first(Object.entries(value), ([key, element]) => item.violation(element, `${place}.${key}.member`)),
});

type Members = Readonly<Record<string, Schema<unknown>>>;

/** The type of a structure with these members. */
type Structure<R extends Members, O extends Members> = Flat<
  { readonly [K in keyof R]: SchemaType<R[K]> } & { readonly [K in keyof O]?: SchemaType<O[K]> }
>;

/** The same type, written as one object. */
type Flat<T> = { [K in keyof T]: T[K] };

/** A structure: it knows the names of its members. */
export interface StructureSchema<T> extends Schema<T> {
  readonly members: readonly string[];
}

/** Required and optional members. Null counts as absent, and unknown members are ignored. */
export const structure = <const R extends Members, const O extends Members = Record<never, never>>(
  required: R,
  optional: O = {} as O,
): StructureSchema<Structure<R, O>> => {
  const members = Object.entries<Schema<unknown>>({ ...required, ...optional }).map(([member, schema]) => ({
    member,
    schema,
    isRequired: member in required,
    shown: member.charAt(0).toLowerCase() + member.slice(1),
  }));
  const memberPlace = (place: string, shown: string) => (place === '' ? shown : `${place}.${shown}`);
  const memberOf = (value: object, member: string): unknown =>
    Object.hasOwn(value, member) ? ((value as Record<string, unknown>)[member] ?? undefined) : undefined;
  return {
    members: members.map(({ member }) => member),
    read: (value, place, wire) => {
      if (!isObject(value)) throw wrongType(value, place, 'Structure');
      const isMissing = ({ member, isRequired }: (typeof members)[number]) =>
        isRequired && memberOf(value, member) === undefined;
      if (members.some(isMissing)) {
        throw missingMembers(members.filter(isMissing).map(({ shown }) => memberPlace(place, shown)));
      }
      const read: Record<string, unknown> = {};
      for (const { member, schema, shown } of members) {
        const given = memberOf(value, member);
        if (given !== undefined) read[member] = schema.read(given, memberPlace(place, shown), wire);
      }
      return read as Structure<R, O>;
    },
    violation: (value, place) =>
      first(members, ({ member, schema, shown }) => {
        const given = memberOf(value, member);
        return given === undefined ? undefined : schema.violation(given, memberPlace(place, shown));
      }),
  };
};

/** @param constraint the first one that the value violates */
function violationOf(value: unknown, place: string, constraint: string | undefined): string | undefined {
  return constraint && violationText(value, place, `Member must ${constraint}`);
}

function outside(kind: 'length' | 'value', size: number, bounds?: readonly [number, number]) {
  if (bounds === undefined) return undefined;
  const [least, greatest] = bounds;
  if (size < least) return `have ${kind} greater than or equal to ${least}`;
  return size > greatest ? `have ${kind} less than or equal to ${greatest}` : undefined;
}

const notAmong = <T>(value: T, values: readonly T[]): string | undefined =>
  values.includes(value) ? undefined : `satisfy enum value set: [${values.join(', ')}]`;

function first<T>(
  items: readonly T[],
  violation: (item: T, index: number) => string | undefined,
): string | undefined {
  for (let index = 0; index < items.length; index++) {
    const found = violation(items[index] as T, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
