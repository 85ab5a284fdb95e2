import { checkRange, invalidParameter } from './constraints';
import type { FunctionRequest, FunctionStore } from './function-store';

/** An account's concurrency, and how much of it must stay unreserved (Lambda Developer Guide, "Lambda quotas"). */
const ACCOUNT_CONCURRENCY = 1000;
const LEAST_UNRESERVED = 100;

export function putFunctionConcurrency(
  store: FunctionStore,
  request: FunctionRequest & { readonly ReservedConcurrentExecutions: number },
) {
  const record = store.getLatest(request);
  const { ReservedConcurrentExecutions: reserved } = request;
  checkRange(reserved, 'reservedConcurrentExecutions', 0, Number.MAX_SAFE_INTEGER);
  const others = [...store.functions.values()]
    .filter(({ FunctionName }) => FunctionName !== record.FunctionName)
    .reduce((sum, { reservedConcurrency }) => sum + (reservedConcurrency ?? 0), 0);
  if (ACCOUNT_CONCURRENCY - others - reserved < LEAST_UNRESERVED) {
    throw invalidParameter(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LEAST_UNRESERVED}].`,
    );
  }
  store.set({ ...record, reservedConcurrency: reserved });
  return { ReservedConcurrentExecutions: reserved };
}

export function getFunctionConcurrency(store: FunctionStore, request: FunctionRequest) {
  const { reservedConcurrency } = store.getLatest(request);
  return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
}

export function deleteFunctionConcurrency(store: FunctionStore, request: FunctionRequest): void {
  const { reservedConcurrency: _, ...record } = store.getLatest(request);
  store.set(record);
}
