import { UserError } from '../user-error';
import type { AccountContext } from './account-context';
import { DEFAULT_REGION } from './region-name';
import type { OpenTable } from './table';

/** What an account on disk keeps from the first time that it is opened. */
interface AccountIdentity {
  readonly accountId: string;
  /** The account's default region at that time. */
  readonly firstRegion: string;
}

/**
 * The identity of an account: the one on disk, or that of a new account.
 * @throws UserError when the account on disk has another id than the wanted one: its ARNs would be wrong
 */
export function identify(
  openTable: OpenTable,
  { accountId, region }: Partial<Pick<AccountContext, 'accountId' | 'region'>>,
): AccountIdentity {
  const table = openTable<AccountIdentity>('account.identity');
  const kept = table.get('account') ?? identityOfResources(openTable);
  if (kept && accountId !== undefined && accountId !== kept.accountId) {
    throw new UserError(
      `The account in this folder is ${kept.accountId}, not ${accountId}.`,
      `Use --account ${kept.accountId}, or choose another folder for a new account.`,
    );
  }
  const identity = kept ?? { accountId: accountId ?? '000000000000', firstRegion: region ?? DEFAULT_REGION };
  if (!table.has('account')) table.set('account', identity);
  return identity;
}

/** Of an account of an earlier version, which had one region and kept no identity: that of its first state machine. */
function identityOfResources(openTable: OpenTable): AccountIdentity | undefined {
  const [arn] = openTable('states.machines', { values: 'disk' }).keys();
  const [, , , firstRegion, accountId] = arn?.split(':') ?? [];
  return accountId !== undefined && firstRegion !== undefined ? { accountId, firstRegion } : undefined;
}
