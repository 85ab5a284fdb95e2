/**
 * The keys of log groups and streams, which tell their records from those of deleted ones of the same name that are still being
 * erased (see `Erasures`). Names have neither a colon nor an asterisk, so that keys are unambiguous.
 */

interface Keyed {
  readonly logGroupName: string;
  /** Kept where it is not the usual one. */
  readonly key?: string | undefined;
}

interface KeyedStream extends Keyed {
  readonly logStreamName: string;
}

/** Usually the group's name. */
export const groupKey = ({ logGroupName, key = logGroupName }: Keyed): string => key;

/** Of a stream, or of the stream that a block of events belongs to: usually the names of the group and of the stream. */
export const streamKey = ({ logGroupName, logStreamName, key }: KeyedStream): string =>
  key ?? `${logGroupName}:${logStreamName}`;

/** The place of a group's stream in the table of streams, and the key of the stream while no other one has it. */
export const streamPlace = (group: Keyed, streamName: string): string => `${groupKey(group)}:${streamName}`;

/** The key of a stream's group. */
export const groupKeyIn = (key: string): string => key.slice(0, key.indexOf(':'));
