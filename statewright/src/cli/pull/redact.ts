import { JsonPathSyntaxError, type PathSegment, parseJsonPath } from '../../asl/json-path';
import type { HistoryEvent } from '../../history/events';
import { isObject } from '../../is-object';
import { UserError } from '../../user-error';
import { mapMembers, parsed, type Replacement, Secrets } from './secrets';

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
