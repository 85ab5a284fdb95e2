import type { JsonataCommon, JsonataOutput, JsonPathCommon, JsonPathInputOutput } from './fields';

/** Ends its scope successfully (States Language specification, "Succeed State"). */
export interface JsonPathSucceed extends JsonPathCommon, JsonPathInputOutput {
  readonly Type: 'Succeed';
}

/** Ends its scope successfully (States Language specification, "Succeed State"). */
export interface JsonataSucceed extends JsonataCommon, JsonataOutput {
  readonly Type: 'Succeed';
}
