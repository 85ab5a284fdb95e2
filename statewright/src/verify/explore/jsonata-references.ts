import jsonata from 'jsonata';
import { objectOf } from '../../asl/graph';
import { itemParameters, keepsItems, wantedBy } from './jsonata-functions';
import { aroundNumber, MISSING, type Reference } from './references';

/** A part of JSONata's syntax tree. */
interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly stages?: readonly { readonly type: string; readonly expr?: Node }[];
  readonly predicate?: Node['stages'];
  readonly group?: { readonly lhs: readonly (readonly [Node, Node])[] };
  readonly focus?: string;
  readonly terms?: readonly { readonly expression: Node }[];
  readonly lhs?: Node | readonly (readonly [Node, Node])[];
  readonly rhs?: Node;
  readonly expression?: Node;
  readonly expressions?: readonly Node[];
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
  readonly procedure?: Node;
  readonly arguments?: readonly Node[];
  readonly body?: Node;
}

/** Where a value comes from. */
type Source = Pick<Reference, 'of' | 'path'>;

/** What an expression can refer to: names start from the context, and its own variables hide those of the workflow. */
interface Scope {
  readonly context: Source | undefined;
  readonly own: ReadonlyMap<string, Source | undefined>;
}

/**
 * The references of a JSONata expression, `{% … %}`; none for one that is not valid, or nested too deeply.
 * @param wanted values that its place needs
 */
export function jsonataReferences(expression: string, wanted: readonly unknown[] = []): Reference[] {
  const text = expression.replace(/^\{%(.*)%\}$/s, '$1');
  const reader = new Reader();
  try {
    reader.visit(jsonata(text).ast() as Node, wanted, { context: undefined, own: new Map() });
  } catch {
    return [];
  }
  return reader.found;
}

/** The references of every expression in a value, at any depth. */
export function expressionReferences(value: unknown, wanted: readonly unknown[] = []): Reference[] {
  if (typeof value === 'string') return value.startsWith('{%') ? jsonataReferences(value, wanted) : [];
  if (Array.isArray(value)) return value.flatMap((item) => expressionReferences(item));
  return Object.entries(objectOf(value) ?? {}).flatMap(([name, member]) =>
    expressionReferences(member, NUMBERS.has(name) ? [1] : []),
  );
}

/** Fields of an ItemReader and an ItemBatcher. */
const NUMBERS: ReadonlySet<string> = new Set(['MaxItems', 'MaxItemsPerBatch', 'MaxInputBytesPerBatch']);

/** Reads a syntax tree, and collects what it refers to. */
class Reader {
  readonly found: Reference[] = [];

  /** @returns where the value comes from, if it is a document's own, or its items */
  visit(node: Node | undefined, wanted: readonly unknown[], scope: Scope): Source | undefined {
    switch (node?.type) {
      case 'path':
        return this.#path(node, wanted, scope);
      case 'name':
      case 'variable':
        return this.#path({ steps: [node] }, wanted, scope);
      case 'binary':
        return this.#binary(node, scope);
      case 'condition':
        return this.#condition(node, wanted, scope);
      case 'function':
        return this.#call(node.procedure, node.arguments ?? [], scope);
      case 'apply':
        return this.#apply(node, scope);
      case 'block':
        return this.#block(node.expressions ?? [], wanted, scope);
      case 'unary':
        for (const pair of pairsOf(node)) for (const each of pair) this.visit(each, [], scope);
        for (const item of node.expressions ?? []) this.visit(item, [], scope);
        this.visit(node.expression, [1], scope);
        return undefined;
      case 'lambda':
        this.#lambda(node, [], scope);
        return undefined;
      default:
        return undefined;
    }
  }

  #path(
    { steps: [first, ...more] = [], group }: Node,
    wanted: readonly unknown[],
    scope: Scope,
  ): Source | undefined {
    if (first === undefined) return undefined;
    const start = this.#start(first, more, scope);
    let { source } = start;
    let inner = scope;
    for (const step of start.rest) {
      const item = source && itemOf(source);
      if (step.type === 'name') source &&= { of: source.of, path: [...source.path, String(step.value)] };
      else if (step.type === 'sort') {
        for (const { expression } of step.terms ?? []) this.visit(expression, [1], within(item, inner));
        source = item;
      } else if (step.type !== 'start') source = this.visit(step, [], within(item, inner));
      source = this.#filtered(source, step, inner);
      if (step.focus !== undefined)
        inner = { ...inner, own: new Map(inner.own).set(step.focus, source && itemOf(source)) };
    }
    if (source !== undefined) this.found.push({ ...source, values: wanted });
    if (group === undefined) return source;
    for (const each of group.lhs.flat()) this.visit(each, [], within(source && itemOf(source), inner));
    return undefined;
  }

  /** What the first step of a path refers to, and the steps that are left; of the step `start` only the filters. */
  #start(
    first: Node,
    more: readonly Node[],
    scope: Scope,
  ): { readonly source: Source | undefined; readonly rest: readonly Node[] } {
    const { context, own } = scope;
    if (first.type === 'name') return { source: context, rest: [first, ...more] };
    const rest = [started(first), ...more];
    if (first.type !== 'variable') return { source: this.visit(first, [], scope), rest };
    const name = String(first.value);
    if (name === '') return { source: context, rest };
    if (own.has(name)) return { source: own.get(name), rest };
    if (name !== 'states') return { source: { of: { variable: name }, path: [] }, rest };
    const names = more.map(({ value }) => String(value));
    for (const [start, of] of ROOTS) {
      const [last, ...left] = more.slice(start.length - 1);
      if (last && start.every((each, index) => names[index] === each))
        return { source: { of, path: [] }, rest: [started(last), ...left] };
    }
    return { source: undefined, rest: more };
  }

  /** The source after the filters of a step: an index is a name in a path, and a condition chooses items. */
  #filtered(
    source: Source | undefined,
    { stages = [], predicate = [] }: Node,
    scope: Scope,
  ): Source | undefined {
    return [...stages, ...predicate].reduce((from, { expr }) => {
      const item = from && itemOf(from);
      if (expr?.type === 'number') {
        const isFirst = Number(expr.value) >= 0 && item !== from;
        return isFirst && from ? { of: from.of, path: [...from.path, String(expr.value)] } : item;
      }
      this.visit(expr, [], within(item, scope));
      return item;
    }, source);
  }

  #binary({ value, lhs, rhs }: Node, scope: Scope): undefined {
    const [left, right] = [alone(lhs as Node), alone(rhs)];
    const asked = (other: Node | undefined): readonly unknown[] => {
      if (value === '&') return [];
      if (value === 'and' || value === 'or') return [true, false];
      if (ORDERS.test(String(value))) return valuesLike(other) ?? [1];
      if (value === '=' || value === '!=') return valuesLike(other) ?? [];
      if (value === 'in') return valuesLike(other?.expressions?.[0]) ?? [];
      return [1];
    };
    this.visit(left, asked(right), scope);
    this.visit(right, value === 'in' ? [] : asked(left), scope);
  }

  #condition(
    { condition, then, else: otherwise }: Node,
    wanted: readonly unknown[],
    scope: Scope,
  ): undefined {
    this.visit(condition, [MISSING], scope);
    // Both results usually have one type.
    const like = (other: Node | undefined) => (wanted.length > 0 ? wanted : literalOf(other));
    this.visit(then, like(otherwise), scope);
    this.visit(otherwise, like(then), scope);
  }

  #block(expressions: readonly Node[], wanted: readonly unknown[], scope: Scope): Source | undefined {
    const own = new Map(scope.own);
    let last: Source | undefined;
    for (const [index, each] of expressions.entries()) {
      const inner = { ...scope, own };
      const bound = each.type === 'bind' ? (each.lhs as Node) : undefined;
      last = this.visit(bound ? each.rhs : each, index === expressions.length - 1 ? wanted : [], inner);
      if (bound) own.set(String(bound.value), last);
    }
    return last;
  }

  #apply({ lhs, rhs }: Node, scope: Scope): Source | undefined {
    const first = lhs as Node;
    return rhs?.type === 'function'
      ? this.#call(rhs.procedure, [first, ...(rhs.arguments ?? [])], scope)
      : this.#call(rhs, [first], scope);
  }

  #call(procedure: Node | undefined, values: readonly Node[], scope: Scope): Source | undefined {
    const name = String(procedure?.value);
    if (procedure?.type !== 'variable' || scope.own.has(name)) this.visit(procedure, [], scope);
    const [first, ...more] = values;
    const source = this.visit(first, wantedBy(name, 0, literalOf(more[0])[0]), scope);
    const item = source && itemOf(source);
    for (const [index, value] of more.entries()) {
      if (value.type !== 'lambda') this.visit(value, wantedBy(name, index + 1), scope);
      else this.#lambda(value, itemParameters(name, item), scope);
    }
    return keepsItems(name) ? item : undefined;
  }

  /** @param sources where the values of its parameters come from */
  #lambda(
    { arguments: parameters = [], body }: Node,
    sources: readonly (Source | undefined)[],
    scope: Scope,
  ): void {
    const own = new Map(scope.own);
    for (const [index, { value }] of parameters.entries()) own.set(String(value), sources[index]);
    this.visit(body, [], { ...scope, own });
  }
}

/** What follows `$states`. */
const ROOTS: readonly [names: readonly string[], of: Reference['of']][] = [
  [['input'], 'input'],
  [['result'], 'result'],
  [['context', 'Map', 'Item', 'Value'], 'item'],
  [['context', 'Execution', 'Input'], 'execution'],
];

const ORDERS = /^[<>]=?$/;

/** A step whose value is known, with its filters. */
const started = (step: Node): Node => ({ ...step, type: 'start' });

/** An item of a list; of an item, itself. */
const itemOf = (source: Source): Source =>
  source.path.at(-1) === '*' ? source : { of: source.of, path: [...source.path, '*'] };

const within = (context: Source | undefined, scope: Scope): Scope => ({ ...scope, context });

/** Without the parentheses around it; the console writes `($a) = ("b")`. */
function alone(node: Node | undefined): Node | undefined {
  const [only, ...more] = node?.type === 'block' ? (node.expressions ?? []) : [];
  return only !== undefined && more.length === 0 ? alone(only) : node;
}

const pairsOf = ({ lhs }: Node) => (Array.isArray(lhs) ? (lhs as readonly (readonly [Node, Node])[]) : []);

const literalOf = (node: Node | undefined): readonly unknown[] => {
  const { type, value } = alone(node) ?? {};
  return type === 'number' || type === 'string' || typeof value === 'boolean' ? [value] : [];
};

/** Values that make a comparison with a literal true, and others; undefined without a literal. */
function valuesLike(node: Node | undefined): readonly unknown[] | undefined {
  const [value] = literalOf(node);
  if (typeof value === 'number') return aroundNumber(value);
  if (typeof value === 'string') return [value, `not ${value}`];
  return typeof value === 'boolean' ? [true, false] : undefined;
}
