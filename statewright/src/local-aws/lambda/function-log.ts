import type { AccountContext, Authorize } from '../account-context';
import type { AwsError } from '../aws-error';
import type { LogsService } from '../logs/logs-service';
import { StorageError } from '../storage-error';
import type { VersionRecord } from './configuration';

/** The part of CloudWatch Logs that Lambda uses. */
export type LogsWriter = Pick<LogsService, 'createLogGroup' | 'createLogStream' | 'putLogEvents'>;

/** The longest event, in characters: CloudWatch Logs accepts it with any characters. */
const LONGEST_EVENT = 250_000;
/** How much of a log LogType Tail returns, in bytes. */
const TAIL = 4096;

/**
 * The log of one environment: a separate stream in the function's group. The function's role must allow each step, as
 * on AWS: what it does not allow is not written, and nothing else fails.
 */
export class FunctionLog {
  readonly streamName: string;
  #lines: string[] = [];
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
    this.#lines = [];
    this.#open ||= this.#makeStream();
    this.#writable = this.#open && this.#may('logs:PutLogEvents', this.streamName);
  }

  write(text: string): void {
    this.#lines.push(text);
    if (!this.#writable) return;
    const timestamp = this.#context.clock.now();
    for (let at = 0; at < text.length; at += LONGEST_EVENT) {
      const message = text.slice(at, at + LONGEST_EVENT);
      try {
        this.#logs.putLogEvents({ ...this.#stream, logEvents: [{ timestamp, message }] });
      } catch {
        // The group was deleted while the function ran, or the disk is full: the rest of this invocation's log is lost.
        this.#open = false;
        this.#writable = false;
        return;
      }
    }
  }

  /** The end of the invocation's log, in base64. */
  tail(): string {
    const text = this.#lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join('');
    return Buffer.from(text).subarray(-TAIL).toString('base64');
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
