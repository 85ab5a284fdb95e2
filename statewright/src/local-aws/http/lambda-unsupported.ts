import type { Route } from './rest-protocol';

type Row = readonly [Route['method'], Route['path'], name: string];

const CODE_SIGNING = '/2020-04-22/code-signing-configs';
const CAPACITY = '/2025-11-30/capacity-providers';
const DURABLE = '/2025-12-01/durable-executions';
const CALLBACK = '/2025-12-01/durable-execution-callbacks/:CallbackId';

/** The operations of Lambda that are not implemented (Lambda API Reference, "Request Syntax"): their errors name them. */
export const UNSUPPORTED: readonly Row[] = [
  ['POST', '/2014-11-13/functions/:FunctionName/invoke-async', 'InvokeAsync'],
  ['POST', CODE_SIGNING, 'CreateCodeSigningConfig'],
  ['GET', CODE_SIGNING, 'ListCodeSigningConfigs'],
  ['GET', `${CODE_SIGNING}/:CodeSigningConfigArn`, 'GetCodeSigningConfig'],
  ['PUT', `${CODE_SIGNING}/:CodeSigningConfigArn`, 'UpdateCodeSigningConfig'],
  ['DELETE', `${CODE_SIGNING}/:CodeSigningConfigArn`, 'DeleteCodeSigningConfig'],
  ['GET', `${CODE_SIGNING}/:CodeSigningConfigArn/functions`, 'ListFunctionsByCodeSigningConfig'],
  ['PUT', '/2020-06-30/functions/:FunctionName/code-signing-config', 'PutFunctionCodeSigningConfig'],
  ['DELETE', '/2020-06-30/functions/:FunctionName/code-signing-config', 'DeleteFunctionCodeSigningConfig'],
  ['PUT', '/2025-11-30/functions/:FunctionName/function-scaling-config', 'PutFunctionScalingConfig'],
  ['GET', '/2025-11-30/functions/:FunctionName/function-scaling-config', 'GetFunctionScalingConfig'],
  ['POST', CAPACITY, 'CreateCapacityProvider'],
  ['GET', CAPACITY, 'ListCapacityProviders'],
  ['GET', `${CAPACITY}/:CapacityProviderName`, 'GetCapacityProvider'],
  ['PUT', `${CAPACITY}/:CapacityProviderName`, 'UpdateCapacityProvider'],
  ['DELETE', `${CAPACITY}/:CapacityProviderName`, 'DeleteCapacityProvider'],
  ['GET', `${CAPACITY}/:CapacityProviderName/function-versions`, 'ListFunctionVersionsByCapacityProvider'],
  ['GET', '/2025-12-01/functions/:FunctionName/durable-executions', 'ListDurableExecutionsByFunction'],
  ['GET', `${DURABLE}/:DurableExecutionArn`, 'GetDurableExecution'],
  ['GET', `${DURABLE}/:DurableExecutionArn/history`, 'GetDurableExecutionHistory'],
  ['GET', `${DURABLE}/:DurableExecutionArn/state`, 'GetDurableExecutionState'],
  ['POST', `${DURABLE}/:DurableExecutionArn/checkpoint`, 'CheckpointDurableExecution'],
  ['POST', `${DURABLE}/:DurableExecutionArn/stop`, 'StopDurableExecution'],
  ['POST', `${CALLBACK}/succeed`, 'SendDurableExecutionCallbackSuccess'],
  ['POST', `${CALLBACK}/fail`, 'SendDurableExecutionCallbackFailure'],
  ['POST', `${CALLBACK}/heartbeat`, 'SendDurableExecutionCallbackHeartbeat'],
];
