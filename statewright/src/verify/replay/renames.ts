import type { StateVisit } from '../../history/visit';
import type { Place } from './positions';
import type { Recording } from './recording';

/**
 * The states that were renamed: a state that the recording does not know, in the place of one of the same type that the
 * definition no longer has.
 */
export class Renames {
  readonly #defined: ReadonlySet<string>;
  readonly #oldNames = new Map<string, string>();

  constructor(defined: ReadonlySet<string>) {
    this.#defined = defined;
  }

  /** The new names, and the name that each had. */
  get entries(): ReadonlyMap<string, string> {
    return this.#oldNames;
  }

  /** The name of a visit's state in the recording. */
  recordedName({ name, type }: StateVisit, place: Place, recording: Recording | undefined): string {
    const known = this.#oldNames.get(name);
    if (known !== undefined || recording === undefined || recording.states.has(name)) return known ?? name;
    const taken = new Set(this.#oldNames.values());
    const old = recording
      .visitsAt(place)
      .find((visit) => visit.type === type && !this.#defined.has(visit.name) && !taken.has(visit.name));
    if (old) this.#oldNames.set(name, old.name);
    return old?.name ?? name;
  }
}
