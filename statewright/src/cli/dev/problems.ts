import type { Problem } from '../../console';
import { renderError, type Terminal } from '../terminal';

/** The errors of the project as it is now. Each is printed when it comes, and when it has gone. */
export class Problems {
  readonly #problems = new Map<string, Problem & { readonly hint: string | undefined }>();
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** What the console shows. */
  get all(): readonly Problem[] {
    return [...this.#problems.values()].map(({ title, text, hint }) => ({
      title,
      text: hint === undefined ? text : `${text}\n→ ${hint}`,
    }));
  }

  /** @param title the step that failed; a later error of the same step replaces this one */
  set(title: string, text: string, hint?: string): void {
    this.#problems.set(title, { title, text, hint });
    this.#terminal.write(renderError(`${title}\n${text}`, hint, this.#terminal));
  }

  /** The step works again, if it did not. */
  clear(title: string): void {
    if (!this.#problems.delete(title)) return;
    this.#terminal.write(`  ${this.#terminal.paint.good('✓')} ${title}: fixed\n`);
  }
}
