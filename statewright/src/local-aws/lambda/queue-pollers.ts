import type { UpstreamServices } from '../../integrations/upstream-services';
import type { EventSourceMapping } from './event-source-mapping';
import { type PollerServices, QueuePoller } from './queue-poller';

/** The pollers of all event source mappings that read queues. */
export class QueuePollers {
  readonly #services: Omit<PollerServices, 'upstream'>;
  readonly #upstream: UpstreamServices | undefined;
  readonly #running = new Map<string, { readonly poller: QueuePoller; readonly stopped: Promise<void> }>();
  #closed = false;

  constructor(services: Omit<PollerServices, 'upstream'>, upstream: UpstreamServices | undefined) {
    this.#services = services;
    this.#upstream = upstream;
    for (const mapping of services.store.eventSourceMappings.values()) this.#start(mapping);
  }

  /** Reads the source of a new mapping. Says why, if it cannot be read here. */
  add(mapping: EventSourceMapping): void {
    const reason = this.cannotRead(mapping.EventSourceArn);
    if (reason === undefined) this.#start(mapping);
    else {
      process.emitWarning(
        `Lambda does not read ${mapping.EventSourceArn} here: its event source mapping is kept without effect.${reason}`,
      );
    }
  }

  /** Reads the source of a mapping that was changed, if it was enabled. One that was disabled stops by itself. */
  update(uuid: string): void {
    const mapping = this.#services.store.eventSourceMappings.get(uuid);
    if (mapping) this.#start(mapping);
  }

  /** Stops at once. */
  async close(): Promise<void> {
    this.#closed = true;
    const running = [...this.#running.values()];
    for (const { poller } of running) poller.stop();
    await Promise.all(running.map(({ stopped }) => stopped));
  }

  #start(mapping: EventSourceMapping): void {
    const { UUID, enabled } = mapping;
    const upstream = this.#upstream;
    if (!enabled || this.#closed || upstream === undefined) return;
    if (this.cannotRead(mapping.EventSourceArn) !== undefined || this.#running.has(UUID)) return;
    const poller = new QueuePoller({ ...this.#services, upstream }, UUID);
    const stopped = poller.run().finally(() => {
      this.#running.delete(UUID);
      // It may have been enabled again just as it stopped.
      this.update(UUID);
    });
    this.#running.set(UUID, { poller, stopped });
  }

  /** What to do about a source that cannot be read here; undefined for a queue that can be read. */
  cannotRead(eventSourceArn: string): string | undefined {
    if (eventSourceArn.split(':')[2] !== 'sqs') return '';
    const upstream = this.#upstream?.find('sqs');
    if (upstream === undefined) return ' Pass the address of an emulator that has SQS with --upstream.';
    // Messages that are received there are lost for the functions that they are for.
    return upstream.endpoint === 'aws' ? ' Queues of the real AWS are not read.' : undefined;
  }
}
