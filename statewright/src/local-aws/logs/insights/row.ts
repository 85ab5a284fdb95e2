import { isObject } from '../../../is-object';
import type { LogEvent } from '../event-block';

/** The value of a field in a row; undefined where the row does not have it. */
export type FieldValue = string | number | undefined;

/** A row of a query: an event, or a group of `stats`. */
export interface Row {
  get(field: string): FieldValue;
  /** About how many characters a row keeps in memory. */
  readonly size: number;
}

/** What a row takes in addition to its texts. */
export const ROW_SIZE = 100;

/**
 * The fields of an event (CloudWatch Logs User Guide, "Supported logs and discovered fields"): those of every log, those of
 * Lambda's own lines, and the members of a message in JSON, with dots between them.
 */
export class EventRow implements Row {
  readonly #event: LogEvent;
  readonly #log: string;

  /** @param log the account and the name of the log group, as `@log` */
  constructor(event: LogEvent, log: string) {
    this.#event = event;
    this.#log = log;
  }

  get size(): number {
    return ROW_SIZE + this.#event.message.length;
  }

  get(field: string): FieldValue {
    const { message, timestamp, ingestionTime, logStreamName, eventId } = this.#event;
    switch (field) {
      case '@message':
        return message;
      case '@timestamp':
        return timestamp;
      case '@ingestionTime':
        return ingestionTime;
      case '@logStream':
        return logStreamName;
      case '@log':
        return this.#log;
      case '@ptr':
        return Buffer.from(eventId).toString('base64url');
      default:
        return field.startsWith('@') ? lambdaField(field, message) : this.#member(field);
    }
  }

  #member(field: string): FieldValue {
    let value = jsonOf(this.#event.message);
    for (const name of field.split('.')) {
      value = isMembers(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    }
    if (typeof value === 'string' || typeof value === 'number') return value;
    // As AWS shows them.
    if (typeof value === 'boolean') return value ? 1 : 0;
    return undefined;
  }
}

const isMembers = (value: unknown): value is Record<string, unknown> =>
  isObject(value) || Array.isArray(value);

/** The message that was parsed last: a query reads one event after the other, and of each several fields. */
let last: { readonly message: string; readonly json: unknown } | undefined;

function jsonOf(message: string): unknown {
  if (last?.message !== message) last = { message, json: readJson(message) };
  return last.json;
}

function readJson(message: string): unknown {
  if (!message.startsWith('{')) return {};
  try {
    return JSON.parse(message);
  } catch {
    return {};
  }
}

/** What Lambda's lines say; memory is in bytes. */
const LAMBDA_FIELDS: Readonly<Record<string, readonly [pattern: RegExp, unit?: number]>> = {
  '@type': [/^(START|END|REPORT) RequestId: /],
  '@requestId': [/(?:RequestId: |\t)([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\b/],
  '@duration': [/^REPORT .*\tDuration: ([\d.]+) ms/, 1],
  '@billedDuration': [/^REPORT .*\tBilled Duration: (\d+) ms/, 1],
  '@initDuration': [/^REPORT .*\tInit Duration: ([\d.]+) ms/, 1],
  '@memorySize': [/^REPORT .*\tMemory Size: (\d+) MB/, 1_000_000],
  '@maxMemoryUsed': [/^REPORT .*\tMax Memory Used: (\d+) MB/, 1_000_000],
};

function lambdaField(field: string, message: string): FieldValue {
  const [pattern, unit] = LAMBDA_FIELDS[field] ?? [];
  const found = pattern?.exec(message)?.[1];
  return found === undefined || unit === undefined ? found : Number(found) * unit;
}
