/** Tests of state machines: deploy to a local AWS, replace what is called, run in simulated time, expect. */
// They keep the real timers before a test installs fake ones; other modules load when they are used.
import '../engine/execution/clock';
import '../engine/execution/scaled-clock';
import { useGlobalRunner } from './runner';

export type { FunctionUsage, Usage } from '../verify/costs';
export { HistoryFileError, readHistories } from '../verify/replay/history-files';
export type { RecordedExecution } from '../verify/replay/recorded-execution';
export type { Difference, DifferenceKind, Outcome, Replay } from '../verify/replay/replay';
export {
  type Answer,
  AnswerError,
  calls,
  never,
  type Replacement,
  type Reply,
  returns,
  sequence,
  takes,
  throws,
} from './answers';
export { NoSuchBucketError, TestBucket } from './buckets';
export type { Call } from './call';
export { DefinitionFileError, type DefinitionFileOptions, definitionFile } from './definition-file';
export {
  type DefinitionOptions,
  deployDefinition,
  deployStack,
  functionArn,
  NoSuchStackError,
  type SimulationOptions,
  type StackOptions,
} from './deploy';
export { type ExplorationOptions, explore } from './explore';
export type { ExecutionMatchers, Expected } from './matchers';
export {
  assertCaughtError,
  assertFailedWith,
  assertInvoked,
  assertNextState,
  assertNotInvoked,
  assertNotVisited,
  assertRetriable,
  assertSucceededWith,
  assertVisited,
} from './matchers/assertions';
export type { Calls } from './matchers/invoked';
export { NotAnExecutionError } from './matchers/received';
export { MockConfigError } from './mock-config';
export { runs } from './nested';
export { UnknownOptionError } from './options';
export { type ReplayRequest, replay } from './replay';
export { NothingStandsInError } from './stand-ins';
export { TestStateError } from './state-test/run-test';
export { type StateMock, type TestStateOptions, testState } from './state-test/test-state';
export { TestedState } from './state-test/tested-state';
export { AmbiguousNameError, type CallTarget, UnknownNameError } from './targets';
export { type LogLine, RedriveError, TestExecution, type Visit } from './test-execution';
export { ClosedWorkflowError, InputError, StuckExecutionError, Workflow } from './workflow';

useGlobalRunner();
