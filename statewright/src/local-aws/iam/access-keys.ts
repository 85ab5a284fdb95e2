import { randomBytes } from 'node:crypto';
import { limitExceeded, noSuchEntity } from './errors';
import { iamPage } from './paging';
import type { AccessKeyRecord } from './records';
import type { IamRequest } from './requests';
import type { IamStore } from './store';

export function createAccessKey(iam: IamStore, { UserName }: IamRequest<'CreateAccessKey'>) {
  iam.user(UserName);
  if (iam.accessKeysOf(UserName).length >= 2) {
    throw limitExceeded('Cannot exceed quota for AccessKeysPerUser: 2');
  }
  const key: AccessKeyRecord = {
    UserName,
    AccessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    SecretAccessKey: randomBytes(30).toString('base64'),
    Status: 'Active',
    CreateDate: iam.context.clock.now(),
  };
  iam.accessKeys.set(key.AccessKeyId, key);
  return { AccessKey: { ...key, CreateDate: new Date(key.CreateDate) } };
}

export function listAccessKeys(iam: IamStore, request: IamRequest<'ListAccessKeys'>) {
  iam.user(request.UserName);
  const { items, paging } = iamPage(iam.accessKeysOf(request.UserName), request);
  return {
    AccessKeyMetadata: items.map(({ SecretAccessKey: _, CreateDate, ...key }) => ({
      ...key,
      CreateDate: new Date(CreateDate),
    })),
    ...paging,
  };
}

export function updateAccessKey(iam: IamStore, request: IamRequest<'UpdateAccessKey'>): void {
  iam.accessKeys.set(request.AccessKeyId, { ...keyOf(iam, request), Status: request.Status });
}

export function deleteAccessKey(iam: IamStore, request: IamRequest<'DeleteAccessKey'>): void {
  iam.accessKeys.delete(keyOf(iam, request).AccessKeyId);
}

function keyOf(
  iam: IamStore,
  { UserName, AccessKeyId }: { readonly UserName: string; readonly AccessKeyId: string },
): AccessKeyRecord {
  const key = iam.accessKeys.get(AccessKeyId);
  if (key?.UserName !== UserName) {
    throw noSuchEntity(`The Access Key with id ${AccessKeyId} cannot be found.`);
  }
  return key;
}
