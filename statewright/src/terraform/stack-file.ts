import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { checkReadable, readUserFile } from '../user-file';
import { type Configuration, readConfiguration } from './configuration';
import { ConfigurationError } from './errors';
import { installedModules } from './installed-modules';
import { parseHcl } from './parse-hcl';
import { isMap, type Value, type ValueMap } from './value';

const FILE = 'cdk.tf.json';

/** Whether a file is a part of a Terraform or OpenTofu project, in JSON or HCL. */
export const isTerraformFile = (file: string): boolean => /\.(?:tf|tofu)(?:\.json)?$/.test(file);

/** The stack's file in a folder: cdk.tf.json, or a Terraform JSON file that is the folder's only Terraform file. */
export function stackFileIn(folder: string): string | undefined {
  if (existsSync(join(folder, FILE))) return join(folder, FILE);
  const [only = '', ...more] = terraformFilesIn(folder);
  return more.length === 0 && only.endsWith('.json') ? join(folder, only) : undefined;
}

/** Whether a folder has Terraform configuration: its stack's file, or any number of files in HCL and JSON. */
export const hasConfiguration = (folder: string): boolean => terraformFilesIn(folder).length > 0;

/**
 * Reads the stack's file in a folder (see `stackFileIn`), or else every Terraform file there, and the modules that they
 * call.
 *
 * @throws ConfigurationError when there is none or one is not Terraform, UnsupportedError for unsupported content
 */
export function readStackFile(folder: string): Configuration {
  const path = stackFileIn(folder);
  const files = path === undefined ? readModuleFolder(folder) : undefined;
  const sources = { folder, readFolder: readModuleFolder, installed: installedModules(folder) };
  if (files) return readConfiguration(files, sources);
  if (path === undefined) {
    throw new ConfigurationError(
      join(folder, FILE),
      'file not found',
      'Synthesize the stack with cdktf synth, or use a folder with *.tf files.',
    );
  }
  return readConfiguration([[path, readJson(path)]], sources);
}

/** The folders of the modules that a folder's configuration calls; undefined if the configuration cannot be read. */
export function modulesIn(folder: string): readonly string[] | undefined {
  const called = ({ modules }: Configuration): Configuration[] =>
    modules.flatMap(({ configuration }) => (configuration ? [configuration, ...called(configuration)] : []));
  try {
    return called(readStackFile(folder)).map(({ path }) => join(folder, path));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Where a state machine may be that a stack seems not to have: in modules whose content is not on this machine. */
export function adviceOnModules(folder: string): string | undefined {
  const unread = ({ modules }: Configuration, prefix: string): string[] =>
    modules.flatMap(({ address, source, configuration }) =>
      configuration ? unread(configuration, `${prefix}${address}.`) : [`${prefix}${address} (${source})`],
    );
  const modules = unread(readStackFile(folder), '');
  if (modules.length === 0) return undefined;
  return `It may be in a module that is not downloaded: ${modules.join(', ')}. Run terraform init.`;
}

/** Every Terraform file of a module's folder; undefined when the folder does not exist or has none. */
function readModuleFolder(folder: string): [path: string, content: ValueMap][] | undefined {
  const names = terraformFilesIn(folder);
  if (names.length === 0) return undefined;
  checkReadable(folder);
  return names.map((name) => {
    const path = join(folder, name);
    return [path, name.endsWith('.json') ? readJson(path) : parseHcl(readUserFile(path), path)];
  });
}

/** The names of the Terraform files in a folder; none if it does not exist. */
export function terraformFilesIn(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => isTerraformFile(entry.name) && !entry.isDirectory())
    .map(({ name }) => name);
  // OpenTofu reads a.tofu in place of a.tf (OpenTofu documentation, "Files and Directories").
  const replaces = (name: string) => name.replace(/\.tf(?=$|\.json$)/, '.tofu');
  return names.filter((name) => replaces(name) === name || !names.includes(replaces(name)));
}

/** The content of a file in JSON. @throws ConfigurationError for a file that is not valid JSON, or not an object */
export function readJson(path: string): ValueMap {
  const text = readUserFile(path);
  const problem = invalidJson('it', text);
  if (problem) throw new ConfigurationError(path, problem);
  return asFile(JSON.parse(text), path);
}

function asFile(value: Value, path: string): ValueMap {
  if (isMap(value)) return value;
  throw new ConfigurationError(path, 'is not an object');
}
