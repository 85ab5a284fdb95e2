import type { AccountOptions } from '../local-aws/account';
import { UserError } from '../user-error';
import { bucketOption, readBuckets } from './buckets';
import { type Option, textOf, type Values } from './command';
import { connectionsOption, readConnections } from './connections';
import { type Note, readUpstreams, upstreamOptions } from './upstream-options';

/** The options for what an account's Tasks call that the local AWS does not have. */
export const serviceOptions = {
  account: {
    type: 'string',
    value: 'ID',
    description: "The account's id, twelve digits (default: 000000000000)",
  },
  ...upstreamOptions,
  connections: connectionsOption,
  bucket: bucketOption,
} as const satisfies Readonly<Record<string, Option>>;

/** The values of the options. */
export interface GivenServices {
  readonly account: Pick<AccountOptions, 'accountId' | 'upstreamOf' | 'connections' | 'bucketOf'>;
  /** What is said of the endpoints; empty without any. */
  readonly notes: readonly Note[];
}

/**
 * The same for the account that a stack can be deployed to, if it names one.
 * @throws UserError when `--account` names another one
 */
export function inAccount(services: GivenServices, accountId: string | undefined): GivenServices {
  if (accountId === undefined) return services;
  const { accountId: given = accountId } = services.account;
  if (given === accountId) return { ...services, account: { ...services.account, accountId } };
  throw new UserError(
    `The stack is for account ${accountId}, and --account is ${given}.`,
    'Leave out --account, or synthesize the stack without an account.',
  );
}

/** @throws UserError for a value that cannot be used */
export function readServices(values: Values): GivenServices {
  const accountId = readAccount(values);
  const { upstreamOf, notes } = readUpstreams(values);
  const connections = textOf(values.connections);
  return {
    account: {
      upstreamOf,
      bucketOf: readBuckets(values),
      ...(connections !== undefined && { connections: readConnections(connections) }),
      ...(accountId !== undefined && { accountId }),
    },
    notes,
  };
}

/** @throws UserError when it is not twelve digits */
function readAccount({ account }: Values): string | undefined {
  const id = textOf(account);
  if (id === undefined || /^\d{12}$/.test(id)) return id;
  throw new UserError(
    `"${id}" (--account) is not an account's id.`,
    'Use twelve digits: --account 123456789012',
  );
}
