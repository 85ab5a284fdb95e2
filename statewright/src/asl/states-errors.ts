/**
 * The predefined error names (Step Functions Developer Guide, "Handling errors in Step Functions workflows"). The prefix
 * `States.` is reserved for them (States Language specification, "Error representation").
 */
export const STATES_ERRORS = [
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.Http.Socket',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
] as const;

/** The predefined error names. `States.ALL` matches any error but States.DataLimitExceeded and States.Runtime. */
export type StatesError = (typeof STATES_ERRORS)[number];

const NAMES: ReadonlySet<string> = new Set(STATES_ERRORS);

/** Whether an error name is predefined; those of HTTP Tasks end with the status, `States.Http.StatusCode.404`. */
export const isStatesError = (name: string): boolean =>
  NAMES.has(name) || /^States\.Http\.StatusCode\.\d{3}$/.test(name);
