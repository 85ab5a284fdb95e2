import { isLambdaInvoke, parseResource } from '../../asl/resource';
import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import { executionPath } from '../../history/execution-path';
import type { Sample, SampledCall } from './exploration';

/** What recorded executions tell: their inputs, and what their Tasks returned. */
export interface HistorySamples {
  readonly inputs: readonly unknown[];
  readonly samples: (call: SampledCall) => readonly Sample[];
}

/** Reads the inputs, the results and the errors of histories, to explore with them. */
export function samplesOfHistories(histories: readonly (readonly HistoryEvent[])[]): HistorySamples {
  const byState = new Map<string, Sample[]>();
  const inputs: unknown[] = [];
  for (const events of histories) {
    const { visitByEvent } = executionPath(events);
    for (const event of events) {
      if (event.type === 'ExecutionStarted')
        inputs.push(JSON.parse(event.executionStartedEventDetails.input));
      const sample = sampleOf(event);
      const state = visitByEvent.get(event.id)?.name;
      if (sample === undefined || state === undefined) continue;
      byState.set(state, [...(byState.get(state) ?? []), sample]);
    }
  }
  return {
    inputs,
    samples: ({ state, resource }) =>
      (byState.get(state) ?? []).map((sample) => ofFunction(sample, resource)),
  };
}

const ENDED = /^(?:LambdaFunction|Activity|Task)(Succeeded|Failed)$/;

function sampleOf(event: HistoryEvent): Sample | undefined {
  const [, how] = ENDED.exec(event.type) ?? [];
  const { output, error, cause } = eventDetails(event);
  if (how === 'Succeeded' && output !== undefined) return { result: JSON.parse(output) };
  if (how !== 'Failed' || error === undefined || error.startsWith('States.')) return undefined;
  return { error, ...(cause !== undefined && { cause }) };
}

/** A sample of `lambda:invoke` is the function's own result. */
function ofFunction(sample: Sample, text: string): Sample {
  const resource = parseResource(text);
  const isWhole = isLambdaInvoke(resource) && 'pattern' in resource && resource.pattern === 'requestResponse';
  if (!isWhole || 'error' in sample) return sample;
  return { result: (sample.result as { readonly Payload?: unknown } | null)?.Payload ?? null };
}
