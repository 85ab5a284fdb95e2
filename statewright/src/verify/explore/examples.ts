import { isLambdaInvoke, parseResource, type TaskResource } from '../../asl/resource';
import type { TaskCall } from '../../engine';
import { isObject } from '../../is-object';
import type { Sample, SampledCall } from './exploration';
import type { Needs } from './needs';
import { NeedsOfStates } from './needs-of-states';
import { failure, failuresOf, type Outcome, resourceOf } from './outcomes';
import { MISSING, type Path } from './references';
import type { TaskStates } from './task-states';

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
    const needs = this.#needs.results.get(name);
    const resource = resourceOf(task);
    const ofResult =
      needs &&
      isLambdaInvoke(resource) &&
      resource.kind === 'integration' &&
      resource.pattern === 'requestResponse'
        ? needs.split(['Payload']).inside
        : needs;
    const results = ofResult ? examplesOf(ofResult) : ['{}'];
    return [
      ...results.map((json, index) => ({ kind: 'result', index, json }) as const),
      ...failuresOf(task, this.#states),
    ];
  }
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
