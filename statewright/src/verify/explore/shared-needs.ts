import { Needs } from './needs';
import type { Path, Reference } from './references';

/** What is needed of the documents that any state can read: the execution's input and the variables. */
export class SharedNeeds {
  #execution = new Needs();
  readonly #variables = new Map<string, Needs>();

  /** Of the execution's input. */
  get execution(): Needs {
    return this.#execution;
  }

  get size(): number {
    return [this.#execution, ...this.#variables.values()].reduce((sum, needs) => sum + needs.size, 0);
  }

  /** What a variable is read for. */
  variable(name: string): Needs {
    const known = this.#variables.get(name) ?? new Needs();
    this.#variables.set(name, known);
    return known;
  }

  /** The needs of the document that a reference starts from. @param input those of the state's input */
  documentOf(of: Reference['of'], input: Needs): Needs {
    if (typeof of === 'object') return this.variable(of.variable);
    return of === 'execution' ? this.#execution : input;
  }

  /** Adds the references to the execution's input and to variables. */
  add(references: readonly Reference[]): void {
    for (const { of, path, values } of references) {
      if (typeof of === 'object' || of === 'execution') this.documentOf(of, new Needs()).add(path, values);
    }
  }

  /** Adds references to a state's input, which is at a path of a document, and those to the shared documents. */
  addWithInput(references: readonly Reference[], input: Needs, prefix: Path = []): void {
    input.addReferences(references, 'input', prefix);
    this.add(references);
  }

  /** What a child execution needs of its input, which is an execution's input. @param work computes what its states need */
  ofChildExecution(work: () => Needs): Needs {
    const outer = this.#execution;
    this.#execution = new Needs();
    const needs = new Needs().addAll(work()).addAll(this.#execution);
    this.#execution = outer;
    return needs;
  }
}
