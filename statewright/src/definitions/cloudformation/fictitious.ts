import { arnsIn, fictitiousArn, fictitiousText, type Owner } from '../fictitious-values';
import { placeholderAt } from '../placeholders';

/** The fictitious values of a template: what only a deployment knows, with what takes its place. */
export class Fictitious {
  readonly #values = new Map<string, { readonly value: string; readonly reason: string }>();
  /** The names from which the ARNs were made. */
  readonly #names = new Map<string, string>();
  readonly #owner: Owner;

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  /**
   * An ARN that takes the place of a value.
   *
   * @param what the value, such as `the parameter Stage`
   * @param name for the ARN (default: what)
   * @param reason why it is not known
   */
  arn(what: string, name = what, reason?: string): string {
    const arn = this.value(what, fictitiousArn(name, this.#owner), reason);
    this.#names.set(arn, name);
    return arn;
  }

  /** Any other value that takes the place of one that is not known. */
  value(what: string, value: string, reason = 'is not known before a deployment'): string {
    this.#values.set(what, { value, reason });
    return value;
  }

  /** A value as it is written into a text: a fictitious ARN only if it is the whole value there. */
  inText(value: string, before: string, after: string): string {
    const name = this.#names.get(value);
    if (name === undefined || (before === '' && after === '')) return value;
    return fictitiousText(placeholderAt(name, before, after));
  }

  has(value: unknown): boolean {
    return this.#names.has(String(value));
  }

  /** Adds those of a nested stack. */
  add(nested: Fictitious): void {
    for (const [what, each] of nested.#values) this.#values.set(what, each);
    for (const [arn, name] of nested.#names) this.#names.set(arn, name);
  }

  get arns(): readonly string[] {
    return arnsIn([...this.#values.values()].map(({ value }) => value));
  }

  /** A sentence for each. */
  get notices(): readonly string[] {
    return [...this.#values].map(([what, { value, reason }]) => {
      const shown = this.#names.has(value) ? 'a fictitious ARN' : `"${value}"`;
      return `${what} ${reason}; ${shown} takes its place.`;
    });
  }
}
