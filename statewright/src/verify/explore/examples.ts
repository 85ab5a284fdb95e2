import { scopesOf } from '../../asl/graph';
import { isLambdaInvoke, parseResource, type TaskResource } from '../../asl/resource';
import type { TaskCall } from '../../engine';
import { ancestorsIn } from './ancestors';
import { examplesOf, moreExamplesOf } from './documents';
import type { Sample, SampledCall } from './exploration';
import type { Needs } from './needs';
import { NeedsOfStates } from './needs-of-states';
import { failure, failuresOf, type Outcome, resourceOf } from './outcomes';
import { TaskStates } from './task-states';

/** Examples of what an execution reads; and what can happen at each call: samples, or examples of its result, and its failures. */
export class Examples {
  readonly #states: TaskStates;
  readonly #needs: NeedsOfStates;
  readonly #samples: ((call: SampledCall) => readonly Sample[] | Promise<readonly Sample[]>) | undefined;
  readonly #known = new Map<string, readonly Outcome[]>();

  constructor(
    definition: object,
    states: TaskStates,
    samples?: (call: SampledCall) => readonly Sample[] | Promise<readonly Sample[]>,
  ) {
    this.#states = states;
    this.#needs = new NeedsOfStates(definition);
    this.#samples = samples;
  }

  /** Inputs of the state machine: the first has every member that a state reads; others take other ways. */
  get inputs(): string[] {
    return examplesOf(this.#needs.input);
  }

  /** Inputs for states that the others do not reach. */
  get moreInputs(): Iterable<string> {
    return moreExamplesOf(this.#needs.input);
  }

  /** An item of the objects that distributed Maps read, with every member that a state reads. */
  get item(): string {
    return examplesOf(this.#needs.items)[0] ?? '{}';
  }

  outcomesOf(call: TaskCall): readonly Outcome[] | Promise<readonly Outcome[]> {
    const known = this.#known.get(call.stateName) ?? this.#examples(call.stateName);
    this.#known.set(call.stateName, known);
    if (this.#samples === undefined) return known;
    const { stateName: state, resource } = call;
    const samples = this.#samples({ state, resource, input: JSON.parse(call.input) });
    return Array.isArray(samples)
      ? withSamples(known, samples, parseResource(resource))
      : (samples as Promise<readonly Sample[]>).then((found) =>
          withSamples(known, found, parseResource(resource)),
        );
  }

  #examples(name: string): Outcome[] {
    const task = this.#states.all.get(name);
    if (task === undefined) return [{ kind: 'result', index: 0, json: '{}' }];
    const results = resultsOf(this.#needs.results.get(name), resourceOf(task));
    return [
      ...results.map((json, index) => ({ kind: 'result', index, json }) as const),
      ...failuresOf(task, this.#states),
    ];
  }
}

/** Examples for one execution of a state machine, as JSON texts. */
interface ExampleData {
  readonly input: string;
  /** The results of a Task in order: one; several for a Task in a loop, which may end only with another result. */
  resultsOf(state: string): string[];
}

/** Examples of what an execution of a definition reads: its input, and what its Tasks return. */
export function exampleData(definition: object): ExampleData {
  const needs = new NeedsOfStates(definition);
  const { all } = new TaskStates(definition);
  const repeated = new Set(
    [...scopesOf(definition)].flatMap((scope) =>
      [...ancestorsIn(scope)].flatMap(([name, before]) => (before.has(name) ? [name] : [])),
    ),
  );
  return {
    input: examplesOf(needs.input)[0] ?? '{}',
    resultsOf(state) {
      const task = all.get(state);
      const results = task ? resultsOf(needs.results.get(state), resourceOf(task)) : ['{}'];
      return repeated.has(state) ? results : results.slice(0, 1);
    },
  };
}

/** Examples of a Task's result; of a function that it invokes, what the function returns. */
function resultsOf(needs: Needs | undefined, resource: TaskResource): string[] {
  if (needs === undefined) return ['{}'];
  const isInvoke =
    isLambdaInvoke(resource) && resource.kind === 'integration' && resource.pattern === 'requestResponse';
  return examplesOf(isInvoke ? needs.split(['Payload']).inside : needs);
}

function withSamples(
  known: readonly Outcome[],
  samples: readonly Sample[],
  resource: TaskResource,
): readonly Outcome[] {
  const results = new Set(
    samples.flatMap((sample) => ('error' in sample ? [] : [JSON.stringify(sample.result) ?? 'null'])),
  );
  const errors = samples.flatMap((sample) => ('error' in sample ? [sample] : []));
  const names = new Set(errors.map(({ error }) => error));
  return [
    ...(results.size === 0
      ? known.filter(({ kind }) => kind === 'result')
      : [...results].map((json, index) => ({ kind: 'result', index, json }) as const)),
    ...errors.map(({ error, cause }) => failure(error, resource, cause)),
    ...known.filter(
      (outcome) => outcome.kind !== 'result' && !(outcome.kind === 'error' && names.has(outcome.error)),
    ),
  ];
}
