import type { AccountContext } from '../account-context';
import { operation } from '../api';
import { stsApi } from './requests';

/** AWS Security Token Service. Every caller is the account's root user: all have the same access key. */
export class StsService {
  readonly #context: AccountContext;

  constructor(context: AccountContext) {
    this.#context = context;
  }

  readonly getCallerIdentity = operation(stsApi, 'GetCallerIdentity', () => ({
    UserId: this.#context.accountId,
    Account: this.#context.accountId,
    Arn: `arn:aws:iam::${this.#context.accountId}:root`,
  }));
}
