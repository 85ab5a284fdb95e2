import { reasonOf, type UpstreamServices } from '../../integrations/upstream-services';
import type { Authorize } from '../account-context';
import { compileEventPattern } from '../events/event-pattern';
import type { EventSourceMapping } from './event-source-mapping';
import type { FunctionStore } from './function-store';
import type { Runner } from './runner';
import { failedMessages, isWanted, type SqsMessage, type SqsRecord, sqsRecord } from './sqs-event';

/**
 * How long a request waits for the first message, in seconds. An emulator may give a message to a request that nobody
 * waits for any more: the message is then invisible for a while.
 */
const LONG_POLL = 5;
/** How many batches of a queue are processed at once by default, as Lambda begins. */
const CONCURRENCY = 5;
/** The longest pause after a failure, in milliseconds. */
const LONGEST_PAUSE = 60_000;
/** The size at which a batch is full, in bytes: an event has at most 6 MB. */
const FULL_BATCH = 5_000_000;
/** What a function's role needs (Lambda Developer Guide, "Execution role permissions" of SQS event sources). */
const ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** What a poller works with. */
export interface PollerServices {
  readonly store: FunctionStore;
  readonly runner: Runner;
  readonly authorize: Authorize;
  readonly upstream: UpstreamServices;
}

/**
 * Reads the queue of an event source mapping and invokes its function with batches of messages, until the mapping is
 * disabled or deleted. Messages of a failed batch stay in the queue, and are received again after its visibility timeout.
 */
export class QueuePoller {
  readonly #services: PollerServices;
  readonly #uuid: string;
  readonly #abort = new AbortController();
  readonly #active = new Set<Promise<void>>();
  #queueUrl: string | undefined;
  #failures = 0;
  #lastWarning: string | undefined;

  constructor(services: PollerServices, uuid: string) {
    this.#services = services;
    this.#uuid = uuid;
  }

  /** Resolves when it has stopped. */
  async run(): Promise<void> {
    // The account may still be opening.
    await Promise.resolve();
    for (;;) {
      const mapping = this.#services.store.eventSourceMappings.get(this.#uuid);
      if (!mapping?.enabled || this.#abort.signal.aborted) break;
      try {
        await this.#turn(mapping);
        this.#failures = 0;
        this.#lastWarning = undefined;
      } catch (error) {
        if (this.#abort.signal.aborted) break;
        this.#queueUrl = undefined;
        this.#warn(mapping, reasonOf(error));
        await this.#pause(Math.min(1000 * 2 ** this.#failures++, LONGEST_PAUSE));
      }
    }
    await Promise.all(this.#active);
  }

  /** Stops at once, also in the middle of a request. */
  stop(): void {
    this.#abort.abort();
  }

  /** Receives one batch. It is processed while the next one is received. */
  async #turn(mapping: EventSourceMapping): Promise<void> {
    this.#checkRole(mapping);
    while (this.#active.size >= (mapping.ScalingConfig?.MaximumConcurrency ?? CONCURRENCY)) {
      await Promise.race(this.#active);
    }
    this.#queueUrl ??= await this.#findQueue(mapping);
    const url = this.#queueUrl;
    const messages = await this.#receiveBatch(url, mapping);
    if (messages.length === 0) return;
    const work = this.#process(url, mapping, messages)
      .catch((error) => this.#warn(mapping, reasonOf(error)))
      .finally(() => this.#active.delete(work));
    this.#active.add(work);
  }

  #checkRole({ FunctionArn, EventSourceArn }: EventSourceMapping): void {
    const { store, authorize } = this.#services;
    const { Role: roleArn } = store.version({ FunctionName: FunctionArn });
    for (const action of ACTIONS) {
      const answer = authorize({ roleArn, action, resource: EventSourceArn });
      if (!answer.allowed) throw new Error(answer.message);
    }
  }

  async #findQueue({ EventSourceArn }: EventSourceMapping): Promise<string> {
    const [, , , , QueueOwnerAWSAccountId, QueueName] = EventSourceArn.split(':');
    const { QueueUrl } = await this.#call('GetQueueUrl', { QueueName, QueueOwnerAWSAccountId });
    return String(QueueUrl);
  }

  /** Waits for a message, and then for more of them while the batching window lasts. */
  async #receiveBatch(
    url: string,
    { BatchSize = 10, MaximumBatchingWindowInSeconds: window = 0 }: EventSourceMapping,
  ): Promise<SqsMessage[]> {
    const { clock } = this.#services.store.context;
    const messages = await this.#receive(url, BatchSize, LONG_POLL);
    const end = clock.now() + window * 1000;
    while (messages.length > 0 && messages.length < BatchSize && sizeOf(messages) < FULL_BATCH) {
      const left = end - clock.now();
      if (left <= 0) break;
      const wait = Math.min(Math.ceil(left / 1000), LONG_POLL);
      messages.push(...(await this.#receive(url, BatchSize - messages.length, wait)));
    }
    return messages;
  }

  async #receive(QueueUrl: string, most: number, WaitTimeSeconds: number): Promise<SqsMessage[]> {
    const { Messages = [] } = await this.#call('ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: Math.min(most, 10),
      WaitTimeSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return Messages as SqsMessage[];
  }

  async #process(url: string, mapping: EventSourceMapping, messages: readonly SqsMessage[]): Promise<void> {
    const filters = (mapping.FilterCriteria?.Filters ?? []).map(({ Pattern = '{}' }) =>
      compileEventPattern(Pattern),
    );
    const records = messages.map((message) => sqsRecord(message, mapping));
    const wanted = records.filter((record) => isWanted(record, filters));
    const failed = wanted.length === 0 ? new Set() : await this.#invoke(mapping, wanted);
    const done = records.filter(({ messageId }) => !failed.has(messageId));
    for (let i = 0; i < done.length; i += 10) {
      await this.#call('DeleteMessageBatch', {
        QueueUrl: url,
        Entries: done
          .slice(i, i + 10)
          .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
      });
    }
  }

  /** Invokes the function. Returns the ids of the messages that it has not processed. */
  async #invoke(
    { FunctionArn, FunctionResponseTypes = [] }: EventSourceMapping,
    records: readonly SqsRecord[],
  ): Promise<ReadonlySet<unknown>> {
    const { store, runner } = this.#services;
    const { name, qualifier } = store.reference({ FunctionName: FunctionArn });
    const { failed, payload } = await runner.run({
      requestId: store.context.uuid(),
      target: { FunctionName: name, ...(qualifier !== undefined && { Qualifier: qualifier }) },
      functionArn: FunctionArn,
      event: JSON.stringify({ Records: records }),
      patient: true,
    });
    if (failed) return new Set(records.map(({ messageId }) => messageId));
    return FunctionResponseTypes.includes('ReportBatchItemFailures')
      ? failedMessages(records, payload)
      : new Set();
  }

  #call(operation: string, input: object) {
    return this.#services.upstream.call('sqs', operation, input, this.#abort.signal);
  }

  /** Says what is wrong once, until it changes. */
  #warn({ EventSourceArn, FunctionArn }: EventSourceMapping, reason: string): void {
    if (this.#abort.signal.aborted || reason === this.#lastWarning) return;
    this.#lastWarning = reason;
    process.emitWarning(`Lambda cannot read ${EventSourceArn} for ${FunctionArn}: ${reason}`);
  }

  #pause(delay: number): Promise<void> {
    const { signal } = this.#abort;
    return new Promise((resolve) => {
      const cancel = this.#services.store.context.clock.setTimer(delay, end);
      function end(): void {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      }
      signal.addEventListener('abort', end);
    });
  }
}

const sizeOf = (messages: readonly SqsMessage[]) =>
  messages.reduce((size, { Body }) => size + Buffer.byteLength(Body), 0);
