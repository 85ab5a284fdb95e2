import type { FunctionStore } from './function-store';
import type { LambdaRequest } from './requests';

/** Keeps what AWS does when a function calls itself by way of other services. Without effect: no loop is detected here. */
export function putFunctionRecursionConfig(
  store: FunctionStore,
  request: LambdaRequest<'PutFunctionRecursionConfig'>,
) {
  const { RecursiveLoop } = request;
  store.set({ ...store.getLatest(request), recursiveLoop: RecursiveLoop });
  return { RecursiveLoop };
}

export function getFunctionRecursionConfig(
  store: FunctionStore,
  request: LambdaRequest<'GetFunctionRecursionConfig'>,
) {
  return { RecursiveLoop: store.getLatest(request).recursiveLoop ?? 'Terminate' };
}
