import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { invalidJson } from '../json-fault';
import { ConfigurationError, UnsupportedError } from './errors';
import { isList, isMap, type Value, type ValueMap } from './value';

/** A resource or a data source of a stack, with its arguments as written. */
export interface Block {
  /** The address: `aws_iam_role.test`, or `data.archive_file.test`. */
  readonly address: string;
  readonly mode: 'data' | 'resource';
  readonly type: string;
  readonly name: string;
  /** The arguments without the meta-arguments. */
  readonly arguments: ValueMap;
  /** The addresses in `depends_on`. */
  readonly dependsOn: readonly string[];
}

/** The content of a cdk.tf.json. */
export interface StackFile {
  readonly blocks: readonly Block[];
  readonly variables: ValueMap;
  readonly locals: ValueMap;
  readonly outputs: ValueMap;
  /** The arguments of the AWS provider. */
  readonly awsProvider: ValueMap;
}

const FILE = 'cdk.tf.json';
/** `moved` and `removed` are about a former deployment, which does not exist here. */
const KNOWN_BLOCKS = [
  '//',
  'data',
  'locals',
  'moved',
  'output',
  'provider',
  'removed',
  'resource',
  'terraform',
  'variable',
];
const UNSUPPORTED_ARGUMENTS = ['count', 'for_each', 'provisioner', 'connection'];

/** The stack's file in a folder: cdk.tf.json, or a Terraform JSON file that is the folder's only Terraform file. */
export function stackFileIn(folder: string): string | undefined {
  if (existsSync(join(folder, FILE))) return join(folder, FILE);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const [only = '', ...more] = readdirSync(folder).filter((name) => /\.tf(\.json)?$/.test(name));
  return more.length === 0 && only.endsWith('.json') ? join(folder, only) : undefined;
}

/**
 * Reads the stack's file in a folder: see `stackFileIn`.
 *
 * @throws ConfigurationError when it is missing or not Terraform JSON, UnsupportedError for unsupported content
 */
export function readStackFile(folder: string): StackFile {
  const path = stackFileIn(folder);
  if (path === undefined) {
    throw new ConfigurationError(join(folder, FILE), 'file not found', 'Synthesize the stack: cdktf synth');
  }
  const file = parse(readFileSync(path, 'utf8'), path);
  for (const block of Object.keys(file)) {
    if (!KNOWN_BLOCKS.includes(block)) throw new UnsupportedError(path, unsupported(`the block "${block}"`));
  }
  const section = (name: string) => asMap(file[name] ?? {}, `${path}: ${name}`);
  return {
    blocks: [...readBlocks('data', section('data')), ...readBlocks('resource', section('resource'))],
    variables: section('variable'),
    locals: section('locals'),
    outputs: section('output'),
    awsProvider: asMap(section('provider').aws ?? {}, `${path}: provider.aws`),
  };
}

function parse(text: string, path: string): ValueMap {
  const problem = invalidJson('it', text);
  if (problem) throw new ConfigurationError(path, problem);
  return asMap(JSON.parse(text), path);
}

function readBlocks(mode: Block['mode'], types: ValueMap): Block[] {
  return Object.entries(types)
    .filter(([type]) => type !== '//')
    .flatMap(([type, named]) =>
      Object.entries(asMap(named, type)).map(([name, body]) => {
        const address = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
        return { address, mode, type, name, ...readBody(asMap(body, address), address) };
      }),
    );
}

function readBody(body: ValueMap, address: string): Pick<Block, 'arguments' | 'dependsOn'> {
  const {
    '//': _comment,
    depends_on: dependsOn = [],
    lifecycle: _lifecycle,
    provider: _provider,
    ...rest
  } = body;
  for (const name of UNSUPPORTED_ARGUMENTS) {
    if (rest[name] !== undefined) throw new UnsupportedError(address, unsupported(`the argument "${name}"`));
  }
  if (!isList(dependsOn)) throw new ConfigurationError(`${address}.depends_on`, 'is not a list');
  return { arguments: rest, dependsOn: dependsOn.map((item) => String(item).replace(/^\$\{(.*)\}$/, '$1')) };
}

/** A block, which Terraform JSON may also write as a list of blocks; these are merged. */
function asMap(value: Value, place: string): ValueMap {
  if (isMap(value)) return value;
  if (isList(value) && value.every(isMap)) return Object.assign({}, ...value);
  throw new ConfigurationError(place, 'is not an object');
}

const unsupported = (what: string) => `${what} is not supported here`;
