import type { EventSourceSettings } from './requests';

/** The record of an event source mapping: which source a function reads. */
export interface EventSourceMapping extends Omit<EventSourceSettings, 'Enabled'> {
  readonly UUID: string;
  readonly EventSourceArn: string;
  /** With the version or the alias of the request, if any. */
  readonly FunctionArn: string;
  readonly StartingPosition?: string;
  readonly StartingPositionTimestamp?: unknown;
  readonly enabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly LastModified: number;
}
