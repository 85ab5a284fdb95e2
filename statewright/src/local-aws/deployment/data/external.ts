import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, join, posix, resolve } from 'node:path';
import { Arguments } from '../../../terraform/arguments';
import { ArgumentError, UnsupportedError } from '../../../terraform/errors';
import { isList, isMap, type ValueMap } from '../../../terraform/value';
import type { BlockContext, BlockType } from '../block-type';
import { filesIn, type ZipEntry, zipFiles } from './zip-files';

/**
 * A program of the project does not run here: its results are not known. One is known: `package.py prepare` of the module
 * terraform-aws-modules/lambda, which names the zip file of a function or a layer. A provisioner of the module then makes
 * it; here it is made at once, and kept in memory (Terraform Registry, "terraform-aws-modules/lambda", "Lambda Package").
 */
export const external: BlockType = (block, context) => {
  const query = packageQuery(block);
  const sources = query && sourcesOf(query.text('source_path'));
  if (query && sources && !context.withoutCode) {
    const zip = zipFiles(sources.flatMap((source) => entriesOf(source, query, context)));
    const path = `${query.text('artifacts_dir')}/${createHash('sha256').update(zip).digest('hex')}`;
    context.addFile(`${path}.zip`, zip);
    return {
      id: '-',
      result: {
        filename: `${path}.zip`,
        build_plan: '',
        build_plan_filename: `${path}.plan.json`,
        timestamp: '0',
        was_missing: 'false',
      },
    };
  }
  if (context.otherTypes) return context.otherTypes(block, context);
  throw new UnsupportedError(`${block.place}.program`, 'programs do not run here');
};

/** What the module asks its program for; undefined for any other program. */
function packageQuery({ values: { program = null, query = null }, place }: Arguments): Arguments | undefined {
  const [script, command] = isList(program) ? program.slice(-2) : [];
  const isModule = command === 'prepare' && typeof script === 'string' && basename(script) === 'package.py';
  return isModule && isMap(query) ? new Arguments(query, `${place}.query`) : undefined;
}

/** An item of the module's `source_path`. */
interface Source {
  readonly path: string;
  readonly prefix_in_zip?: string;
  readonly patterns?: string | readonly string[];
}

/** What a package is made of; undefined if commands make it. */
function sourcesOf(json: string): readonly Source[] | undefined {
  const items: (string | (Partial<Source> & { readonly commands?: unknown }) | null)[] = [
    JSON.parse(json),
  ].flat(2);
  const sources = items.map((item) => (typeof item === 'string' ? { path: item } : item));
  const isPlain = (item: (typeof sources)[number]): item is Source =>
    item?.path !== undefined && item.commands === undefined;
  return sources.every(isPlain) ? sources : undefined;
}

function entriesOf(source: Source, query: Arguments, { folder, readFile }: BlockContext): ZipEntry[] {
  const absolute = resolve(folder, source.path);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (!stat) throw new ArgumentError(`${query.place}.source_path`, `${source.path} does not exist`);
  if (stat.isDirectory()) warnOfRequirements(absolute, source.path, query.values);
  const isIncluded = filterOf(source.patterns ?? [], `${query.place}.source_path`);
  const files = stat.isDirectory()
    ? filesIn(absolute).map((name) => ({ name, path: join(source.path, name) }))
    : [{ name: basename(source.path), path: source.path }];
  return files.flatMap((file) => {
    const name = posix.join(source.prefix_in_zip ?? '', file.name);
    const bytes = isIncluded(name) ? readFile(file.path) : undefined;
    return bytes ? [{ name, bytes, mode: statSync(resolve(folder, file.path)).mode & 0o777 }] : [];
  });
}

/**
 * The last pattern that matches a whole path decides; `!` excludes.
 * @throws ArgumentError for a pattern that only Python can read
 */
function filterOf(patterns: string | readonly string[], place: string): (name: string) => boolean {
  const rules = (typeof patterns === 'string' ? patterns.split('\n') : patterns)
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
    .map((pattern) => ({
      excludes: pattern.startsWith('!'),
      path: expressionOf(pattern.replace(/^!/, ''), place),
    }));
  return (name) => !(rules.findLast(({ path }) => path.test(name))?.excludes ?? false);
}

function expressionOf(pattern: string, place: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw new ArgumentError(
      place,
      `the pattern "${pattern}" is not a regular expression that can be used here`,
    );
  }
}

/** The module installs packages into the zip. Here nothing is installed. */
function warnOfRequirements(absolute: string, path: string, { runtime }: ValueMap): void {
  const has = (name: string) => statSync(join(absolute, name), { throwIfNoEntry: false }) !== undefined;
  if (/^python/.test(String(runtime)) && has('requirements.txt')) {
    process.emitWarning(
      `${join(path, 'requirements.txt')} is not installed into the package here: Python finds the modules that are installed on this machine.`,
    );
  }
  if (/^nodejs/.test(String(runtime)) && has('package.json') && !has('node_modules')) {
    process.emitWarning(
      `The packages of ${join(path, 'package.json')} are not installed: run npm install there.`,
    );
  }
}
