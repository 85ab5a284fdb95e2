import { invalidParameter } from './errors';
import type { FunctionStore } from './function-store';
import type { LambdaRequest } from './requests';

/** An account's concurrency, and how much of it must stay unreserved (Lambda Developer Guide, "Lambda quotas"). */
const ACCOUNT_CONCURRENCY = 1000;
const LEAST_UNRESERVED = 100;

export function putFunctionConcurrency(
  store: FunctionStore,
  request: LambdaRequest<'PutFunctionConcurrency'>,
) {
  const record = store.getLatest(request);
  const { ReservedConcurrentExecutions: reserved } = request;
  if (unreserved(store) + (record.reservedConcurrency ?? 0) - reserved < LEAST_UNRESERVED) {
    throw invalidParameter(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LEAST_UNRESERVED}].`,
    );
  }
  store.set({ ...record, reservedConcurrency: reserved });
  return { ReservedConcurrentExecutions: reserved };
}

/** The account's unreserved concurrency. */
const unreserved = (store: FunctionStore) =>
  [...store.functions.values()].reduce(
    (rest, { reservedConcurrency }) => rest - (reservedConcurrency ?? 0),
    ACCOUNT_CONCURRENCY,
  );

/** The account's limits, which are those of a new AWS account, and its usage. */
export function getAccountSettings(store: FunctionStore) {
  const functions = [...store.functions.values()];
  const versions = functions.flatMap(({ latest, versions }) => [latest, ...versions]);
  return {
    AccountLimit: {
      TotalCodeSize: 80_530_636_800,
      CodeSizeUnzipped: 262_144_000,
      CodeSizeZipped: 52_428_800,
      ConcurrentExecutions: ACCOUNT_CONCURRENCY,
      UnreservedConcurrentExecutions: unreserved(store),
    },
    AccountUsage: {
      TotalCodeSize: versions.reduce((sum, { CodeSize }) => sum + CodeSize, 0),
      FunctionCount: functions.length,
    },
  };
}

export function getFunctionConcurrency(
  store: FunctionStore,
  request: LambdaRequest<'GetFunctionConcurrency'>,
) {
  const { reservedConcurrency } = store.getLatest(request);
  return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
}

export function deleteFunctionConcurrency(
  store: FunctionStore,
  request: LambdaRequest<'DeleteFunctionConcurrency'>,
): void {
  const { reservedConcurrency: _, ...record } = store.getLatest(request);
  store.set(record);
}
