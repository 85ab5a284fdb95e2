import { relative, resolve } from 'node:path';
import { ConfigurationError, UnsupportedError } from './errors';
import type { InstalledModule } from './installed-modules';
import { isList, isMap, type Value, type ValueMap } from './value';

/** The meta-arguments of resources, data sources and modules, as written. */
interface Meta {
  /** Within its module: `aws_iam_role.test`, `data.archive_file.test` or `module.test`. */
  readonly address: string;
  readonly name: string;
  /** The arguments without the meta-arguments. */
  readonly arguments: ValueMap;
  /** The addresses in `depends_on`. */
  readonly dependsOn: readonly string[];
  readonly forEach?: Value | undefined;
  readonly count?: Value | undefined;
}

/** A resource or a data source. */
export interface Block extends Meta {
  readonly mode: 'data' | 'ephemeral' | 'resource';
  readonly type: string;
  /** The provider that it names, such as `aws.west`; undefined: the one without an alias. */
  readonly provider?: string | undefined;
}

/** A call of a module. */
export interface ModuleCall extends Meta {
  readonly source: string;
  /** The caller's providers by the names that they have in the module; undefined: the one without an alias. */
  readonly providers?: Readonly<Record<string, string>> | undefined;
  /** The module's content; undefined when its source is not a folder, and `terraform init` has not downloaded it. */
  readonly configuration?: Configuration;
}

/** The content of a stack, or of a module. */
export interface Configuration {
  /** The path of its folder from the stack's folder; `.` is the stack itself. */
  readonly path: string;
  readonly blocks: readonly Block[];
  readonly modules: readonly ModuleCall[];
  readonly variables: ValueMap;
  readonly locals: ValueMap;
  readonly outputs: ValueMap;
  /** The arguments of the AWS provider without an alias. */
  readonly awsProvider: ValueMap;
  /** Those of the AWS providers with an alias, by the alias. */
  readonly aliasedAwsProviders: ReadonlyMap<string, ValueMap>;
}

/** Every Terraform file of a folder, with its path; undefined when there are none. */
type ReadFolder = (folder: string) => (readonly [path: string, content: ValueMap])[] | undefined;

/** The last ones are about a former deployment, only check the stack, or are called from outside. */
const KNOWN_BLOCKS = [
  ...[
    '//',
    'data',
    'ephemeral',
    'locals',
    'module',
    'output',
    'provider',
    'resource',
    'terraform',
    'variable',
  ],
  ...['check', 'import', 'moved', 'removed'],
  ...['action', 'list'],
];

/** What the modules of a stack are read with. */
interface ModuleSources {
  /** The folder of the stack, from which the paths of all modules start. */
  readonly folder: string;
  readonly readFolder: ReadFolder;
  /** The modules that are not folders of the project, by the names of the calls that lead there. */
  readonly installed: ReadonlyMap<string, InstalledModule>;
}

/**
 * The configuration in the files of a folder, and in the modules that it calls.
 *
 * @throws ConfigurationError, UnsupportedError
 */
export const readConfiguration = (files: Files, sources: ModuleSources): Configuration =>
  readModuleFiles(files, { sources, path: '.', callers: [], names: [] });

type Files = readonly (readonly [path: string, content: ValueMap])[];

/** Where a module is in the stack. */
interface Place {
  readonly sources: ModuleSources;
  readonly path: string;
  /** The paths of the modules that lead to this one. */
  readonly callers: readonly string[];
  /** The names of the calls that lead to this one. */
  readonly names: readonly string[];
}

function readModuleFiles(files: Files, place: Place): Configuration {
  for (const [file, content] of files) {
    const other = Object.keys(content).find((block) => !KNOWN_BLOCKS.includes(block));
    if (other !== undefined) throw new UnsupportedError(file, `the block "${other}" is not supported here`);
  }
  const inTurn = [...files].sort(([a], [b]) => Number(isOverride(a)) - Number(isOverride(b)));
  const section = (name: keyof typeof LABELS): ValueMap => {
    const merge = (all: ValueMap, [file, content]: Files[number]) => {
      const depth = isOverride(file) ? LABELS[name] : LABELS[name] - 1;
      return mergeSections(all, asMap(content[name] ?? {}, `${file}: ${name}`), depth);
    };
    return inTurn.reduce(merge, {});
  };
  return {
    path: place.path,
    blocks: (['data', 'ephemeral', 'resource'] as const).flatMap((mode) => readBlocks(mode, section(mode))),
    modules: Object.entries(section('module'))
      .filter(([name]) => name !== '//')
      .map(([name, body]) => readModule(name, asMap(body, `module.${name}`), place)),
    variables: section('variable'),
    locals: section('locals'),
    outputs: section('output'),
    ...readProviders(inTurn.flatMap(([, { provider = [] }]) => provider)),
  };
}

/** How many labels the blocks of a section have: a resource has a type and a name. */
const LABELS = { data: 2, ephemeral: 2, resource: 2, module: 1, output: 1, variable: 1, locals: 0 } as const;

/** Terraform documentation, "Override Files": they come last, and change single arguments of blocks. */
const isOverride = (file: string): boolean => /(?:^|[/_\\])override\.(?:tf|tofu)(?:\.json)?$/.test(file);

/**
 * Resources of one type may be in several files.
 * @param depth how many levels of objects are merged, not replaced
 */
function mergeSections(all: ValueMap, more: ValueMap, depth = 1): ValueMap {
  const merged: { [name: string]: Value } = { ...all };
  for (const [name, value] of Object.entries(more)) {
    const former = merged[name];
    const isMerged = depth > 0 && former !== undefined && isMap(former) && isMap(value);
    merged[name] = isMerged ? mergeSections(former, value, depth - 1) : value;
  }
  return merged;
}

function readBlocks(mode: Block['mode'], types: ValueMap): Block[] {
  return Object.entries(types)
    .filter(([type]) => type !== '//')
    .flatMap(([type, named]) =>
      Object.entries(asMap(named, type))
        .filter(([name]) => name !== '//')
        .map(([name, body]) => {
          const address = `${mode === 'resource' ? '' : `${mode}.`}${type}.${name}`;
          const { provider, ...rest } = asMap(body, address);
          return { mode, type, ...referenced({ provider }), ...readBody(rest, address, name) };
        }),
    );
}

/** Meta-arguments about how Terraform changes a resource, which is always new here, or about other machines. */
const IGNORED = ['//', 'connection', 'lifecycle', 'provisioner'];

function readBody(body: ValueMap, address: string, name: string): Meta {
  const { depends_on: dependsOn = [], for_each: forEach, count, ...rest } = body;
  const list =
    typeof dependsOn === 'string' ? dependsOn.replace(/^\$\{\s*\[|\]\s*\}$/g, '').split(',') : dependsOn;
  if (!isList(list) || (typeof dependsOn === 'string' && !dependsOn.startsWith('${'))) {
    throw new ConfigurationError(`${address}.depends_on`, 'is not a list');
  }
  return {
    address,
    name,
    arguments: Object.fromEntries(Object.entries(rest).filter(([argument]) => !IGNORED.includes(argument))),
    dependsOn: list
      .map((item) =>
        String(item)
          .replace(/^\$\{(.*)\}$/s, '$1')
          .trim(),
      )
      .filter(Boolean),
    // As in Terraform, null means missing.
    forEach: forEach ?? undefined,
    count: count ?? undefined,
  };
}

function readModule(name: string, body: ValueMap, caller: Place): ModuleCall {
  const { source = '', version: _version, providers, ...rest } = body;
  const meta = readBody(rest, `module.${name}`, name);
  const text = unquoted(String(source));
  const configuration = moduleContent(name, text, caller);
  return {
    ...meta,
    source: text,
    ...(providers !== undefined && isMap(providers) && { providers: referenced(providers) }),
    ...(configuration && { configuration }),
  };
}

/**
 * The content of a module; undefined if it is not on this machine.
 * @throws ConfigurationError when its folder does not exist, or leads back to the module that calls it
 */
function moduleContent(
  name: string,
  source: string,
  { sources, ...caller }: Place,
): Configuration | undefined {
  const { folder, readFolder, installed } = sources;
  const names = [...caller.names, name];
  const isLocal = /^\.\.?(?:\/|$)/.test(source);
  const downloaded = installed.get(names.join('.'));
  const path = isLocal
    ? relative(resolve(folder), resolve(folder, caller.path, source)) || '.'
    : downloaded && isFrom(source, downloaded)
      ? downloaded.folder
      : undefined;
  if (path === undefined) return undefined;
  const callers = [...caller.callers, caller.path];
  const argument = `module.${name}.source`;
  if (callers.includes(path)) throw new ConfigurationError(argument, 'is a module that calls itself');
  const files = readFolder(resolve(folder, path));
  if (files) return readModuleFiles(files, { sources, path, callers, names });
  if (!isLocal) return undefined;
  throw new ConfigurationError(argument, `the folder ${path} has no Terraform files`);
}

/** Whether a module of the registry was downloaded for this source, and not for an earlier one. */
const isFrom = (source: string, downloaded: InstalledModule): boolean =>
  downloaded.source.endsWith(source) || !/^[\w-]+\/[\w-]+\/[\w-]+(?:\/\/|$)/.test(source);

/** The names of providers, which are written as references: `aws.west` or `${aws.west}`. */
const referenced = (values: Readonly<Record<string, Value | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.replace(/^\$\{\s*(.*?)\s*\}$/s, '$1')]] : [],
    ),
  );

function readProviders(
  sections: readonly Value[],
): Pick<Configuration, 'awsProvider' | 'aliasedAwsProviders'> {
  const providers = sections
    .filter(isMap)
    .flatMap(({ aws = [] }) => aws)
    .filter(isMap);
  return {
    awsProvider: Object.assign({}, ...providers.filter(({ alias }) => alias === undefined)),
    aliasedAwsProviders: new Map(
      providers.flatMap((each) =>
        typeof each.alias === 'string' ? [[unquoted(each.alias), each] as const] : [],
      ),
    ),
  };
}

/** A text as it is written in JSON; in HCL it is an expression, `${"text"}`. */
const unquoted = (text: string): string => text.replace(/^\$\{"(.*)"\}$/s, '$1');

/** A block, which Terraform JSON may also write as a list of blocks; these are merged. */
function asMap(value: Value, place: string): ValueMap {
  if (isMap(value)) return value;
  if (isList(value) && value.every(isMap))
    return value.reduce<ValueMap>((all, each) => mergeSections(all, each), {});
  throw new ConfigurationError(place, 'is not an object');
}
