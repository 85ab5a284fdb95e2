import { didYouMeanOneOf } from '../did-you-mean';
import { DependencyCycleError, UnknownReferenceError, UnsupportedError } from './errors';
import { type Expression, references } from './expression';
import { parseTemplate } from './parse-template';
import type { Block, StackFile } from './stack-file';
import { isList, isMap, type Value } from './value';

/** A node of the dependency graph: a block, or a local value. It is evaluated or created as a whole. */
export type GraphNode = { readonly address: string } & (
  | { readonly block: Block }
  | { readonly local: string; readonly value: Value }
);

/** First names of references that Terraform supports and this module does not. */
const UNSUPPORTED_ROOTS = ['count', 'each', 'self', 'module', 'terraform'];

/**
 * The stack's data sources, resources and local values, each after its dependencies; otherwise in the order of
 * the file.
 *
 * @throws UnknownReferenceError, DependencyCycleError, UnsupportedError, ExpressionSyntaxError
 */
export function inOrder(stack: StackFile): GraphNode[] {
  const nodes = new Map<string, GraphNode>();
  for (const [local, value] of Object.entries(stack.locals)) {
    nodes.set(`local.${local}`, { address: `local.${local}`, local, value });
  }
  for (const block of stack.blocks) nodes.set(block.address, { address: block.address, block });

  const dependencies = new Dependencies(nodes, stack);
  for (const [name, output] of Object.entries(stack.outputs)) dependencies.of(output, `output.${name}`);

  const ordered: GraphNode[] = [];
  const done = new Set<string>();
  const visit = (node: GraphNode, path: readonly string[]): void => {
    if (done.has(node.address)) return;
    const start = path.indexOf(node.address);
    if (start >= 0) throw new DependencyCycleError([node.address, ...path.slice(start + 1), node.address]);
    for (const target of dependencies.ofNode(node)) visit(target, [...path, node.address]);
    done.add(node.address);
    ordered.push(node);
  };
  for (const node of nodes.values()) visit(node, []);
  return ordered;
}

/** Finds the nodes that expressions refer to. */
class Dependencies {
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #stack: StackFile;

  constructor(nodes: ReadonlyMap<string, GraphNode>, stack: StackFile) {
    this.#nodes = nodes;
    this.#stack = stack;
  }

  ofNode(node: GraphNode): GraphNode[] {
    if ('local' in node) return this.of(node.value, node.address);
    const { address, block } = node;
    const explicit = block.dependsOn.flatMap((target) => this.of(`\${${target}}`, `${address}.depends_on`));
    return [...this.of(block.arguments, address), ...explicit];
  }

  of(argument: Value, place: string): GraphNode[] {
    return expressions(argument, place).flatMap(([expression, where]) =>
      references(expression).flatMap((path) => this.#find(path, where) ?? []),
    );
  }

  /** The node that must be created before a reference is known; undefined when it is known from the start. */
  #find(path: readonly string[], place: string): GraphNode | undefined {
    const [root = '', second] = path;
    if (root === 'path') return undefined;
    if (root === 'var') {
      if (second !== undefined && this.#stack.variables[second] === undefined) {
        throw unknown(
          place,
          `var.${second}`,
          Object.keys(this.#stack.variables).map((name) => `var.${name}`),
        );
      }
      return undefined;
    }
    if (UNSUPPORTED_ROOTS.includes(root)) {
      throw new UnsupportedError(place, `the reference ${path.join('.')} is not supported here`);
    }
    const address = path.slice(0, root === 'data' ? 3 : 2).join('.');
    const node = this.#nodes.get(address);
    if (node) return node;
    throw unknown(place, address, [...this.#nodes.keys()]);
  }
}

function unknown(place: string, address: string, known: readonly string[]): UnknownReferenceError {
  return new UnknownReferenceError(
    place,
    `refers to ${address}, which is not in the stack`,
    didYouMeanOneOf(address, known),
  );
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
