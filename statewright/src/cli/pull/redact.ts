import { JsonPathSyntaxError, type PathSegment, parseJsonPath } from '../../asl/json-path';
import type { HistoryEvent } from '../../history/events';
import { isObject } from '../../is-object';
import { UserError } from '../../user-error';

/** What takes the place of a number, a boolean or a text; a text has one of its own, so that texts stay comparable. */
type Replacement = (value: unknown) => unknown;

/** A shorter text or number is replaced where a path names it, but not wherever else it occurs. */
const SHORTEST = 4;
const SHORTEST_IN_NAME = 8;
const EVENT_DETAILS = /EventDetails$/;

/** Replaces the values that paths name, and every other occurrence of these values in the same executions. */
export class Redaction {
  readonly #paths: readonly (readonly PathSegment[])[];
  /** How often each path has named a value. */
  readonly matches: Map<string, number>;

  /** @throws UserError for a path that cannot be used */
  constructor(paths: readonly string[]) {
    this.#paths = paths.map(segmentsOf);
    this.matches = new Map(paths.map((path) => [path, 0]));
  }

  /**
   * The events of an execution and of its child executions, with their payloads redacted: what is named in one of them is
   * replaced in all.
   */
  redact(histories: readonly (readonly HistoryEvent[])[]): readonly (readonly HistoryEvent[])[] {
    if (this.#paths.length === 0) return histories;
    const secrets = new Secrets();
    for (const payload of histories.flat().flatMap(payloadsOf)) this.#collect(payload, secrets);
    return histories.map((events) =>
      events.map((event) => mapPayloads(event, (text) => this.#redactText(text, secrets))),
    );
  }

  #collect(text: string, secrets: Secrets): void {
    const payload = parsed(text);
    if (payload === undefined) return;
    const paths = [...this.matches.keys()];
    this.#paths.forEach((segments, index) => {
      const path = paths[index] as string;
      mapAt(payload.value, segments, (value) => {
        this.matches.set(path, (this.matches.get(path) ?? 0) + 1);
        secrets.add(value);
        return value;
      });
    });
  }

  #redactText(text: string, secrets: Secrets): string {
    const payload = parsed(text);
    if (payload === undefined) return secrets.hideIn(text);
    const named = this.#paths.reduce(
      (value, segments) => mapAt(value, segments, secrets.replacement),
      payload.value,
    );
    const redacted = JSON.stringify(secrets.hideEverywhere(named));
    // A payload without such a value keeps its own white space.
    return redacted === JSON.stringify(payload.value) ? text : redacted;
  }
}

/** The values that must not be written. */
class Secrets {
  readonly #texts = new Map<string, string>();
  readonly #numbers = new Set<number>();

  add(value: unknown): void {
    for (const leaf of leavesOf(value)) {
      if (typeof leaf === 'string' && !this.#texts.has(leaf)) {
        this.#texts.set(leaf, `redacted-${this.#texts.size + 1}`);
      }
      if (typeof leaf === 'number') this.#numbers.add(leaf);
    }
  }

  /** The value with each of its texts, numbers and booleans replaced: its shape stays. */
  readonly replacement: Replacement = (value) =>
    mapLeaves(value, (leaf) => {
      if (typeof leaf === 'string') return this.#texts.get(leaf) ?? leaf;
      if (typeof leaf === 'number') return 0;
      return typeof leaf === 'boolean' ? false : leaf;
    });

  /** Every occurrence in a value, also in JSON texts inside it. */
  hideEverywhere(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.hideEverywhere(item));
    if (isObject(value)) {
      const members = Object.entries(value);
      return Object.fromEntries(
        members.map(([name, member]) => [this.#hideInName(name), this.hideEverywhere(member)]),
      );
    }
    if (typeof value === 'number') return this.#isLong(value) ? 0 : value;
    return typeof value === 'string' ? this.hideIn(value) : value;
  }

  /** A member's name may be data, such as an address. A short text is more likely to be the name of a field. */
  #hideInName(name: string): string {
    let hidden = name;
    for (const [secret, replacement] of this.#texts) {
      if (secret.length >= SHORTEST_IN_NAME) hidden = hidden.replaceAll(secret, replacement);
    }
    return hidden;
  }

  /** Every occurrence in a text. */
  hideIn(text: string): string {
    const nested = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
    if (nested) {
      const hidden = JSON.stringify(this.hideEverywhere(nested.value));
      if (hidden !== JSON.stringify(nested.value)) return hidden;
    }
    let hidden = text;
    for (const [secret, replacement] of this.#texts) {
      if (secret.length >= SHORTEST) hidden = hidden.replaceAll(secret, replacement);
      else if (hidden === secret) hidden = replacement;
    }
    for (const number of this.#numbers) {
      if (this.#isLong(number)) hidden = hidden.replaceAll(String(number), '0');
    }
    return hidden;
  }

  #isLong(value: number): boolean {
    return this.#numbers.has(value) && String(value).length >= SHORTEST;
  }
}

/** @throws UserError */
function segmentsOf(path: string): readonly PathSegment[] {
  const unusable = (reason: string) =>
    new UserError(
      `--redact ${path}: ${reason}`,
      "Such as --redact '$.card', --redact '$..email' or --redact '$.items[*].name'",
    );
  try {
    const { root, segments } = parseJsonPath(path);
    if (root.kind !== 'input' || segments.length === 0)
      throw unusable('the path must begin with $. and name a member.');
    const kinds = segments.flatMap((segment) =>
      segment.kind === 'descendants' ? [segment.step.kind] : [segment.kind],
    );
    if (kinds.every((kind) => ['child', 'index', 'wildcard'].includes(kind))) return segments;
    throw unusable('only names, [0], [*] and .. can be used here.');
  } catch (error) {
    throw error instanceof JsonPathSyntaxError ? unusable(error.message) : error;
  }
}

/** Replaces what a path names in a value. */
function mapAt(value: unknown, [segment, ...rest]: readonly PathSegment[], replace: Replacement): unknown {
  if (segment === undefined) return replace(value);
  if (segment.kind === 'descendants') {
    const here = mapAt(value, [segment.step, ...rest], replace);
    return mapMembers(
      here,
      () => true,
      (member) => mapAt(member, [segment, ...rest], replace),
    );
  }
  const isNamed = (key: string | number): boolean => {
    if (segment.kind === 'wildcard') return true;
    if (segment.kind === 'child') return segment.names.includes(String(key)) && typeof key === 'string';
    return segment.kind === 'index' && segment.indexes.includes(Number(key)) && typeof key === 'number';
  };
  return mapMembers(value, isNamed, (member) => mapAt(member, rest, replace));
}

function mapMembers(
  value: unknown,
  isNamed: (key: string | number) => boolean,
  map: (member: unknown) => unknown,
): unknown {
  if (Array.isArray(value)) return value.map((item, index) => (isNamed(index) ? map(item) : item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isNamed(name) ? map(member) : member]),
  );
}

function mapLeaves(value: unknown, map: Replacement): unknown {
  if (Array.isArray(value) || isObject(value)) {
    return mapMembers(
      value,
      () => true,
      (member) => mapLeaves(member, map),
    );
  }
  return map(value);
}

function leavesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isObject(value) ? Object.values(value).flatMap(leavesOf) : [value];
}

const payloadsOf = (event: HistoryEvent): string[] => {
  const texts: string[] = [];
  mapPayloads(event, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
};

/** Maps the texts of an event that come from the user's data. Names, such as those of states and resources, stay. */
function mapPayloads(event: HistoryEvent, map: (text: string) => string): HistoryEvent {
  const entries = Object.entries(event).map(([member, details]) => {
    if (!EVENT_DETAILS.test(member) || !isObject(details)) return [member, details];
    const mapped = Object.entries(details).map(([name, value]) => {
      if (typeof value === 'string' && PAYLOADS.includes(name)) return [name, map(value)];
      if (name === 'assignedVariables' && isObject(value)) {
        return [
          name,
          Object.fromEntries(Object.entries(value).map(([key, text]) => [key, map(String(text))])),
        ];
      }
      return [name, value];
    });
    return [member, Object.fromEntries(mapped)];
  });
  return Object.fromEntries(entries);
}

const PAYLOADS = ['input', 'output', 'parameters', 'cause', 'error'];

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
