import { didYouMean, quoted } from '../../did-you-mean';
import type { Diagnostic, DiagnosticCode } from '../diagnostic';
import { fieldAt, itemAt } from '../location';
import type { QueryLanguage } from '../values';

/** The type of a state machine, or of the child executions of a distributed Map. */
export type WorkflowType = 'STANDARD' | 'EXPRESS';

/** A place in the definition, with the query language and the workflow type that apply to it. */
export class Place {
  readonly #diagnostics: Diagnostic[];

  constructor(
    /** As the API writes it: `/States/Pick/Choices[0]/Next`. */
    readonly location: string,
    /** The query language that applies here. */
    readonly language: QueryLanguage,
    /** The query language of the state machine; a state cannot change it from JSONata to JSONPath. */
    readonly machineLanguage: QueryLanguage,
    readonly type: WorkflowType,
    diagnostics: Diagnostic[],
  ) {
    this.#diagnostics = diagnostics;
  }

  field(name: string): Place {
    return this.with({ location: fieldAt(this.location, name) });
  }

  item(index: number): Place {
    return this.with({ location: itemAt(this.location, index) });
  }

  with(changes: Partial<Pick<Place, 'location' | 'language' | 'type'>>): Place {
    const { location, language, type } = { ...this, ...changes };
    return new Place(location, language, this.machineLanguage, type, this.#diagnostics);
  }

  error(message: string, code: DiagnosticCode = 'SCHEMA_VALIDATION_FAILED'): void {
    this.#diagnostics.push({ severity: 'ERROR', code, message, location: this.location });
  }

  warning(message: string, code: DiagnosticCode): void {
    this.#diagnostics.push({ severity: 'WARNING', code, message, location: this.location });
  }
}

/** A second sentence for a message: `. Did you mean "Next"?`; empty when no candidate is close. */
export function hint(word: string, candidates: Iterable<string>): string {
  const meant = didYouMean(word, candidates, quoted);
  return meant === undefined ? '' : `. ${meant}`;
}
