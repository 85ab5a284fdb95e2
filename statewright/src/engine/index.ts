export type { HistoryEvent, HistoryEventType, JsonText } from '../history/events';
export { SystemClock, VirtualClock } from './clock';
export { type CompiledStateMachine, compileStateMachine } from './compile';
export { InvalidDefinitionError, InvalidInputError } from './errors';
export type { Execution, ExecutionOutcome, ExecutionRequest } from './execution';
export type {
  Clock,
  EngineServices,
  TaskCall,
  TaskFailure,
  TaskInvoker,
  TaskResult,
  TaskSuccess,
  TaskTarget,
} from './services';
export { startExecution } from './start-execution';
