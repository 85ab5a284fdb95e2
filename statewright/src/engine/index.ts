export type { HistoryEvent, HistoryEventType, JsonText } from '../history/events';
export { type CompiledStateMachine, compileStateMachine } from './compile';
export { SystemClock, VirtualClock } from './execution/clock';
export { InvalidDefinitionError, InvalidInputError } from './execution/errors';
export type { Execution, ExecutionOutcome, ExecutionRequest } from './execution/execution';
export type {
  Clock,
  EngineServices,
  TaskCall,
  TaskFailure,
  TaskInvoker,
  TaskResult,
  TaskSuccess,
  TaskTarget,
} from './execution/services';
export { startExecution } from './execution/start-execution';
