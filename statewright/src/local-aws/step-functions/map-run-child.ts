import { objectOf, ownField, statesOf } from '../../asl/graph';
import type { StatesDependencies } from './dependencies';
import type { ExecutionRecord, ExecutionStatus } from './records';

/**
 * The status of an execution. A child execution that was not successful waits for its redrive while its Map Run is
 * redriven (Step Functions Developer Guide, "Child workflow execution redrive behavior").
 */
export function childStatus(
  { store }: StatesDependencies,
  { status, mapRun }: ExecutionRecord,
): ExecutionStatus | 'PENDING_REDRIVE' {
  const run = mapRun && store.mapRuns.find(mapRun.arn);
  const waits = run?.status === 'RUNNING' && mapRun !== undefined && mapRun.attempt < run.redriveCount;
  return waits && status !== 'RUNNING' && status !== 'SUCCEEDED' ? 'PENDING_REDRIVE' : status;
}

/** The definition of a Map's child executions, as JSON text. */
export function processorDefinition(definition: string, stateName: string): string {
  const states = [...statesOf(JSON.parse(definition))];
  const { content } = states.find(({ name }) => name === stateName) ?? {};
  const processor = objectOf(ownField(content, 'ItemProcessor') ?? ownField(content, 'Iterator'));
  const { ProcessorConfig: _, ...shown } = processor ?? {};
  return JSON.stringify(shown);
}
