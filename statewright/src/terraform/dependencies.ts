import { didYouMeanOneOf } from '../did-you-mean';
import { DependencyCycleError, UnknownReferenceError, UnsupportedError } from './errors';
import { type Expression, references } from './expression';
import { parseTemplate } from './parse-template';
import type { Block, StackFile } from './stack-file';
import { isList, isMap, type Value } from './value';

/** What is evaluated or made, one after the other: a block, or a local value. */
export type Step = { readonly address: string } & (
  | { readonly block: Block }
  | { readonly local: string; readonly value: Value }
);

/** First names of references that Terraform has, and that nothing here defines. */
const UNSUPPORTED_ROOTS = ['count', 'each', 'self', 'module', 'terraform'];

/**
 * The stack's data sources, resources and local values, each after what it refers to or depends on; otherwise in the
 * order of the file.
 *
 * @throws UnknownReferenceError, DependencyCycleError, UnsupportedError, ExpressionSyntaxError
 */
export function inOrder(stack: StackFile): Step[] {
  const steps = new Map<string, Step>();
  for (const [local, value] of Object.entries(stack.locals)) {
    steps.set(`local.${local}`, { address: `local.${local}`, local, value });
  }
  for (const block of stack.blocks) steps.set(block.address, { address: block.address, block });

  const targets = new Targets(steps, stack);
  for (const [name, output] of Object.entries(stack.outputs)) targets.of(output, `output.${name}`);

  const ordered: Step[] = [];
  const done = new Set<string>();
  const visit = (step: Step, path: readonly string[]): void => {
    if (done.has(step.address)) return;
    const start = path.indexOf(step.address);
    if (start >= 0) throw new DependencyCycleError([step.address, ...path.slice(start + 1), step.address]);
    for (const target of targets.ofStep(step)) visit(target, [...path, step.address]);
    done.add(step.address);
    ordered.push(step);
  };
  for (const step of steps.values()) visit(step, []);
  return ordered;
}

/** Finds what expressions refer to. */
class Targets {
  constructor(
    private readonly steps: ReadonlyMap<string, Step>,
    private readonly stack: StackFile,
  ) {}

  ofStep(step: Step): Step[] {
    if ('local' in step) return this.of(step.value, step.address);
    const { address, block } = step;
    const explicit = block.dependsOn.flatMap((target) => this.of(`\${${target}}`, `${address}.depends_on`));
    return [...this.of(block.arguments, address), ...explicit];
  }

  of(argument: Value, place: string): Step[] {
    return expressions(argument, place).flatMap(([expression, where]) =>
      references(expression).flatMap((path) => this.find(path, where) ?? []),
    );
  }

  /** The step that a reference needs to have been made; undefined for what is known from the start. */
  private find(path: readonly string[], place: string): Step | undefined {
    const [root = '', second] = path;
    if (root === 'path') return undefined;
    if (root === 'var') {
      if (second !== undefined && this.stack.variables[second] === undefined) {
        throw unknown(
          place,
          `var.${second}`,
          Object.keys(this.stack.variables).map((name) => `var.${name}`),
        );
      }
      return undefined;
    }
    if (UNSUPPORTED_ROOTS.includes(root)) {
      throw new UnsupportedError(place, `the reference ${path.join('.')} is not supported here`);
    }
    const address = path.slice(0, root === 'data' ? 3 : 2).join('.');
    const step = this.steps.get(address);
    if (step) return step;
    throw unknown(place, address, [...this.steps.keys()]);
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
