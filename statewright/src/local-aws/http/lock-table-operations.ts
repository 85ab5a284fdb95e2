import type { Item, LockTable } from '../object-store/lock-table';
import { notImplemented, type Operations } from './operation';

/** DynamoDB (AWS JSON 1.0, target `DynamoDB_20120810`): only what Terraform's `s3` backend needs to lock states. */
export function lockTableOperations(locks: LockTable): Operations {
  return {
    GetItem: (request) => {
      const { table, lockId } = read(request, 'GetItem', 'Key');
      const item = locks.getItem(table, lockId);
      return item === undefined ? {} : { Item: item };
    },
    PutItem: (request) => {
      const { table, lockId, members } = read(request, 'PutItem', 'Item');
      const condition = members.ConditionExpression;
      if (condition !== undefined && condition !== 'attribute_not_exists(LockID)') throw other('PutItem');
      locks.putItem(table, lockId, members.Item as Item, condition !== undefined);
    },
    DeleteItem: (request) => {
      const { table, lockId, members } = read(request, 'DeleteItem', 'Key');
      if (members.ConditionExpression !== undefined) throw other('DeleteItem');
      locks.deleteItem(table, lockId);
    },
  };
}

/** @throws AwsError for a request that is not about a lock */
function read(request: unknown, operation: string, holder: 'Key' | 'Item') {
  const members = request as Readonly<Record<string, unknown>>;
  const lockId = (members[holder] as { LockID?: { S?: unknown } } | undefined)?.LockID?.S;
  if (typeof members.TableName !== 'string' || typeof lockId !== 'string') throw other(operation);
  return { table: members.TableName, lockId, members };
}

const other = (operation: string) =>
  notImplemented('dynamodb', `${operation} but for Terraform's state locks`);
