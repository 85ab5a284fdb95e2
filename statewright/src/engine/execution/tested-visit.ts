import type { Json, JsonObject, Payload } from '../data';
import { StatesError } from '../data';
import { contextObject } from './context-object';
import type { Failure } from './failure';
import { RUNTIME_ERROR } from './failure';
import type { Inspection } from './inspection';
import type { CompiledState } from './state';
import type { MapItem, Thread } from './thread';
import { StateVisit } from './visit';

/** What a visit knows of its test. */
export interface VisitTest extends Inspection {
  /** The context object (default: that of a new execution). */
  readonly context: JsonObject | undefined;
  /** How many retries there were before. */
  readonly retryCount: number;
  readonly hasRole: boolean;
}

/** A visit to a state that is tested alone: its context object and its causes are those of AWS's TestState. */
export class TestedVisit extends StateVisit {
  readonly inspection: VisitTest;

  constructor(thread: Thread, state: CompiledState, input: Payload, inspection: VisitTest) {
    super(thread, state, input);
    this.inspection = inspection;
    this.retryCount = inspection.retryCount;
  }

  override context(item: MapItem | undefined): Json {
    const { context, hasRole } = this.inspection;
    const own = contextObject(this, item) as Record<'Execution' | 'State', JsonObject> & JsonObject;
    // The items of a tested Map are its own.
    if (context) return item === undefined || context.Map ? context : { ...context, Map: own.Map as Json };
    return {
      ...own,
      Execution: { ...own.Execution, ...(!hasRole && { RoleArn: null }) },
      State: { ...own.State, Name: 'StateName' },
    };
  }

  /** Without the event that a cause names in an execution. */
  override failure(error: unknown): Failure {
    if (!(error instanceof StatesError)) throw error;
    const failure = { error: error.error, cause: error.message };
    return error.error === RUNTIME_ERROR ? { ...failure, fatal: true } : failure;
  }
}
