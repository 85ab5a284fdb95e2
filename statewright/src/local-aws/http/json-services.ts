import type { Account } from '../account';
import { logsApi } from '../logs/requests';
import type { RegionalServices } from '../regional-services';
import { statesApi } from '../step-functions/requests';
import type { JsonService } from './json-protocol';
import { lockTableOperations } from './lock-table-operations';
import { oncePerKey } from './once-per-key';
import { operationsOf } from './operation';
import { statesOperations } from './states-operations';

/** The services of a region that speak AWS JSON, by the prefix of X-Amz-Target. */
export function jsonServicesOf(
  account: Account,
): (services: RegionalServices) => ReadonlyMap<string, JsonService> {
  return oncePerKey(
    ({ states, logs }: RegionalServices) =>
      new Map<string, JsonService>([
        [
          'AWSStepFunctions',
          { name: 'states', version: '1.0', operations: statesOperations(states), ...statesApi },
        ],
        [
          'Logs_20140328',
          { name: 'logs', version: '1.1', operations: operationsOf(logsApi, logs), ...logsApi },
        ],
        [
          'DynamoDB_20120810',
          {
            name: 'dynamodb',
            version: '1.0',
            operations: lockTableOperations(account.locks),
            invalid: 'ValidationException',
          },
        ],
      ]),
  );
}
