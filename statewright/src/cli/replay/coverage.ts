import { statesOf } from '../../asl/graph';
import type { ExecutionPath } from '../../history/execution-path';
import { executionPath } from '../../history/execution-path';
import { exercised, statesByName } from '../../testing/state-coverage/hits';
import { coverageItems } from '../../testing/state-coverage/items';
import { coverageReport } from '../../testing/state-coverage/report';
import { coverageTable, notExercised } from '../../testing/state-coverage/table';
import type { RecordedExecution } from '../../verify/replay/recorded-execution';

/** An execution with the child executions of its distributed Maps. */
const historiesOf = ({ events, children = [] }: RecordedExecution) => [
  events,
  ...children.map((child) => child.events),
];

/** What recorded executions took of a definition, and what none of them did, in the table of the testing kit. */
export async function renderCoverage(
  name: string,
  definition: object,
  executions: readonly RecordedExecution[],
): Promise<string> {
  const states = statesByName(definition);
  const lines = await Promise.all(
    executions.map(async (execution) => {
      const hits = await Promise.all(historiesOf(execution).map((events) => exercised(states, events)));
      return { id: name, hits: hits.flat() };
    }),
  );
  const report = coverageReport([{ id: name, name, items: coverageItems(definition) }, ...lines]);
  return [coverageTable(report), ...report.stateMachines.map(notExercised)].filter(Boolean).join('\n');
}

/** All executions as one path, without the states that the definition does not have. */
export function combinedPath(definition: object, executions: readonly RecordedExecution[]): ExecutionPath {
  const known = new Set([...statesOf(definition)].map(({ name }) => name));
  const visits = executions
    .flatMap(historiesOf)
    .flatMap((events) => executionPath(events).visits)
    .filter(({ name }) => known.has(name));
  return { visits, visitByEvent: new Map(), status: 'SUCCEEDED' };
}
