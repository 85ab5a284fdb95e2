import { AwsError } from '../aws-error';
import type { OpenTable, Table } from '../table';

/** Attributes as DynamoDB writes them, such as `{ "LockID": { "S": "bucket/key" } }`. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * The DynamoDB table in which Terraform's `s3` backend locks a state and keeps its digest (Terraform documentation,
 * "DynamoDB State Locking"): items by `LockID`, in tables that all exist.
 */
export class LockTable {
  readonly #items: Table<Item>;

  constructor(openTable: OpenTable) {
    this.#items = openTable('object-store.locks');
  }

  getItem(table: string, lockId: string): Item | undefined {
    return this.#items.get(place(table, lockId));
  }

  /**
   * @param onlyNew whether to write only if the item does not exist, which is how a lock is acquired
   * @throws AwsError ConditionalCheckFailedException
   */
  putItem(table: string, lockId: string, item: Item, onlyNew: boolean): void {
    if (onlyNew && this.#items.has(place(table, lockId))) {
      throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
    }
    this.#items.set(place(table, lockId), item);
  }

  deleteItem(table: string, lockId: string): void {
    this.#items.delete(place(table, lockId));
  }
}

/** A table's name has no slash. */
const place = (table: string, lockId: string) => `${table}/${lockId}`;
