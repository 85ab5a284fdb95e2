import { isArray, type Json, Payload, StatesError } from '../../data';
import type { Fields } from '../../definition/fields';
import type { ExecutionOutcome, ExecutionRequest } from '../../execution/execution';

/** An ended child execution of a distributed Map. */
export interface ChildExecution {
  readonly request: ExecutionRequest;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly startTime: number;
  readonly stopTime: number;
  readonly outcome: ExecutionOutcome;
}

/** Makes the Map's result from its child executions, in the order of the items. */
export type Results = (children: readonly ChildExecution[]) => Payload;

type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/**
 * `ResultWriter` (Step Functions Developer Guide, "ResultWriter (Map)"): without it the outputs, with only a
 * WriterConfig the outputs in its format. A failed execution is described in full in every format.
 */
export function compileResults(map: Fields): Results {
  const config = map.object('ResultWriter')?.object('WriterConfig');
  const form = (config?.text('Transformation') ?? 'COMPACT') as Transformation;
  return (children) => Payload.ofList(children.flatMap((child) => resultsOf(child, form)));
}

/** Results are exported only to S3, which does not exist here. */
export class ResultWriterError extends StatesError {
  override readonly name = 'ResultWriterError';

  constructor() {
    super(
      'States.ResultWriterFailed',
      'ResultWriter writes to Amazon S3, which does not exist in a local execution: remove its Resource to get the results as output.',
    );
  }
}

function resultsOf(child: ChildExecution, form: Transformation): Payload[] {
  const { outcome } = child;
  if (form === 'NONE' || outcome.status !== 'SUCCEEDED') return [Payload.ofValue(description(child))];
  const output = Payload.ofText(outcome.output);
  if (form === 'COMPACT' || !isArray(output.value)) return [output];
  return output.value.map(Payload.ofValue);
}

/** What DescribeExecution returns for it, with the members in alphabetical order. */
function description({ request, name, startTime, stopTime, outcome }: ChildExecution): Json {
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
    RedriveCount: 0,
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
