import { didYouMeanOneOf } from '../did-you-mean';
import type { Block, Configuration, ModuleCall } from './configuration';
import { DependencyCycleError, UnknownReferenceError } from './errors';
import { type Expression, references } from './expression';
import { parseTemplate } from './parse-template';
import { isList, isMap, type Value } from './value';

/**
 * A node of the dependency graph, with all its instances. `module` names the modules around it, from the outside;
 * a `call` is the call of a module, whose instances are known before anything inside it.
 */
export type GraphNode = {
  readonly module: readonly string[];
  /** Within its module: `aws_iam_role.test`, `local.name`, `var.name`, `output.name`, `module.name`. */
  readonly address: string;
} & (
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'call'; readonly call: ModuleCall }
  | { readonly kind: 'local' | 'output' | 'variable'; readonly name: string; readonly value: Value }
);

/** Names that are known without an order. */
const ALWAYS_KNOWN = ['path', 'terraform'];

/**
 * All parts of a stack and its modules, each after its dependencies; otherwise in the order of the file.
 *
 * @param others names of other values that the stack must have, each with its place
 * @param lastTypes types of resources that come after everything that does not need them
 * @throws UnknownReferenceError, DependencyCycleError, ExpressionSyntaxError
 */
export function inOrder(
  stack: Configuration,
  others: readonly string[] = [],
  lastTypes: ReadonlySet<string> = new Set(),
): GraphNode[] {
  const graph = new Graph();
  graph.add(stack, []);
  for (const name of others) graph.referencesOf(`\${${name}}`, `values: ${name}`, { module: [], names: [] });
  const late = graph.withDependents((node) => node.kind === 'block' && lastTypes.has(node.block.type));
  const turn = (node: GraphNode) => (node.kind === 'output' ? 2 : late.has(node) ? 1 : 0);
  return graph.sorted(graph.nodes.sort((a, b) => turn(a) - turn(b)));
}

/** The nodes that an argument of the stack needs, each after its dependencies. */
export function neededFor(argument: Value, place: string, stack: Configuration): GraphNode[] {
  const graph = new Graph();
  graph.add(stack, []);
  return graph.sorted(graph.referencesOf(argument, place, { module: [], names: [] }));
}

/** Where an expression is: its module, and the names that only it can use. */
interface Where {
  readonly module: readonly string[];
  /** `each`, `count`, `self`, and iterators of dynamic blocks. */
  readonly names: readonly string[];
}

class Graph {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #configurations = new Map<string, Configuration>();
  readonly #calls = new Map<string, ModuleCall>();
  readonly #dependencies = new Map<GraphNode, readonly GraphNode[]>();

  add(configuration: Configuration, module: readonly string[]): void {
    this.#configurations.set(idOf(module, ''), configuration);
    const add = (node: GraphNode) => this.#nodes.set(idOf(module, node.address), node);
    const values = { local: configuration.locals, variable: configuration.variables };
    for (const [kind, members] of Object.entries(values) as ['local' | 'variable', typeof values.local][]) {
      const prefix = kind === 'local' ? 'local' : 'var';
      for (const [name, value] of Object.entries(members)) {
        if (name !== '//') add({ module, address: `${prefix}.${name}`, kind, name, value });
      }
    }
    for (const block of configuration.blocks) add({ module, address: block.address, kind: 'block', block });
    for (const call of configuration.modules) {
      add({ module, address: call.address, kind: 'call', call });
      const inside = [...module, call.name];
      this.#calls.set(idOf(inside, ''), call);
      if (call.configuration) this.add(call.configuration, inside);
    }
    for (const [name, output] of Object.entries(configuration.outputs)) {
      if (name === '//') continue;
      const value = isMap(output) ? (output.value ?? null) : null;
      add({ module, address: `output.${name}`, kind: 'output', name, value });
    }
  }

  get nodes(): GraphNode[] {
    return [...this.#nodes.values()];
  }

  /** @param targets only these, and what they need (default: all) */
  sorted(targets: Iterable<GraphNode> = this.#nodes.values()): GraphNode[] {
    const ordered: GraphNode[] = [];
    const done = new Set<GraphNode>();
    const visit = (node: GraphNode, path: readonly GraphNode[]): void => {
      if (done.has(node)) return;
      const start = path.indexOf(node);
      if (start >= 0) throw cycle([node, ...path.slice(start + 1), node]);
      for (const needed of this.#dependenciesOf(node)) visit(needed, [...path, node]);
      done.add(node);
      ordered.push(node);
    };
    for (const node of targets) visit(node, []);
    return ordered;
  }

  /** The nodes that a condition selects, and all that need one of them. */
  withDependents(isSelected: (node: GraphNode) => boolean): ReadonlySet<GraphNode> {
    const found = new Set<GraphNode>();
    for (const node of this.sorted()) {
      if (isSelected(node) || this.#dependenciesOf(node).some((needed) => found.has(needed))) found.add(node);
    }
    return found;
  }

  #dependenciesOf(node: GraphNode): readonly GraphNode[] {
    const known = this.#dependencies.get(node);
    if (known) return known;
    const read = this.#readDependencies(node);
    this.#dependencies.set(node, read);
    return read;
  }

  #readDependencies(node: GraphNode): GraphNode[] {
    const { module, address } = node;
    const where: Where = { module, names: [] };
    const call = this.#nodes.get(idOf(module.slice(0, -1), `module.${module.at(-1)}`));
    const around = call ? [call] : [];
    const place = (argument: string) => `${idOf(module, address)}${argument}`;
    switch (node.kind) {
      case 'local':
        return [...around, ...this.referencesOf(node.value, place(''), where)];
      case 'output':
        return [...around, ...this.referencesOf(node.value, place('.value'), where)];
      case 'variable':
        return [...around, ...this.#argumentDependencies(node.name, module)];
      case 'call':
      case 'block': {
        const meta = node.kind === 'call' ? node.call : node.block;
        return [
          ...around,
          ...meta.dependsOn.flatMap((target) =>
            this.referencesOf(`\${${target}}`, place('.depends_on'), where),
          ),
          ...this.referencesOf(meta.forEach ?? null, place('.for_each'), where),
          ...this.referencesOf(meta.count ?? null, place('.count'), where),
          // The arguments of a known module belong to its variables.
          ...(node.kind === 'call' && node.call.configuration
            ? []
            : this.referencesOf(meta.arguments, place(''), { module, names: namesIn(meta) })),
        ];
      }
    }
  }

  /** What the call of a module passes to a variable. */
  #argumentDependencies(variable: string, module: readonly string[]): GraphNode[] {
    const call = this.#calls.get(idOf(module, ''));
    if (!call) return [];
    const outside = { module: module.slice(0, -1), names: namesIn(call) };
    const place = `${idOf(module, '').slice(0, -1)}.${variable}`;
    return this.referencesOf(call.arguments[variable] ?? null, place, outside);
  }

  /** The nodes that an argument refers to. */
  referencesOf(argument: Value, place: string, where: Where): GraphNode[] {
    return expressions(argument, place).flatMap(([expression, inner]) =>
      references(expression).flatMap((path) => this.#find(path, inner, where)),
    );
  }

  #find(path: readonly string[], place: string, { module, names }: Where): GraphNode[] {
    const [root = '', second = ''] = path;
    if (ALWAYS_KNOWN.includes(root) || names.includes(root)) return [];
    if (root === 'module') return this.#ofModule(path, place, module);
    const address = path.slice(0, root === 'data' || root === 'ephemeral' ? 3 : 2).join('.');
    const node = this.#nodes.get(idOf(module, address));
    if (node) return [node];
    if (root === 'each' || root === 'count') {
      const argument = root === 'each' ? 'for_each' : 'count';
      throw new UnknownReferenceError(place, `refers to ${path.join('.')} where "${argument}" is missing`);
    }
    // A whole map of values, such as `local` or `var`.
    if (second === '' && ['local', 'var'].includes(root))
      return [...this.#in(module)].filter(({ address: each }) => each.startsWith(`${root}.`));
    throw this.#unknown(place, address, module);
  }

  /** `module.name.output`, or with an instance: `module.name[0].output`. */
  #ofModule(path: readonly string[], place: string, module: readonly string[]): GraphNode[] {
    const address = path.slice(0, 2).join('.');
    const call = this.#nodes.get(idOf(module, address));
    if (call?.kind !== 'call') throw this.#unknown(place, address, module);
    const inside = [...module, call.call.name];
    if (!call.call.configuration) return [call];
    const isRepeated = call.call.forEach !== undefined || call.call.count !== undefined;
    const output = isRepeated ? undefined : path[2];
    const outputs = this.#in(inside).filter(({ kind }) => kind === 'output');
    // depends_on a module means everything in it.
    if (output === undefined)
      return [call, ...(place.endsWith('depends_on') ? this.#under(inside) : outputs)];
    const found = outputs.find((each) => each.address === `output.${output}`);
    if (found) return [found];
    throw new UnknownReferenceError(
      place,
      `refers to the output ${output}, which ${address} does not have`,
      didYouMeanOneOf(output, Object.keys(call.call.configuration.outputs)),
    );
  }

  #in(module: readonly string[]): GraphNode[] {
    const id = idOf(module, '');
    return [...this.#nodes.values()].filter((node) => idOf(node.module, '') === id);
  }

  #under(module: readonly string[]): GraphNode[] {
    const id = idOf(module, '');
    return [...this.#nodes.values()].filter((node) => idOf(node.module, '').startsWith(id));
  }

  #unknown(place: string, address: string, module: readonly string[]): UnknownReferenceError {
    const known = this.#in(module)
      .filter(({ kind }) => kind !== 'output')
      .map((node) => node.address);
    return new UnknownReferenceError(
      place,
      `refers to ${address}, which is not in the ${module.length === 0 ? 'stack' : 'module'}`,
      didYouMeanOneOf(address, known),
    );
  }
}

/** The address in the whole stack: `module.a.module.b.aws_iam_role.test`. */
function idOf(module: readonly string[], address: string): string {
  return [...module.map((name) => `module.${name}`), address].join('.');
}

function cycle(nodes: readonly GraphNode[]): DependencyCycleError {
  return new DependencyCycleError(nodes.map((node) => idOf(node.module, node.address)) as [string]);
}

/** The names that only the expressions of a block, or of the call of a module, can use. */
function namesIn({ forEach, count, arguments: written }: Block | ModuleCall): string[] {
  return [
    'self',
    ...(forEach === undefined ? [] : ['each']),
    ...(count === undefined ? [] : ['count']),
    ...iterators(written),
  ];
}

/** The iterators of the dynamic blocks in an argument. */
function iterators(argument: Value): string[] {
  if (isList(argument)) return argument.flatMap(iterators);
  if (!isMap(argument)) return [];
  const { dynamic } = argument;
  const own =
    dynamic === undefined || !isMap(dynamic)
      ? []
      : Object.entries(dynamic).flatMap(([block, written]) =>
          ([written].flat() as Value[]).map((each) =>
            isMap(each) && each.iterator !== undefined
              ? String(each.iterator).replace(/^\$\{(.*)\}$/, '$1')
              : block,
          ),
        );
  return [...own, ...Object.values(argument).flatMap(iterators)];
}

/** Every expression in an argument, with its place. */
function expressions(argument: Value, place: string): [Expression, string][] {
  if (typeof argument === 'string') return [[parseTemplate(argument, place), place]];
  if (isList(argument)) return argument.flatMap((item, index) => expressions(item, `${place}[${index}]`));
  if (!isMap(argument)) return [];
  return Object.entries(argument).flatMap(([name, value]) =>
    name === '//' ? [] : expressions(value, `${place}.${name}`),
  );
}
