import { cpSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { Stack } from '../stack';
import type { StackResource } from '../stack-resource';
import { Reference } from '../terraform-json';
import { builtCode, isBuilt, neededBuild } from './built';
import { bundle, entryPoints } from './esbuild';
import { codeLocation } from './location';

/** What is not a part of the code, where the code is the whole project. */
const EXCLUDED = ['.git', '.aws-sam', '.serverless', 'cdk.out', '__pycache__', '**/__pycache__'];

/** The arguments of a function or a layer that name its code. */
interface CodeArguments {
  /** The zip. */
  readonly filename: unknown;
  /** The handler in a bundle, if it is not that of the sources. */
  readonly handler?: string;
}

/** The code of a function or a layer; undefined when it cannot run here, which is then a notice. */
export function codeOf(resource: StackResource, stack: Stack): CodeArguments | undefined {
  const { label, properties } = resource;
  const code = codeLocation(resource);
  if ('missing' in code) return byName(resource, stack, code.missing);
  if ('inline' in code) {
    const extension = String(properties.Runtime).startsWith('python') ? 'py' : 'js';
    return zipped(label, stack, {
      source_content: code.inline,
      source_content_filename: `index.${extension}`,
    });
  }
  const path = resolve(code.path);
  if (statSync(path).isFile()) return { filename: path };
  return isLayer(resource) ? ofLayer(resource, stack, path) : ofFunction(resource, stack, path);
}

const isLayer = ({ type }: StackResource): boolean => type.endsWith('LayerVersion');

function ofFunction(resource: StackResource, stack: Stack, path: string): CodeArguments | undefined {
  const { label, logicalId, properties, metadata } = resource;
  if (isBuilt(resource)) return folder(label, stack, path);
  const entries = entryPoints(resource, path);
  if (entries) return bundled(resource, stack, path, entries);
  const needed =
    metadata.BuildMethod === 'makefile' ? 'compiled' : neededBuild(String(properties.Runtime), path);
  if (needed === undefined) return folder(label, stack, path);
  const built = usableBuild(resource, stack, path);
  if (built !== undefined) return folder(label, stack, built);
  if (needed === 'compiled') return byName(resource, stack, 'Its code is not built: run sam build.');
  stack.notices.push(`${logicalId} runs without the packages that it names: run sam build.`);
  return folder(label, stack, path);
}

/** The code of a function that esbuild bundles. */
function bundled(
  resource: StackResource,
  stack: Stack,
  path: string,
  entries: readonly string[],
): CodeArguments {
  const target = join(stack.folder, 'code', resource.label);
  const files = bundle(resource, { entries, folder: path, target });
  const [only = '', ...more] = files;
  const code = more.length > 0 ? folder(resource.label, stack, target) : oneFile(resource.label, stack, only);
  // esbuild leaves out the folders that all entry points are in.
  const written = String(resource.properties.Handler);
  const module = join(target, written.replace(/\.[^./]*$/, ''));
  const isFound = files.some((file) => file.replace(/\.\w+$/, '') === module);
  return { ...code, handler: isFound ? written : basename(written) };
}

/** The folder with what `sam build` made, which may be out of date. */
function usableBuild(resource: StackResource, stack: Stack, sources: string): string | undefined {
  const { folder: path, isStale } = builtCode(resource, sources) ?? {};
  if (isStale)
    stack.notices.push(`${resource.logicalId} was built before its sources changed: run sam build.`);
  return path;
}

/** The folder of a layer's runtime, in which `sam build` puts its code. */
const LAYER_FOLDERS: readonly [method: RegExp, folder: string][] = [
  [/^python/, 'python'],
  [/^nodejs/, 'nodejs'],
];

function ofLayer(resource: StackResource, stack: Stack, path: string): CodeArguments | undefined {
  const { label, metadata } = resource;
  const method = String(metadata.BuildMethod ?? '');
  if (method === '' || isBuilt(resource)) return folder(label, stack, path);
  const built = usableBuild(resource, stack, path);
  if (built !== undefined) return folder(label, stack, built);
  const inside = LAYER_FOLDERS.find(([pattern]) => pattern.test(method))?.[1];
  if (inside === undefined) return byName(resource, stack, 'It is not built: run sam build.');
  if (neededBuild(method, path) === 'packages') {
    stack.notices.push(`${resource.logicalId} is without the packages that it names: run sam build.`);
  }
  const target = join(stack.folder, 'code', label);
  cpSync(path, join(target, inside), { recursive: true });
  return folder(label, stack, target);
}

/** A file with its source map next to it, which is not a part of the zip. */
const oneFile = (label: string, stack: Stack, file: string) =>
  zipped(label, stack, { source_file: relative(stack.folder, file) });

const folder = (label: string, stack: Stack, path: string) =>
  zipped(label, stack, { source_dir: path, excludes: EXCLUDED });

function zipped(label: string, stack: Stack, source: object): CodeArguments {
  // Lambda has to be able to run `bootstrap`.
  const archive = {
    type: 'zip',
    output_path: `${label}.zip`,
    output_file_mode: '0755',
  };
  stack.json.data('archive_file', label, { ...archive, ...source });
  return { filename: new Reference(`data.archive_file.${label}.output_path`) };
}

function byName({ logicalId }: StackResource, stack: Stack, reason: string): undefined {
  stack.notices.push(`${logicalId} exists by name only. ${reason}`);
  return undefined;
}
