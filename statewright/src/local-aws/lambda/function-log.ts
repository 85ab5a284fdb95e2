import type { AccountContext, Authorize } from '../account-context';
import type { AwsError } from '../aws-error';
import type { LogsService } from '../logs/logs-service';
import { BATCH_BYTES, EVENT_OVERHEAD } from '../logs/put-events';
import type { InputLogEvent } from '../logs/requests';
import { StorageError } from '../storage-error';
import type { VersionRecord } from './configuration';

/** The part of CloudWatch Logs that Lambda uses. */
export type LogsWriter = Pick<LogsService, 'createLogGroup' | 'createLogStream' | 'putFunctionLog'>;

/** The longest event, in characters: CloudWatch Logs accepts it with any characters. */
const LONGEST_EVENT = 250_000;
/** The most events in one request (CloudWatch Logs API Reference, PutLogEvents). */
const MOST_EVENTS = 10_000;
/** How much of a log LogType Tail returns, in bytes. */
const TAIL = 4096;

/**
 * The log of one environment: a separate stream in the function's group. The function's role must allow each step, as
 * on AWS: what it does not allow is not written, and nothing else fails.
 */
export class FunctionLog {
  readonly streamName: string;
  /** The end of the invocation's log, and perhaps some more of it. */
  #lines: string[] = [];
  #length = 0;
  /** Events that are not written yet. */
  #waiting: InputLogEvent[] = [];
  #waitingBytes = 0;
  /** Whether the stream exists, as far as is known. */
  #open = false;
  /** Whether the current invocation may write to it. */
  #writable = false;
  readonly #context: AccountContext;
  readonly #logs: LogsWriter;
  readonly #authorize: Authorize;
  readonly #version: VersionRecord;

  constructor(context: AccountContext, logs: LogsWriter, authorize: Authorize, version: VersionRecord) {
    this.#context = context;
    this.#logs = logs;
    this.#authorize = authorize;
    this.#version = version;

    const day = new Date(context.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    this.streamName = `${day}/[${version.Version}]${context.uuid().replaceAll('-', '')}`;
  }

  /** Starts the log of an invocation; creates the group and the stream if they are missing and the role allows it. */
  begin(): void {
    this.#flush();
    this.#lines = [];
    this.#length = 0;
    this.#open ||= this.#makeStream();
    this.#writable = this.#open && this.#may('logs:PutLogEvents', this.streamName);
  }

  /** Writes a line, at the latest in the next turn of the event loop: many at once cost little more than one. */
  write(text: string): void {
    this.#keepForTail(text);
    if (!this.#writable) return;
    // The machine's clock may be set back, and events have to be in order.
    const timestamp = Math.max(this.#context.clock.now(), this.#waiting.at(-1)?.timestamp ?? 0);
    for (let at = 0; at < text.length; at += LONGEST_EVENT) {
      const message = text.slice(at, at + LONGEST_EVENT);
      const bytes = Buffer.byteLength(message) + EVENT_OVERHEAD;
      if (this.#waiting.length >= MOST_EVENTS || this.#waitingBytes + bytes > BATCH_BYTES) this.#flush();
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      this.#waiting.push({ timestamp, message });
      this.#waitingBytes += bytes;
    }
  }

  /** Writes what is still to be written. @returns the end of the invocation's log, in base64 */
  tail(): string {
    this.#flush();
    return Buffer.from(this.#lines.join('')).subarray(-TAIL).toString('base64');
  }

  #keepForTail(text: string): void {
    const line = text.endsWith('\n') ? text : `${text}\n`;
    this.#lines.push(line);
    this.#length += line.length;
    if (this.#length < 16 * TAIL) return;
    this.#lines = [this.#lines.join('').slice(-TAIL)];
    this.#length = TAIL;
  }

  #flush(): void {
    const logEvents = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (logEvents.length === 0 || !this.#writable) return;
    try {
      this.#logs.putFunctionLog({ ...this.#stream, logEvents }, this.#version.FunctionName);
    } catch {
      // The group was deleted under the running function, or the disk is full: the rest of this invocation's log is lost.
      this.#open = false;
      this.#writable = false;
    }
  }

  get #stream() {
    return { logGroupName: this.#version.LoggingConfig.LogGroup, logStreamName: this.streamName };
  }

  #makeStream(): boolean {
    if (!this.#may('logs:CreateLogStream', this.streamName)) return false;
    try {
      this.#logs.createLogStream(this.#stream);
      return true;
    } catch (error) {
      const { code } = error as AwsError;
      if (code !== 'ResourceNotFoundException') return code === 'ResourceAlreadyExistsException';
    }
    if (!this.#may('logs:CreateLogGroup', '')) return false;
    try {
      this.#logs.createLogGroup({ logGroupName: this.#stream.logGroupName });
      this.#logs.createLogStream(this.#stream);
      return true;
    } catch (error) {
      if (error instanceof StorageError) return false;
      throw error;
    }
  }

  /** Whether the role allows the action. The ARN for a group also ends with a stream, whose name is empty. */
  #may(action: string, streamName: string): boolean {
    const { region, accountId } = this.#context;
    const group = `arn:aws:logs:${region}:${accountId}:log-group:${this.#stream.logGroupName}`;
    return this.#authorize({
      roleArn: this.#version.Role,
      action,
      resource: `${group}:log-stream:${streamName}`,
      sessionName: this.#version.FunctionName,
    }).allowed;
  }
}
