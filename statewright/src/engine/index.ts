export type { HistoryEvent, HistoryEventType, JsonText } from '../history/events';
export { compileStateMachine, openStateMachine } from './compile';
export { InvalidDefinitionError } from './definition/errors';
export { SystemClock, VirtualClock } from './execution/clock';
export { InvalidInputError } from './execution/errors';
export type { Execution, ExecutionOutcome, ExecutionRequest } from './execution/execution';
export { IdleClock } from './execution/idle-clock';
export { StateTestError } from './execution/inspection';
export type {
  EarlierChild,
  KeptChild,
  KeptMapRun,
  MapRunKeeper,
  MapRunLimits,
  MapRunStart,
} from './execution/map-runs';
export {
  type ListedObject,
  type ListRequest,
  type ObjectRequest,
  type ObjectStore,
  ObjectStoreError,
} from './execution/object-store';
export { redriveExecution, startExecution } from './execution/run';
export { ScaledClock } from './execution/scaled-clock';
export type {
  Clock,
  EngineServices,
  TaskAnswer,
  TaskCall,
  TaskFailure,
  TaskInvoker,
  TaskResult,
  TaskScheduled,
  TaskSuccess,
  TaskTarget,
} from './execution/services';
export type { CompiledStateMachine } from './execution/state';
export type { StateTest } from './execution/state-test';
export { findState } from './find-state';
export { testState } from './test-state';
