import type { StatesDependencies } from './dependencies';

/**
 * Resolves when the child executions of an execution's Map Runs have ended; undefined when none of them runs. Thousands
 * end in turns of the event loop, after the execution itself.
 */
export function childrenEnded(
  { store, running }: StatesDependencies,
  executionArn: string,
): Promise<unknown> | undefined {
  const mapRuns = new Set(store.mapRuns.of(executionArn).map(({ mapRunArn }) => mapRunArn));
  if (mapRuns.size === 0) return undefined;
  return running.allEnded((arn) => mapRuns.has(store.executions.find(arn)?.mapRun?.arn ?? ''));
}
