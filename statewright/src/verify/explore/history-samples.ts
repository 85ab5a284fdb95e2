import { isLambdaInvoke, parseResource } from '../../asl/resource';
import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import { executionPath } from '../../history/execution-path';
import type { Sample, SampledCall } from './exploration';

/** What recorded executions tell: their inputs, and what their Tasks returned. */
interface HistorySamples {
  readonly inputs: readonly unknown[];
  readonly samples: (call: SampledCall) => readonly Sample[];
}

/** A recorded execution: of `readHistories`, or one that the kit ran. */
export interface Recorded {
  readonly events: readonly HistoryEvent[];
  /** The child executions of its distributed Maps. */
  readonly children?: readonly Recorded[];
}

/** Reads the inputs, the results and the errors of recorded executions, to explore with them. */
export function samplesOfHistories(executions: readonly Recorded[]): HistorySamples {
  const byState = new Map<string, Sample[]>();
  const addResults = ({ events, children = [] }: Recorded): void => {
    const { visitByEvent } = executionPath(events);
    for (const event of events) {
      const sample = sampleOf(event);
      const state = visitByEvent.get(event.id)?.name;
      if (sample === undefined || state === undefined) continue;
      byState.set(state, [...(byState.get(state) ?? []), sample]);
    }
    children.forEach(addResults);
  };
  executions.forEach(addResults);
  return {
    inputs: executions.flatMap(({ events: [first] }) =>
      first?.type === 'ExecutionStarted' ? parsed(eventDetails(first).input) : [],
    ),
    samples: ({ state, resource }) =>
      (byState.get(state) ?? []).map((sample) => ofFunction(sample, resource)),
  };
}

/** The value of JSON text; none for data that was left out or truncated. */
function parsed(text: string | undefined): unknown[] {
  try {
    return text === undefined ? [] : [JSON.parse(text)];
  } catch {
    return [];
  }
}

const ENDED = /^(?:LambdaFunction|Activity|Task)(Succeeded|Failed)$/;

function sampleOf(event: HistoryEvent): Sample | undefined {
  const [, how] = ENDED.exec(event.type) ?? [];
  const { output, error, cause } = eventDetails(event);
  if (how === 'Succeeded') return parsed(output).map((result) => ({ result }))[0];
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
