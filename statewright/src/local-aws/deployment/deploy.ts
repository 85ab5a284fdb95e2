import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Arguments } from '../../terraform/arguments';
import type { Block, Configuration, ModuleCall } from '../../terraform/configuration';
import { type GraphNode, inOrder } from '../../terraform/dependencies';
import { TerraformError, UnsupportedError } from '../../terraform/errors';
import { attempt } from '../../terraform/evaluate';
import { locate } from '../../terraform/locate';
import { Failure, notKnown, Placeholder } from '../../terraform/placeholder';
import { Scope, type StackInputs } from '../../terraform/scope';
import { readStackFile } from '../../terraform/stack-file';
import { plainValue, type Value, type ValueMap } from '../../terraform/value';
import { checkReadable } from '../../user-file';
import { AwsError } from '../aws-error';
import type { BlockContext, BlockType, Made, OtherTypes } from './block-type';
import { dataSources } from './data';
import { Providers } from './providers';
import { refusal } from './refusal';
import { LAST_TYPES, OPTIONAL_TYPES, resourceTypes } from './resources';
import type { TargetAccount } from './target-account';

export interface DeployOptions extends StackInputs {
  /** Values that only AWS knows, by name: `{ 'data.aws_subnets.n.ids': ['subnet-1'] }`. */
  readonly values?: ValueMap;
  /** Whether `values` may name other stacks, such as those of the same project (default: that is an error). */
  readonly valuesOfOtherStacks?: boolean;
  /** Whether no function will run: their code need not exist then (default: false). */
  readonly withoutCode?: boolean;
  /** Stands in for resources of types that this account does not support (default: such a type is an error). */
  readonly otherTypes?: OtherTypes;
  /** Called with the path of each file that an expression or a block reads. */
  readonly onFile?: (path: string) => void;
  /** Called before and after each data source and resource. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  /** `aws_iam_role.test`, or `data.archive_file.test`. */
  readonly address: string;
  readonly mode: 'data' | 'resource';
  readonly status: 'started' | 'done';
  /** How many blocks came before it, and how many there are in all. */
  readonly index: number;
  readonly total: number;
}

/** A created resource with its attributes. */
export interface DeployedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly attributes: ValueMap;
}

/** The result of a deployment. */
export interface DeployedStack {
  /** The outputs that can be computed here. */
  readonly outputs: ValueMap;
  /** The resources in the order of their creation. */
  readonly resources: readonly DeployedResource[];
  /** The data sources, in the order in which they were read. */
  readonly data: readonly DeployedResource[];
}

/**
 * Deploys a stack to an account as `terraform apply` would to a new one, without Terraform. The types, the references
 * and their order are checked in the whole stack before anything is created. A value that cannot be computed here is an
 * error only where a function, a state machine, or a role or log group of them needs it.
 *
 * @param folder the stack's folder, which holds cdk.tf.json, or another Terraform JSON file, and the assets
 * @throws TerraformError naming the place in the stack, and for HCL the file and the line
 */
export async function deployTerraformJson(
  target: TargetAccount,
  folder: string,
  options: DeployOptions = {},
): Promise<DeployedStack> {
  try {
    return await deployed(target, folder, options);
  } catch (error) {
    const where = error instanceof TerraformError ? locate(folder, error.place) : undefined;
    if (where !== undefined) (error as Error).message += ` (${where})`;
    throw error;
  }
}

async function deployed(
  target: TargetAccount,
  folder: string,
  options: DeployOptions,
): Promise<DeployedStack> {
  const stack = readStackFile(folder);
  const names = options.valuesOfOtherStacks ? [] : Object.keys(options.values ?? {});
  const nodes = inOrder(stack, names, LAST_TYPES);
  for (const node of nodes) {
    if (node.kind === 'block') typeOf(node.block, options.otherTypes);
    else if (node.kind === 'call' && !options.otherTypes) checkContent(node.call);
  }
  return new StackDeployment(target, folder, stack, options).run(nodes);
}

function typeOf({ mode, type, address }: Block, otherTypes?: OtherTypes): BlockType {
  const types: Readonly<Record<string, BlockType>> = {
    data: dataSources,
    resource: resourceTypes,
    ephemeral: {},
  }[mode];
  const found = Object.hasOwn(types, type) ? types[type] : otherTypes;
  if (found) return found;
  throw new UnsupportedError(
    address,
    `the ${mode === 'data' ? 'data source' : 'resource type'} ${type} is not supported here`,
    `Supported: ${Object.keys(types).join(', ')}.`,
  );
}

function checkContent({ configuration, address, source }: ModuleCall): void {
  if (configuration) return;
  throw new UnsupportedError(
    `${address}.source`,
    `the module ${source} is not in a folder of this machine`,
    'Run terraform init, which downloads it.',
  );
}

/** A deployment in progress. */
class StackDeployment {
  readonly #scope: Scope;
  readonly #providers: Providers;
  readonly #context: BlockContext;
  readonly #files = new Map<string, Uint8Array>();
  readonly #resources: DeployedResource[] = [];
  readonly #data: DeployedResource[] = [];
  #names = 0;
  readonly #options: DeployOptions;

  constructor(target: TargetAccount, folder: string, stack: Configuration, options: DeployOptions) {
    this.#options = options;
    const functions = {
      folder,
      readFile: (path: string) => this.#readFile(resolve(folder, path)),
      now: () => new Date(),
      uuid: randomUUID,
    };
    this.#scope = Scope.ofStack(stack, functions, options);
    this.#providers = new Providers(stack, this.#scope, target);
    this.#context = {
      ...functions,
      ...this.#providers.contextOf([], undefined),
      uniqueSuffix: () => String(++this.#names).padStart(26, '0'),
      addFile: (path, bytes) => this.#files.set(resolve(folder, path), bytes),
      givenValues: options.values ?? {},
      withoutCode: options.withoutCode,
      otherTypes: options.otherTypes,
    };
  }

  async run(nodes: readonly GraphNode[]): Promise<DeployedStack> {
    const total = nodes.filter(({ kind }) => kind === 'block').length;
    let index = 0;
    for (const node of nodes) {
      for (const scope of this.#scope.instancesIn(node.module)) {
        if (node.kind === 'call') scope.call(node.call, this.#standIn);
        else if (node.kind !== 'block') scope.define(node);
        else await this.#applyAll(node, scope, { index, total });
      }
      if (node.kind === 'block') index++;
    }
    return { outputs: known(this.#scope.outputs), resources: this.#resources, data: this.#data };
  }
  /** Stands in for what is not deployed here, if anything does. */
  get #standIn(): ((address: string, values: ValueMap) => Placeholder) | undefined {
    const { otherTypes } = this.#options;
    return otherTypes && ((address, values) => otherTypes(new Arguments(values, address), this.#context));
  }

  async #applyAll(
    { block, module }: BlockNode,
    scope: Scope,
    progress: Pick<Progress, 'index' | 'total'>,
  ): Promise<void> {
    const isOther =
      !Object.hasOwn(block.mode === 'data' ? dataSources : resourceTypes, block.type) ||
      this.#isOptional(block);
    const instances = isOther ? scope.tryToExpand(block) : scope.expand(block);
    if (!Array.isArray(instances)) {
      scope.putWhole(block, instances ?? this.#uncounted(block, scope.addressOf(block)));
      return;
    }
    const applied: Applied[] = [];
    for (const instance of instances) {
      const { address, key } = instance;
      this.#options.onProgress?.({ ...progress, address, mode: modeOf(block), status: 'started' });
      applied.push({
        key,
        value: await this.#apply(block, module, address, scope.argumentsOf(block, instance)),
      });
      this.#options.onProgress?.({ ...progress, address, mode: modeOf(block), status: 'done' });
    }
    scope.put(block, applied);
  }

  /** Whether a block may exist by name only. */
  #isOptional({ mode, type }: Block): boolean {
    return mode === 'resource' && OPTIONAL_TYPES.has(type) && this.#options.otherTypes !== undefined;
  }

  /** A block of which only AWS knows how many instances it has. */
  #uncounted({ type, forEach }: Block, address: string): Placeholder {
    if (this.#standIn && type !== 'aws_sfn_state_machine') return this.#standIn(address, {});
    const argument = forEach === undefined ? 'count' : 'for_each';
    throw notKnown(`${address}.${argument}`, address, 'it decides how many state machines there are');
  }

  async #apply(block: Block, module: readonly string[], address: string, values: ValueMap): Promise<Value> {
    const { type, name } = block;
    const made = await this.#make(block, module, new Arguments(values, address));
    if (made instanceof Failure) return made;
    const isPlaceholder = made instanceof Placeholder;
    const attributes = isPlaceholder ? made.known : { ...values, ...made, ...this.#given(address) };
    if (block.mode === 'resource') this.#resources.push({ address, type, name, attributes });
    else this.#data.push({ address, type, name, attributes });
    return isPlaceholder ? made : attributes;
  }

  /** The attributes of a block that the user gave a value. */
  #given(address: string): ValueMap {
    return Object.fromEntries(
      Object.entries(this.#options.values ?? {})
        .filter(([name]) => name.startsWith(`${address}.`))
        .map(([name, value]) => [name.slice(address.length + 1), value]),
    );
  }

  /** Creates a resource or reads a data source. A data source that cannot be read is an error only where it is needed. */
  async #make(block: Block, module: readonly string[], values: Arguments): Promise<Made | Failure> {
    let context = this.#context;
    try {
      const { region } = values.values;
      context = {
        ...context,
        ...this.#providers.contextOf(module, block.provider, typeof region === 'string' ? region : undefined),
      };
      return await typeOf(block, this.#options.otherTypes)(values, context);
    } catch (error) {
      const isRefused = error instanceof TerraformError || error instanceof AwsError;
      const { otherTypes } = this.#options;
      if (isRefused && otherTypes && this.#isOptional(block)) {
        return otherTypes(values, context, error.message);
      }
      if (error instanceof TerraformError && block.mode !== 'resource')
        return new Failure(values.place, error);
      if (!(error instanceof AwsError)) throw error;
      throw refusal(error, values);
    }
  }

  /** A file that this deployment created, or one on disk. */
  #readFile(absolute: string): Uint8Array | undefined {
    const made = this.#files.get(absolute);
    if (made) return made;
    checkReadable(absolute);
    this.#options.onFile?.(absolute);
    try {
      return readFileSync(absolute);
    } catch {
      return undefined;
    }
  }
}

type BlockNode = GraphNode & { readonly kind: 'block' };

interface Applied {
  readonly key: string | number | undefined;
  readonly value: Value;
}

const modeOf = ({ mode }: Block): Progress['mode'] => (mode === 'resource' ? mode : 'data');

/** The outputs that can be computed. */
function known(outputs: ValueMap): ValueMap {
  return Object.fromEntries(
    Object.entries(outputs)
      .map(([name, value]) => [name, attempt(name, () => plainValue(value, `output.${name}`))] as const)
      .filter(([, value]) => !(value instanceof Failure)),
  );
}
