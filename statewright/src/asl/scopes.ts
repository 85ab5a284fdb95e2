/** The scopes of a definition: the machine itself, the branches of its Parallels, the processors of its Maps. */

/** States that name only each other, and where they are. */
export interface FoundScope {
  /** As the API writes it: `/States/Each/ItemProcessor`; empty for the machine itself. */
  readonly location: string;
  readonly startAt: unknown;
  /** Name and content of each state; contents are whatever the definition has there. */
  readonly states: readonly (readonly [name: string, state: unknown])[];
}

/** Every scope of a definition, outer ones first, in the order they are written. Nothing is assumed of its shape. */
export function* scopesOf(scope: unknown, location = ''): Generator<FoundScope> {
  const states = Object.entries(objectOf(ownField(scope, 'States')) ?? {});
  yield { location, startAt: ownField(scope, 'StartAt'), states };
  for (const [name, state] of states) {
    const place = `${location}/States/${name}`;
    const branches = ownField(state, 'Branches');
    for (const [index, branch] of Array.isArray(branches) ? branches.entries() : []) {
      yield* scopesOf(branch, `${place}/Branches[${index}]`);
    }
    for (const field of ['ItemProcessor', 'Iterator']) {
      const processor = ownField(state, field);
      if (processor !== undefined) yield* scopesOf(processor, `${place}/${field}`);
    }
  }
}

/** An object's own field; nothing when it has none, even when the field is called `constructor`. */
export function ownField(value: unknown, name: string): unknown {
  const object = objectOf(value);
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The value as an object with fields; nothing when it is an array or no object at all. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
