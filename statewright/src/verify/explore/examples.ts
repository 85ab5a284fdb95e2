import { scopesOf } from '../../asl/graph';
import { isLambdaInvoke, parseResource, type TaskResource } from '../../asl/resource';
import type { TaskCall } from '../../engine';
import { isObject } from '../../is-object';
import { ancestorsIn } from './ancestors';
import type { Sample, SampledCall } from './exploration';
import type { Needs } from './needs';
import { NeedsOfStates } from './needs-of-states';
import { failure, failuresOf, type Outcome, resourceOf } from './outcomes';
import { MISSING, type Path } from './references';
import { TaskStates } from './task-states';

/** The most examples of one input or result: each one more takes another way through a Choice. */
const MAX_EXAMPLES = 8;

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

/** Examples for one execution of a state machine, as JSON texts: its input, and the results of each Task in order. */
export interface ExampleData {
  readonly input: string;
  /** One result; several for a Task in a loop, which may end only with another one. */
  resultsOf(state: string): string[];
}

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

/** Documents with the members that are needed, as JSON text: the usual one, and others with one other value each. */
export function examplesOf(needs: Needs): string[] {
  const usual = JSON.stringify(documentOf(needs));
  const others = [...needs].flatMap(({ path, values }) =>
    values
      .filter((value) => value !== usualOf(values))
      .map((value) => JSON.stringify(documentOf(needs, { path, value }))),
  );
  return [...new Set([usual, ...others])].slice(0, MAX_EXAMPLES);
}

function documentOf(needs: Needs, other?: { readonly path: Path; readonly value: unknown }): unknown {
  let document: unknown = {};
  const sorted = [...needs].sort((a, b) => a.path.length - b.path.length);
  const parents = new Set(sorted.flatMap(({ path }) => path.map((_, i) => JSON.stringify(path.slice(0, i)))));
  for (const { path, values } of sorted) {
    const isOther = other !== undefined && samePath(path, other.path);
    const usual = usualOf(values);
    const isObjectOrList = path.at(-1) === '*' || path.length === 0 || parents.has(JSON.stringify(path));
    const fallback = isObjectOrList ? {} : 'example';
    const value = isOther ? other.value : usual === undefined ? fallback : usual;
    if (value !== MISSING) document = withValue(document, path, value);
  }
  return document;
}

/** The first value: a member is left out only in another example. */
const usualOf = (values: readonly unknown[]): unknown => values.find((value) => value !== MISSING);

const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((name, i) => b[i] === name);

/** The document with a value at a path; an object or a list that is already there stays. */
function withValue(document: unknown, path: Path, value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) {
    const hasMembers = typeof document === 'object' && document !== null;
    return value === undefined ||
      (hasMembers && Object.keys(document).length > 0 && typeof value !== 'object')
      ? (document ?? {})
      : value;
  }
  const isList = first === '*' || /^\d$/.test(first);
  // Another state reads members of it: an example is an object or a list, not both.
  if (isList && isObject(document) && Object.keys(document).length > 0) return document;
  if (isList) {
    const list = Array.isArray(document) ? [...document] : [];
    const index = first === '*' ? 0 : Number(first);
    for (let i = 0; i < index; i++) list[i] ??= {};
    list[index] = withValue(list[index], rest, value);
    return list;
  }
  const members =
    typeof document === 'object' && document !== null && !Array.isArray(document) ? document : {};
  return { ...members, [first]: withValue((members as Record<string, unknown>)[first], rest, value) };
}
