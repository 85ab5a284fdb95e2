import { ownField, statesOf } from '../asl/graph';
import { didYouMeanOneOf, nearest, quoted } from '../did-you-mean';
import { matchesWildcard } from '../local-aws/iam/wildcard';
import { UserError } from '../user-error';
import { isLambdaTask, type TaskState, taskStatesOf } from './tasks';

/**
 * Selects calls: those of one Task state, of one Lambda function, or of one resource (`arn:aws:states:::sqs:sendMessage`
 * or `sqs:sendMessage`; `*` matches any characters). A text alone selects whichever of these it names.
 */
export type CallTarget =
  | string
  | { readonly state: string }
  | { readonly lambda: string }
  | { readonly resource: string };

/** A target whose name exists. */
export interface ResolvedTarget {
  readonly kind: 'state' | 'lambda' | 'resource';
  readonly name: string;
}

/** A state, function or resource that is not in the workflow. */
export class UnknownNameError extends UserError {
  override readonly name = 'UnknownNameError';
}

/** A text that names a state and a function that this state does not call. */
export class AmbiguousNameError extends UserError {
  override readonly name = 'AmbiguousNameError';
}

/** The names of a workflow: its states, the Lambda functions and the resources that its Tasks call. */
export class Names {
  readonly #tasks: readonly TaskState[];
  readonly #states: ReadonlyMap<string, unknown>;
  readonly #lambdas: ReadonlySet<string>;
  /** Whether a Task calls a function that only its input names. */
  readonly #anyLambda: boolean;

  /** @param deployed the names of the deployed functions, called or not */
  constructor(definition: unknown, deployed: readonly string[] = []) {
    this.#tasks = taskStatesOf(definition);
    this.#states = new Map([...statesOf(definition)].map(({ name, content }) => [name, content]));
    this.#anyLambda = this.#tasks.some((task) => isLambdaTask(task.resource) && task.lambda === undefined);
    this.#lambdas = new Set([...this.#tasks.flatMap(({ lambda }) => lambda ?? []), ...deployed]);
  }

  /** @throws UnknownNameError, AmbiguousNameError */
  resolve(target: CallTarget): ResolvedTarget {
    if (typeof target === 'string') return this.#find(target);
    if ('state' in target) return { kind: 'state', name: this.#task(target.state) };
    if ('lambda' in target) return { kind: 'lambda', name: this.#lambda(target.lambda) };
    if ('resource' in target) return { kind: 'resource', name: this.#resource(target.resource) };
    throw new UnknownNameError(
      `${JSON.stringify(target)} has none of the fields state, lambda and resource.`,
    );
  }

  /** @throws UnknownNameError when no state of any type has this name */
  checkState(name: string): void {
    if (!this.#states.has(name)) throw unknown(`state "${name}"`, String(name), [...this.#states.keys()]);
  }

  #find(name: string): ResolvedTarget {
    if (name.includes(':')) return { kind: 'resource', name: this.#resource(name) };
    const task = this.#tasks.find(({ state }) => state === name);
    if (!this.#lambdas.has(name)) {
      if (task || this.#states.has(name)) return { kind: 'state', name: this.#task(name) };
      const known = [...this.#tasks.map(({ state }) => state), ...this.#lambdas];
      if (this.#anyLambda && nearest(name, known) === undefined) return { kind: 'lambda', name };
      throw unknown(`Task or Lambda function "${name}"`, name, known);
    }
    if (task && task.lambda !== name) {
      throw new AmbiguousNameError(
        `"${name}" is a Task and a Lambda function that this Task does not call. ` +
          `Use { state: '${name}' } or { lambda: '${name}' }.`,
      );
    }
    return { kind: 'lambda', name };
  }

  #task(name: string): string {
    const names = this.#tasks.map(({ state }) => state);
    if (names.includes(name)) return name;
    const type = ownField(this.#states.get(name), 'Type');
    if (type === undefined) throw unknown(`Task "${name}"`, name, names);
    throw new UnknownNameError(`"${name}" is a ${type} state: only a Task calls something.`);
  }

  #lambda(name: string): string {
    if (this.#lambdas.has(name) || this.#anyLambda) return name;
    throw unknown(`Lambda function "${name}"`, name, [...this.#lambdas]);
  }

  /** Returns a pattern for `Resource`. */
  #resource(name: string): string {
    const pattern = name.startsWith('arn:') ? name : `arn:*:states:*:*:${name}`;
    const resources = this.#tasks.map(({ resource }) => resource);
    if (resources.some((resource) => matchesWildcard(pattern, resource))) return pattern;
    const known = name === pattern ? resources : resources.map((text) => text.split(':').slice(5).join(':'));
    throw unknown(`Task with the resource "${name}"`, name, known);
  }
}

/** Whether the target selects a call. */
export function isMeant(
  { kind, name }: ResolvedTarget,
  call: { readonly state: string; readonly lambda?: string; readonly resource: string },
): boolean {
  return kind === 'resource' ? matchesWildcard(name, call.resource) : call[kind] === name;
}

function unknown(what: string, name: string, known: readonly string[]): UnknownNameError {
  return new UnknownNameError(`The workflow has no ${what}. ${didYouMeanOneOf(name, known, quoted)}`);
}
