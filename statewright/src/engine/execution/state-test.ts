import type { JsonText } from '../../history/events';
import type { JsonObject } from '../data';
import type { ExecutionRequest } from './execution';
import type { Mock } from './inspection';

/** A test of one state (API Reference, TestState). */
export interface StateTest {
  /** A state; with `stateName`, a state machine. It has been validated. */
  readonly definition: object;
  /** A state of the state machine, at any depth. */
  readonly stateName?: string | undefined;
  readonly input: JsonText;
  readonly variables?: JsonObject | undefined;
  /** The context object (default: that of a new execution). */
  readonly context?: JsonObject | undefined;
  /** What takes the place of the call of a Task, of the branches of a Parallel, or of the iterations of a Map. */
  readonly mock?: Mock | undefined;
  /** How many retries there were before. */
  readonly retrierRetryCount?: number | undefined;
  readonly mapIterationFailureCount?: number | undefined;
  /** What an ItemReader reads (default: a Map finds its items in the state's input). */
  readonly mapItemReaderData?: string | undefined;
  /** The names in the context object. */
  readonly names: Pick<ExecutionRequest, 'executionArn' | 'stateMachineArn'> & {
    readonly roleArn?: string | undefined;
  };
}
