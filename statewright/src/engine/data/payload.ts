import { type Json, parseJson, stringifyJson } from './json';

/**
 * A JSON document as text and as value, each made from the other when first needed. Text that no state changes keeps
 * its white space, as in Step Functions.
 */
export class Payload {
  #text: string | undefined;
  #value: Json | undefined;

  private constructor(text: string | undefined, value: Json | undefined) {
    this.#text = text;
    this.#value = value;
  }

  /** The text is not parsed until `value` is read. */
  static ofText(text: string): Payload {
    return new Payload(text, undefined);
  }

  static ofValue(value: Json): Payload {
    return new Payload(undefined, value);
  }

  /** A list of payloads; each keeps its text. */
  static ofList(items: readonly Payload[]): Payload {
    return Payload.ofText(`[${items.map(({ text }) => text).join(',')}]`);
  }

  get text(): string {
    this.#text ??= stringifyJson(this.#value as Json);
    return this.#text;
  }

  /** @throws SyntaxError when the text is not valid JSON */
  get value(): Json {
    if (this.#value === undefined) this.#value = parseJson(this.#text as string);
    return this.#value;
  }
}
