import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type BuildOptions, buildSync, type Message } from 'esbuild';
import { objectOf, ownField } from '../../asl/graph';
import { UserError } from '../../user-error';
import type { StackResource } from '../stack-resource';

/** The files of a function that esbuild bundles, from the folder of its code; undefined for any other function. */
export function entryPoints({ properties, metadata }: StackResource, folder: string): string[] | undefined {
  if (!/^nodejs/.test(String(properties.Runtime))) return undefined;
  if (metadata.BuildMethod === 'esbuild') {
    const entries = ownField(metadata.BuildProperties, 'EntryPoints');
    if (Array.isArray(entries)) return entries.map(String);
  } else if (metadata.BuildMethod !== undefined) return undefined;
  // A handler in TypeScript that nothing has compiled.
  const file = String(properties.Handler).replace(/\.[^./]*$/, '');
  const has = (extension: string) => existsSync(join(folder, file + extension));
  if (['.js', '.mjs', '.cjs'].some(has)) return undefined;
  const extension = ['.ts', '.mts', '.cts', '.tsx'].find(has);
  return extension === undefined ? undefined : [file + extension];
}

/**
 * Bundles a function as `sam build` does (SAM Developer Guide, "Building Node.js Lambda functions with esbuild").
 *
 * @param folder the sources
 * @param target the folder of the bundles, which gets the handler's file, and its source map next to it
 * @returns the files that the bundles consist of
 * @throws UserError with the place of each error
 */
export function bundle(
  { logicalId, metadata, template }: StackResource,
  {
    entries,
    folder,
    target,
  }: { readonly entries: readonly string[]; readonly folder: string; readonly target: string },
): string[] {
  const missing = entries.find((entry) => !existsSync(join(folder, entry)));
  const { file } = template;
  if (missing !== undefined) {
    throw new UserError(
      `${file}: the entry point of ${logicalId}, ${join(folder, missing)}, does not exist.`,
    );
  }
  try {
    const { outputFiles = [] } = buildSync({
      ...optionsOf(metadata.BuildProperties),
      entryPoints: entries.map((entry) => resolve(folder, entry)),
      absWorkingDir: resolve(folder),
      bundle: true,
      platform: 'node',
      // A Catch matches the names of classes.
      keepNames: true,
      // Next to the code: the local AWS reads it to name the user's sources.
      sourcemap: 'external',
      sourcesContent: false,
      outdir: resolve(target),
      logLevel: 'silent',
      write: false,
    });
    for (const { path, text } of outputFiles) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, path.endsWith('.map') ? fromHere(text, dirname(path)) : text);
    }
    return outputFiles.map(({ path }) => path).filter((path) => !path.endsWith('.map'));
  } catch (error) {
    const { errors } = error as { errors?: readonly Message[] };
    if (errors === undefined) throw error;
    const subject = `${file}: the bundle of ${logicalId}`;
    throw new UserError(errors.map((each) => describe(each, folder, subject)).join('\n'));
  }
}

/** The properties of a build as options of esbuild, in which lists of `key=value` are objects. */
function optionsOf(properties: unknown): BuildOptions {
  const skipped = ['EntryPoints', 'Sourcemap', 'SourcesContent', 'KeepNames', 'UseNpmCi'];
  return Object.fromEntries(
    Object.entries(objectOf(properties) ?? {})
      .filter(([name]) => !skipped.includes(name))
      .map(([name, value]) => [
        name === 'TsConfig' ? 'tsconfig' : name.charAt(0).toLowerCase() + name.slice(1),
        /^(?:Loader|OutExtension|Define|Banner|Footer|Alias)$/.test(name) ? pairs(value) : plain(value),
      ]),
  );
}

const plain = (value: unknown): unknown => (value === 'true' || value === 'false' ? value === 'true' : value);

const pairs = (value: unknown): unknown =>
  Array.isArray(value)
    ? Object.fromEntries(
        value.map((item) =>
          String(item)
            .split(/[=:](.*)/s)
            .slice(0, 2),
        ),
      )
    : value;

/** A source map whose sources are relative to the current folder. */
function fromHere(map: string, folder: string): string {
  const { sources, ...rest } = JSON.parse(map) as { sources: string[] };
  return JSON.stringify({
    ...rest,
    sources: sources.map((source) => relative(process.cwd(), resolve(folder, source))),
  });
}

/**
 * `src/app.ts:3:10: Unexpected ";"`.
 * @param subject takes the place of a file where there is none, such as for an option that esbuild does not have
 */
function describe({ location, text }: Message, folder: string, subject: string): string {
  if (!location || /\besbuild[\\/]lib[\\/]/.test(location.file)) return `${subject}: ${text}`;
  const file = relative(process.cwd(), resolve(folder, location.file));
  return `${file}:${location.line}:${location.column + 1}: ${text}`;
}
