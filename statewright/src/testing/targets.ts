import { ownField, statesOf } from '../asl/graph';
import { parseFunctionName } from '../asl/resource';
import { didYouMeanOneOf, nearest, quoted } from '../did-you-mean';
import { matchesWildcard } from '../local-aws/iam/wildcard';
import { UserError } from '../user-error';
import { isLambdaTask, type TaskState, taskStatesOf } from './tasks';

/**
 * Selects calls: those of one Task state, of one Lambda function (by its name or its ARN; with a version or an alias, only
 * the calls of that one), or of one resource (`arn:aws:states:::sqs:sendMessage`, `sqs:sendMessage` or the name of an
 * activity; `*` matches any characters). A text alone selects whichever of these it names.
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

/** The names of a workflow: its states, the Lambda functions, activities and resources that its Tasks call. */
export class Names {
  readonly #tasks: readonly TaskState[];
  readonly #states: ReadonlyMap<string, unknown>;
  readonly #lambdas: ReadonlySet<string>;
  /** Whether a Task calls a function that only its input names. */
  readonly #anyLambda: boolean;

  /**
   * @param deployed the names of the deployed functions, called or not
   * @param others the definitions of state machines that its Tasks may start
   */
  constructor(definition: unknown, deployed: readonly string[] = [], others: readonly unknown[] = []) {
    const definitions = [definition, ...others];
    this.#tasks = definitions.flatMap(taskStatesOf);
    this.#states = new Map(
      definitions
        .flatMap((each) => [...statesOf(each)])
        .reverse()
        .map(({ name, content }) => [name, content]),
    );
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
    if (name.includes(':') && !this.#states.has(name)) {
      const called = qualifiedFunction(name);
      const isResource = called === undefined || this.#tasks.some(({ resource }) => resource === name);
      return isResource
        ? { kind: 'resource', name: this.#resource(name) }
        : { kind: 'lambda', name: this.#lambda(called) };
    }
    const task = this.#tasks.find(({ state }) => state === name);
    if (!this.#lambdas.has(name)) {
      if (task || this.#states.has(name)) return { kind: 'state', name: this.#task(name) };
      const activities = this.#tasks.flatMap(({ activity }) => activity ?? []);
      if (activities.includes(name)) return { kind: 'resource', name: activityPattern(name) };
      const known = [...this.#tasks.map(({ state }) => state), ...this.#lambdas, ...activities];
      if (this.#anyLambda && nearest(name, known) === undefined) return { kind: 'lambda', name };
      const kinds = activities.length > 0 ? 'Task, Lambda function or activity' : 'Task or Lambda function';
      throw unknown(`${kinds} "${name}"`, name, known);
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
    const called = qualifiedFunction(name) ?? name;
    const [plain = called, qualifier] = called.split(':');
    if (this.#anyLambda) return called;
    if (this.#lambdas.has(plain) && (qualifier === undefined || this.#calls(plain, qualifier))) return called;
    throw unknown(`Lambda function "${name}"`, name, [...this.#lambdas]);
  }

  /** Whether a Task may call this version or alias of a function. */
  #calls(lambda: string, qualifier: string): boolean {
    return this.#tasks.some(
      (task) => task.lambda === lambda && (task.qualifier === qualifier || task.anyQualifier),
    );
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

/** A pattern for the `Resource` of an activity's Tasks. */
export const activityPattern = (name: string): string => `arn:*:states:*:*:activity:${name}`;

/** `charge:live` of a function's ARN, with or without a version or an alias; undefined for any other text. */
function qualifiedFunction(text: string): string | undefined {
  if (!/^arn:[^:]+:lambda:[^:]*:[^:]*:function:/.test(text) || text.includes('*')) return undefined;
  const { name, qualifier } = parseFunctionName(text);
  return qualifier === undefined ? name : `${name}:${qualifier}`;
}

/** Whether the target selects a call. A function's name with a version or an alias selects only the calls of that one. */
export function isMeant(
  { kind, name }: ResolvedTarget,
  call: {
    readonly state: string;
    readonly lambda?: string;
    readonly qualifier?: string;
    readonly resource: string;
  },
): boolean {
  if (kind === 'state') return call.state === name;
  const called = kind === 'lambda' ? name : qualifiedFunction(name);
  const isCalled = called === call.lambda || called === `${call.lambda}:${call.qualifier}`;
  return (called !== undefined && isCalled) || (kind === 'resource' && matchesWildcard(name, call.resource));
}

function unknown(what: string, name: string, known: readonly string[]): UnknownNameError {
  return new UnknownNameError(`The workflow has no ${what}. ${didYouMeanOneOf(name, known, quoted)}`);
}
