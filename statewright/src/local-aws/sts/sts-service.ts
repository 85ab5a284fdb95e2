import type { AccountContext } from '../account-context';

/** AWS Security Token Service. Everybody here is the account's root: requests are not signed to be checked. */
export class StsService {
  constructor(private readonly context: AccountContext) {}

  getCallerIdentity = () => ({
    UserId: this.context.accountId,
    Account: this.context.accountId,
    Arn: `arn:aws:iam::${this.context.accountId}:root`,
  });
}
