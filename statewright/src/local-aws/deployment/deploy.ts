import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Arguments } from '../../terraform/arguments';
import { type GraphNode, inOrder } from '../../terraform/dependencies';
import { ConfigurationError, ResourceError, UnsupportedError } from '../../terraform/errors';
import { type EvalContext, evaluateArgument } from '../../terraform/evaluate';
import { type Block, readStackFile, type StackFile } from '../../terraform/stack-file';
import { isMap, type Value, type ValueMap } from '../../terraform/value';
import { variableValues } from '../../terraform/variables';
import { AwsError } from '../aws-error';
import type { BlockContext, BlockType } from './block-type';
import { dataSources } from './data';
import { resourceTypes } from './resources';
import type { TargetAccount } from './target-account';

export interface DeployOptions {
  /** Values of variables by name, as text like those of TF_VAR_<name> (default: each variable's own default). */
  readonly variables?: Readonly<Record<string, string>>;
  /** Creates resources of types that this account does not support (default: such a type is an error). */
  readonly otherTypes?: BlockType;
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
  readonly outputs: ValueMap;
  /** The resources in the order of their creation. */
  readonly resources: readonly DeployedResource[];
  /** The data sources, in the order in which they were read. */
  readonly data: readonly DeployedResource[];
}

/**
 * Deploys a stack to an account as `terraform apply` would to a new one, without Terraform. The types, the references
 * and their order are checked in the whole stack before anything is created.
 *
 * @param folder the stack's folder, which holds cdk.tf.json, or another Terraform JSON file, and the assets
 * @throws TerraformError naming the place in the stack
 */
export async function deployTerraformJson(
  target: TargetAccount,
  folder: string,
  options: DeployOptions = {},
): Promise<DeployedStack> {
  const stack = readStackFile(folder);
  for (const block of stack.blocks) typeOf(block, options.otherTypes);
  const nodes = inOrder(stack);
  return new StackDeployment(target, folder, stack, options).run(nodes);
}

/** The region of a stack's AWS provider; undefined when the environment decides it. */
export function regionOf(
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): string | undefined {
  const stack = readStackFile(folder);
  const roots = { var: variableValues(stack.variables, variables) };
  const region = evaluateArgument(
    stack.awsProvider.region ?? null,
    { roots, readFile: () => undefined },
    'provider.aws.region',
  );
  return typeof region === 'string' ? region : undefined;
}

function typeOf({ mode, type, address }: Block, otherTypes?: BlockType): BlockType {
  const types = mode === 'data' ? dataSources : resourceTypes;
  const found = Object.hasOwn(types, type) ? types[type] : otherTypes;
  if (found) return found;
  throw new UnsupportedError(
    address,
    `the ${mode === 'data' ? 'data source' : 'resource type'} ${type} is not supported here`,
    `Supported: ${Object.keys(types).join(', ')}.`,
  );
}

/** A deployment in progress. */
class StackDeployment {
  readonly #roots: { [root: string]: ValueMap };
  readonly #evalContext: EvalContext;
  readonly #context: BlockContext;
  readonly #files = new Map<string, Uint8Array>();
  readonly #resources: DeployedResource[] = [];
  readonly #data: DeployedResource[] = [];
  #names = 0;
  readonly #folder: string;
  readonly #stack: StackFile;
  readonly #options: DeployOptions;

  constructor(target: TargetAccount, folder: string, stack: StackFile, options: DeployOptions) {
    this.#folder = folder;
    this.#stack = stack;
    this.#options = options;

    const readFile = (path: string) => this.#readFile(path);
    this.#roots = {
      var: variableValues(stack.variables, options.variables ?? {}),
      local: {},
      data: {},
      path: { module: '.', root: '.', cwd: resolve(folder) },
    };
    this.#evalContext = { roots: this.#roots, readFile };
    const provider = new Arguments(
      evaluateArgument(stack.awsProvider, this.#evalContext, 'provider.aws') as ValueMap,
      'provider.aws',
    );
    checkRegion(provider, target);
    this.#context = {
      target,
      folder,
      readFile,
      defaultTags: provider.block('default_tags')?.textMap('tags') ?? {},
      uniqueSuffix: () => String(++this.#names).padStart(26, '0'),
      addFile: (path, bytes) => this.#files.set(resolve(folder, path), bytes),
      otherTypes: options.otherTypes,
    };
  }

  async run(nodes: readonly GraphNode[]): Promise<DeployedStack> {
    const blocks = nodes.filter((node) => 'block' in node);
    for (const node of nodes) {
      if ('local' in node) {
        this.#roots.local = {
          ...this.#roots.local,
          [node.local]: evaluateArgument(node.value, this.#evalContext, node.address),
        };
        continue;
      }
      const { address, mode } = node.block;
      const progress = { address, mode, index: blocks.indexOf(node), total: blocks.length };
      this.#options.onProgress?.({ ...progress, status: 'started' });
      await this.#apply(node.block);
      this.#options.onProgress?.({ ...progress, status: 'done' });
    }
    return { outputs: this.#outputs(), resources: this.#resources, data: this.#data };
  }

  async #apply(block: Block): Promise<void> {
    const { address, mode, type, name } = block;
    const values = evaluateArgument(block.arguments, this.#evalContext, address) as ValueMap;
    const made = await this.#make(block, new Arguments(values, address));
    const attributes = { ...values, ...made };
    if (mode === 'data') {
      this.#roots.data = {
        ...this.#roots.data,
        [type]: withName(this.#roots.data?.[type], name, attributes),
      };
      this.#data.push({ address, type, name, attributes });
    } else {
      this.#roots[type] = withName(this.#roots[type], name, attributes);
      this.#resources.push({ address, type, name, attributes });
    }
  }

  async #make(block: Block, values: Arguments): Promise<ValueMap> {
    try {
      return await typeOf(block, this.#options.otherTypes)(values, this.#context);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new ResourceError(block.address, `${error.code}: ${error.message}`);
    }
  }

  #outputs(): ValueMap {
    return Object.fromEntries(
      Object.entries(this.#stack.outputs)
        .filter(([name]) => name !== '//')
        .map(([name, output]) => {
          const value = isMap(output) ? (output.value ?? null) : null;
          return [name, evaluateArgument(value, this.#evalContext, `output.${name}`)];
        }),
    );
  }

  /** A file that this deployment created, or one on disk. */
  #readFile(path: string): Uint8Array | undefined {
    const absolute = resolve(this.#folder, path);
    const made = this.#files.get(absolute);
    if (made) return made;
    try {
      return readFileSync(absolute);
    } catch {
      return undefined;
    }
  }
}

function withName(named: Value | undefined, name: string, attributes: ValueMap): ValueMap {
  return { ...(named !== undefined && isMap(named) ? named : {}), [name]: attributes };
}

/** ARNs written out in the stack would name another region than the account's own ARNs. */
function checkRegion(provider: Arguments, target: TargetAccount): void {
  const region = provider.optionalText('region');
  if (region === undefined || region === target.region) return;
  throw new ConfigurationError(
    'provider.aws.region',
    `the stack is for ${region}, and this account is in ${target.region}`,
  );
}
