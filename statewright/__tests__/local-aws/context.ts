import { VirtualClock } from '../../src/engine/execution/clock';
import type { AccountContext } from '../../src/local-aws/account-context';
import { AwsError } from '../../src/local-aws/aws-error';
import { memoryTable } from '../../src/local-aws/memory-table';
import type { OpenTable, Table, TableOptions } from '../../src/local-aws/table';

/** A context in which ids count up, and time stands still until something waits for it. */
export function testContext(overrides: Partial<AccountContext> = {}): AccountContext {
  let count = 0;
  return {
    accountId: '123456789012',
    region: 'us-east-1',
    clock: new VirtualClock(),
    uuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    random: () => 0.5,
    ...overrides,
  };
}

/** Tables in memory that are found again when they are opened again, as those on disk are after a restart. */
export function lastingTables(): OpenTable {
  const tables = new Map<string, unknown>();
  return <T>(name: string, options?: TableOptions<T>): Table<T> => {
    const table = tables.get(name) ?? memoryTable(name, options);
    tables.set(name, table);
    return table as Table<T>;
  };
}

/** The AWS error that a call throws, as `Code: message`; fails the test when it throws nothing. */
export async function awsErrorOf(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('The call threw no error.');
}
