import { entityExists, noSuchEntity } from './errors';
import { iamPage } from './paging';
import type { IamRequest } from './requests';
import type { IamStore } from './store';

/** Names the account. It has one alias at most: a new one replaces it. */
export function createAccountAlias(iam: IamStore, { AccountAlias }: IamRequest<'CreateAccountAlias'>): void {
  if (iam.accountAliases.has(AccountAlias)) {
    throw entityExists(`The account alias ${AccountAlias} already exists.`);
  }
  for (const alias of [...iam.accountAliases.keys()]) iam.accountAliases.delete(alias);
  iam.accountAliases.set(AccountAlias, { AccountAlias });
}

export function deleteAccountAlias(iam: IamStore, { AccountAlias }: IamRequest<'DeleteAccountAlias'>): void {
  if (!iam.accountAliases.delete(AccountAlias)) {
    throw noSuchEntity(`The account alias ${AccountAlias} does not exist.`);
  }
}

export function listAccountAliases(iam: IamStore, request: IamRequest<'ListAccountAliases'>) {
  const { items, paging } = iamPage([...iam.accountAliases.keys()], request);
  return { AccountAliases: items, ...paging };
}
