import { invalidParameter } from './errors';
import { settingOf } from './function-record';
import type { FunctionStore } from './function-store';
import type { FunctionRequest, LambdaRequest } from './requests';

/** Keeps how a version gets updates of its runtime. Without effect: functions run with what this machine has. */
export function putRuntimeManagementConfig(
  store: FunctionStore,
  request: LambdaRequest<'PutRuntimeManagementConfig'>,
) {
  const { UpdateRuntimeOn, RuntimeVersionArn } = request;
  if (UpdateRuntimeOn === 'Manual' && RuntimeVersionArn === undefined) {
    throw invalidParameter('RuntimeVersionArn is required when UpdateRuntimeOn is Manual.');
  }
  if (UpdateRuntimeOn !== 'Manual' && RuntimeVersionArn !== undefined) {
    throw invalidParameter('RuntimeVersionArn is allowed only when UpdateRuntimeOn is Manual.');
  }
  const { record, version, arn } = find(store, request);
  const config = { UpdateRuntimeOn, ...(RuntimeVersionArn !== undefined && { RuntimeVersionArn }) };
  store.set({ ...record, runtimeManagement: { ...record.runtimeManagement, [version]: config } });
  return { ...config, FunctionArn: arn };
}

/** Default: AWS updates the runtime. */
export function getRuntimeManagementConfig(
  store: FunctionStore,
  request: LambdaRequest<'GetRuntimeManagementConfig'>,
) {
  const { record, version, arn } = find(store, request);
  const config = settingOf(record.runtimeManagement, version) ?? { UpdateRuntimeOn: 'Auto' as const };
  return { ...config, FunctionArn: arn };
}

/** Each version and `$LATEST` have a configuration of their own; an alias has none. */
function find(store: FunctionStore, request: FunctionRequest) {
  const record = store.get(request);
  const { qualifier } = store.reference(request);
  const version = store.version(request).Version;
  if (qualifier !== undefined && qualifier !== version) {
    throw invalidParameter('The qualifier must be a version or $LATEST.');
  }
  return { record, version, arn: store.arn(record.FunctionName, qualifier) };
}
