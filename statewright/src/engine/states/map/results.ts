import { isArray, type Json, Payload } from '../../data';
import type { ExecutionOutcome, ExecutionRequest } from '../../execution/execution';
import type { MaybePromise } from '../../maybe-promise';

/** An ended child execution of a distributed Map. */
export interface ChildExecution {
  readonly request: ExecutionRequest;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly startTime: number;
  readonly stopTime: number;
  readonly outcome: ExecutionOutcome;
  readonly redriveCount: number;
}

/** A child execution that was not started, since the Map Run failed before. */
export type UnstartedExecution = Pick<ChildExecution, 'request' | 'name'>;

/** What becomes of the child executions of a Map Run. */
export interface Results {
  /** Takes an ended execution; a promise: its place is free when that resolves. */
  add(child: ChildExecution, index: number): MaybePromise<void>;
  /** Whether the executions that a failed Map Run aborted, or did not start, are results too. */
  readonly describesFailure: boolean;
  addUnstarted(child: UnstartedExecution): MaybePromise<void>;
  /** Makes the Map's result. */
  finish(): MaybePromise<Payload>;
}

export type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/** Results without a Resource: the output of the Map, in the order of the items. */
export class OutputResults implements Results {
  readonly describesFailure = false;
  readonly #transformation: Transformation;
  readonly #results: (readonly Payload[])[] = [];

  constructor(transformation: Transformation = 'COMPACT') {
    this.#transformation = transformation;
  }

  add(child: ChildExecution, index: number): void {
    this.#results[index] = resultsOf(child, this.#transformation);
  }

  addUnstarted(): void {}

  finish(): Payload {
    return Payload.ofList(this.#results.flat());
  }
}

/** The results of one execution. A failed execution is described in full in every format. */
export function resultsOf(child: ChildExecution, form: Transformation): Payload[] {
  const { outcome } = child;
  if (form === 'NONE' || outcome.status !== 'SUCCEEDED') return [Payload.ofValue(description(child))];
  const output = Payload.ofText(outcome.output);
  if (form === 'COMPACT' || !isArray(output.value)) return [output];
  return output.value.map(Payload.ofValue);
}

/** What DescribeExecution returns for it, with the members in alphabetical order. */
function description({ request, name, startTime, stopTime, outcome, redriveCount }: ChildExecution): Json {
  const { status } = outcome;
  const included = { Included: true };
  return {
    ...(status !== 'SUCCEEDED' && outcome.cause !== undefined ? { Cause: outcome.cause } : {}),
    ...(status !== 'SUCCEEDED' && outcome.error !== undefined ? { Error: outcome.error } : {}),
    ExecutionArn: request.executionArn,
    Input: request.input,
    InputDetails: included,
    Name: name,
    ...(status === 'SUCCEEDED' ? { Output: outcome.output } : {}),
    OutputDetails: included,
    RedriveCount: redriveCount,
    ...redrive(request, status),
    StartDate: new Date(startTime).toISOString(),
    StateMachineArn: request.stateMachineArn,
    Status: status,
    StopDate: new Date(stopTime).toISOString(),
  };
}

/** Whether it can be redriven (API Reference, DescribeExecution, `redriveStatus`). */
function redrive({ type }: ExecutionRequest, status: ExecutionOutcome['status']): Record<string, string> {
  if (status !== 'SUCCEEDED')
    return { RedriveStatus: type === 'EXPRESS' ? 'REDRIVABLE_BY_MAP_RUN' : 'REDRIVABLE' };
  return {
    RedriveStatus: 'NOT_REDRIVABLE',
    RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  };
}
