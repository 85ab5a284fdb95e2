import type { Table } from '../../table';
import { withoutBytes } from './without-bytes';

/** How a resource was requested, without its deployment package. */
export interface KeptRequest {
  /** The region, the workspace and the folder of the stack that requested it last. */
  readonly stack: string;
  readonly region: string;
  readonly service: 'iam' | 'logs' | 'lambda' | 'states';
  readonly operation: string;
  readonly request: unknown;
}

/** What an account keeps of the deployments of one stack, so that a later process knows what the stack has created. */
export class KeptRequests {
  readonly #table: Table<KeptRequest>;
  readonly #stack: string | undefined;
  /** The operation that is called now. */
  #call: Omit<KeptRequest, 'stack'> | undefined;

  /** @param stack its region, workspace and folder; undefined to keep nothing */
  constructor(table: Table<KeptRequest>, stack: string | undefined) {
    this.#table = table;
    this.#stack = stack;
  }

  /** In the order in which the resources were created. */
  get all(): readonly KeptRequest[] {
    return [...this.#table.values()].filter(({ stack }) => stack === this.#stack);
  }

  /** The operations of a service, each of which is known while it runs. */
  whileCalled<S extends object>(region: string, service: KeptRequest['service'], operations: S): S {
    const noted = Object.entries(operations).map(([operation, call]) => [
      operation,
      (request: unknown) => {
        this.#call = { region, service, operation, request };
        return call(request);
      },
    ]);
    return Object.fromEntries(noted);
  }

  /** Keeps the call that runs, which has created or changed a resource. */
  set(key: string): void {
    if (this.#call === undefined || this.#stack === undefined) return;
    // A deployment package is not needed to delete what it is in.
    const request = withoutBytes(this.#call.request, () => '');
    this.#table.set(key, { ...this.#call, request, stack: this.#stack });
  }

  /** Forgets a resource that was deleted. */
  delete(key: string): void {
    if (this.#table.get(key)?.stack === this.#stack) this.#table.delete(key);
  }

  /** Whether another stack has requested it since. */
  isOfOther(key: string): boolean {
    const kept = this.#table.get(key);
    return kept !== undefined && kept.stack !== this.#stack;
  }
}
