/** Tests of state machines in jest: deploy to a local AWS, replace what is called, run in simulated time, expect. */
import './matchers';

export {
  type Answer,
  AnswerError,
  type Call,
  calls,
  never,
  type Reply,
  returns,
  sequence,
  takes,
  throws,
} from './answers';
export {
  type DefinitionOptions,
  deployDefinition,
  deployStack,
  functionArn,
  NoSuchStackError,
  type SimulationOptions,
  type StackOptions,
} from './deploy';
export type { Calls } from './matchers/invoked';
export { NotAnExecutionError } from './matchers/received';
export { NothingStandsInError } from './stand-ins';
export { AmbiguousNameError, type Target, UnknownNameError } from './targets';
export { type LogLine, TestExecution } from './test-execution';
export { ClosedWorkflowError, type Replacement, StuckExecutionError, Workflow } from './workflow';
