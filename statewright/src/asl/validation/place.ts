import { didYouMean, quoted } from '../../did-you-mean';
import type { Steps } from '../../steps';
import type { Diagnostic, DiagnosticCode } from '../diagnostic';
import { fieldAt, itemAt } from '../location';
import type { QueryLanguage } from '../values';

/** The type of a state machine, or of the child executions of a distributed Map. */
export type WorkflowType = 'STANDARD' | 'EXPRESS';

/** Diagnostics in their order; those of a check that is made later have a list of their own in it. */
interface Found extends Array<Diagnostic | Found> {}

function* inOrder(found: Found): Generator<Diagnostic> {
  for (const each of found) {
    if (Array.isArray(each)) yield* inOrder(each);
    else yield each;
  }
}

/** What a validation has found, and what it has still to check. */
export class Findings {
  readonly found: Found = [];
  readonly #later: (() => void)[] = [];

  /** Adds a check that is made after the current one. */
  later(check: () => void): void {
    this.#later.push(check);
  }

  /** Makes the checks that were left for later, one in each step. */
  *checkRest(): Steps<void> {
    for (let check = this.#later.pop(); check !== undefined; check = this.#later.pop()) {
      check();
      yield;
    }
  }

  get diagnostics(): Diagnostic[] {
    return [...inOrder(this.found)];
  }
}

/** A place in the definition, with the query language and the workflow type that apply to it. */
export class Place {
  readonly #findings: Findings;
  readonly #found: Found;

  constructor(
    /** As the API writes it: `/States/Pick/Choices[0]/Next`. */
    readonly location: string,
    /** The query language that applies here. */
    readonly language: QueryLanguage,
    /** The query language of the state machine; a state cannot change it from JSONata to JSONPath. */
    readonly machineLanguage: QueryLanguage,
    readonly type: WorkflowType,
    findings: Findings,
    found = findings.found,
  ) {
    this.#findings = findings;
    this.#found = found;
  }

  field(name: string): Place {
    return this.with({ location: fieldAt(this.location, name) });
  }

  item(index: number): Place {
    return this.with({ location: itemAt(this.location, index) });
  }

  with(changes: Partial<Pick<Place, 'location' | 'language' | 'type'>>): Place {
    const { location = this.location, language = this.language, type = this.type } = changes;
    return new Place(location, language, this.machineLanguage, type, this.#findings, this.#found);
  }

  /** Checks this place later: a definition may have thousands of states. The order of the diagnostics is the same. */
  later(check: (at: Place) => void): void {
    const found: Found = [];
    this.#found.push(found);
    const { location, language, machineLanguage, type } = this;
    const at = new Place(location, language, machineLanguage, type, this.#findings, found);
    this.#findings.later(() => check(at));
  }

  error(message: string, code: DiagnosticCode = 'SCHEMA_VALIDATION_FAILED'): void {
    this.#found.push({ severity: 'ERROR', code, message, location: this.location });
  }

  warning(message: string, code: DiagnosticCode): void {
    this.#found.push({ severity: 'WARNING', code, message, location: this.location });
  }
}

/** A second sentence for a message: `. Did you mean "Next"?`; empty when no candidate is close. */
export function hint(word: string, candidates: Iterable<string>): string {
  const meant = didYouMean(word, candidates, quoted);
  return meant === undefined ? '' : `. ${meant}`;
}
