import { resolve } from 'node:path';
import type { Block, Configuration, ModuleCall } from './configuration';
import type { GraphNode } from './dependencies';
import { ConfigurationError, TerraformError } from './errors';
import { attempt, type EvalContext, withNames } from './evaluate';
import { evaluateArgument, evaluateArguments } from './evaluate-argument';
import type { FunctionContext } from './functions/function';
import { type Instance, instancesOf } from './instances';
import { Failure } from './placeholder';
import { isMap, Unknown, type Value, type ValueMap } from './value';
import { argumentValue, variableValue } from './variables';
import { DEFAULT_WORKSPACE } from './workspace';

/** What decides a stack's values, in addition to its files. */
export interface StackInputs {
  /** Values of variables by name, as text like those of TF_VAR_<name> (default: each variable's own default). */
  readonly variables?: Readonly<Record<string, string>>;
  /** The value of `terraform.workspace` (default: `default`). */
  readonly workspace?: string;
}

/** A module's values, by first name. */
type Roots = { [root: string]: { [name: string]: Value } };

/** A block or a call of a module, once for each of its instances. */
interface Expanded {
  /** In the whole stack: `module.a["x"].aws_sqs_queue.q[0]`. */
  readonly address: string;
  readonly key?: string | number | undefined;
  /** `each` or `count`, which the expressions of this instance can refer to. */
  readonly names: ValueMap;
}

/** The stack, or one instance of a module: the values that its expressions can refer to. */
export class Scope {
  /** Of the addresses inside: empty for the stack. */
  readonly #prefix: string;
  readonly #configuration: Configuration;
  readonly #functions: FunctionContext;
  readonly #variableOf: (name: string, declaration: Value) => Value;
  readonly #workspace: string;
  readonly #roots: Roots = { var: {}, local: {}, module: {}, data: {}, ephemeral: {} };
  readonly #outputs: { [name: string]: Value } = {};
  readonly #children = new Map<string, readonly Scope[]>();

  /** @param variableOf the value of a variable, by its name and declaration */
  constructor(
    configuration: Configuration,
    functions: FunctionContext,
    variableOf: (name: string, declaration: Value) => Value,
    workspace: string,
    prefix = '',
  ) {
    this.#configuration = configuration;
    this.#functions = functions;
    this.#variableOf = variableOf;
    this.#workspace = workspace;
    this.#prefix = prefix;
  }

  /** The scope of a stack. */
  static ofStack(
    stack: Configuration,
    functions: FunctionContext,
    { variables = {}, workspace = DEFAULT_WORKSPACE }: StackInputs,
  ): Scope {
    const variableOf = (name: string, declaration: Value) =>
      variableValue(name, declaration, variables[name]);
    return new Scope(stack, functions, variableOf, workspace);
  }

  get outputs(): ValueMap {
    return this.#outputs;
  }

  get context(): EvalContext {
    return {
      ...this.#functions,
      roots: {
        ...this.#roots,
        path: { module: this.#configuration.path, root: '.', cwd: resolve(this.#functions.folder) },
        terraform: { workspace: this.#workspace },
      },
    };
  }

  /** The instances of a module, by the names of the modules from here to there. */
  instancesIn([name, ...rest]: readonly string[]): readonly Scope[] {
    if (name === undefined) return [this];
    return (this.#children.get(name) ?? []).flatMap((child) => child.instancesIn(rest));
  }

  /** Computes a variable, a local value or an output. A failure is an error only where the value is needed. */
  define(node: Extract<GraphNode, { readonly name: string }>): void {
    const { kind, name, value } = node;
    const address = this.#prefix + node.address;
    const evaluated = () =>
      evaluateArgument(value, this.context, kind === 'output' ? `${address}.value` : address);
    const result = attempt(address, kind === 'variable' ? () => this.#variableOf(name, value) : evaluated);
    if (kind === 'output') this.#outputs[name] = result;
    else this.#root(kind === 'local' ? 'local' : 'var')[name] = result;
    if (kind === 'variable' && !(result instanceof Unknown)) this.#validate(address, value);
  }

  /**
   * Checks the validation rules of a variable of the stack. Those of a module's variables are not checked: their values
   * may be plausible ones of resources that do not exist here. The same is true for a rule that cannot be evaluated.
   *
   * @throws ConfigurationError
   */
  #validate(address: string, declaration: Value): void {
    if (this.#prefix !== '' || !isMap(declaration)) return;
    for (const rule of [declaration.validation ?? []].flat().filter(isMap)) {
      const read = (argument: string) => {
        const place = `${address}.validation.${argument}`;
        return attempt(place, () => evaluateArgument(rule[argument] ?? null, this.context, place));
      };
      if (read('condition') === false) {
        throw new ConfigurationError(address, `has an invalid value: ${read('error_message')}`);
      }
    }
  }

  /**
   * Creates the instances of a module.
   *
   * @param standIn for a module whose content or number of instances is not known (default: that is an error)
   */
  call(call: ModuleCall, standIn: ((address: string, values: ValueMap) => Value) | undefined): void {
    const { name, configuration } = call;
    const address = this.#prefix + call.address;
    const instances = standIn ? this.tryToExpand(call) : this.expand(call);
    const modules = this.#root('module');
    if (!Array.isArray(instances)) {
      modules[name] = instances ?? standIn?.(address, {}) ?? null;
      return;
    }
    if (!configuration) {
      const values = instances.map((instance) => ({
        key: instance.key,
        value: standIn?.(instance.address, this.argumentsOf(call, instance)) ?? null,
      }));
      modules[name] = collected(call, values);
      return;
    }
    const children = instances.map((instance) => this.#child(call, configuration, instance));
    this.#children.set(name, children);
    const outputs = children.map((child, index) => ({ key: instances[index]?.key, value: child.#outputs }));
    modules[name] = collected(call, outputs);
  }

  #child(call: ModuleCall, configuration: Configuration, { address, names }: Expanded): Scope {
    const variableOf = (variable: string, declaration: Value) => {
      const place = `${address}.${variable}`;
      const written = call.arguments[variable];
      const context = withNames(this.context, names);
      const value = written === undefined ? undefined : evaluateArgument(written, context, place);
      return argumentValue(place, declaration, value);
    };
    return new Scope(configuration, this.#functions, variableOf, this.#workspace, `${address}.`);
  }

  /** The same; a failure is an error only where an instance is needed. */
  tryToExpand(block: Block | ModuleCall): Expanded[] | Failure | undefined {
    try {
      return this.expand(block);
    } catch (error) {
      if (error instanceof TerraformError) return new Failure(this.#prefix + block.address, error);
      throw error;
    }
  }

  /** The instances of a block or a call of a module; undefined when it is not known how many there are. */
  expand(block: Block | ModuleCall): Expanded[] | undefined {
    const { context } = this;
    const address = this.#prefix + block.address;
    const read = (value: Value | undefined, argument: string) =>
      value === undefined ? undefined : evaluateArgument(value, context, `${address}.${argument}`);
    const written = { forEach: read(block.forEach, 'for_each'), count: read(block.count, 'count') };
    return instancesOf(written, address)?.map(({ key, names }: Instance) => ({
      address: key === undefined ? address : `${address}[${JSON.stringify(key)}]`,
      key,
      names,
    }));
  }

  /** The values of the arguments of an instance, each of which can fail without the others. */
  argumentsOf(block: Block | ModuleCall, { address, names }: Expanded): ValueMap {
    return evaluateArguments(block.arguments, withNames(this.context, names), address);
  }

  /** Adds the attributes of a block's instances. */
  put(
    block: Block,
    instances: readonly { readonly key?: string | number | undefined; readonly value: Value }[],
  ): void {
    this.putWhole(block, collected(block, instances));
  }

  /** Adds a value for all instances of a block together. */
  putWhole({ mode, type, name }: Block, value: Value): void {
    if (mode === 'resource') {
      this.#root(type)[name] = value;
      return;
    }
    const types = this.#root(mode);
    const named = types[type];
    types[type] = { ...(named !== undefined && isMap(named) ? named : {}), [name]: value };
  }

  /** The address in the whole stack. */
  addressOf({ address }: Block): string {
    return this.#prefix + address;
  }

  #root(name: string): { [name: string]: Value } {
    this.#roots[name] ??= {};
    return this.#roots[name];
  }
}

/** A map by key with `for_each`, a list with `count`, otherwise the value of the only instance. */
function collected(
  { forEach, count }: Block | ModuleCall,
  instances: readonly { readonly key?: string | number | undefined; readonly value: Value }[],
): Value {
  if (forEach !== undefined)
    return Object.fromEntries(instances.map(({ key, value }) => [String(key), value]));
  if (count !== undefined) return instances.map(({ value }) => value);
  return instances[0]?.value ?? null;
}
