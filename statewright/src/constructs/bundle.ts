import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { buildSync, type Message } from 'esbuild';

/** The code of a function that is missing or has a fault, or does not export a handler. The message names the place. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/** A handler with all its imports, in one CommonJS file. */
export interface Bundle {
  /** The code. Its bytes depend only on the sources: not on the folder, the computer or the time. */
  readonly code: string;
  /** The source map as JSON text. Its paths are relative to the project's folder, which has cdktf.json. */
  readonly map: string;
}

/**
 * Bundles a Lambda handler.
 *
 * @param entry the file that exports `handler`
 * @throws BundleError
 */
export function bundleHandler(entry: string): Bundle {
  if (!existsSync(entry)) throw new BundleError(`The handler file ${fromHere(entry)} does not exist.`);
  const outfile = join(dirname(entry), 'index.js');
  try {
    const { outputFiles } = buildSync({
      // Not the entry itself: this way esbuild reports an entry that does not export a handler.
      stdin: { contents: `export { handler } from './${basename(entry)}';`, resolveDir: dirname(entry) },
      absWorkingDir: dirname(entry),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      // The oldest Node that runs it: Lambda's is newer, the local AWS uses the installed one.
      target: 'node20',
      charset: 'utf8',
      // Error names come from class names. If they were minified, or renamed to avoid a clash, no Catch would match.
      keepNames: true,
      // Next to the code, not in it: Lambda would need --enable-source-maps, which makes each cold start slower, and
      // the zip would be larger. The code on AWS has no source map, so the code here has none either.
      sourcemap: 'external',
      sourcesContent: false,
      outfile,
      logLevel: 'silent',
      write: false,
    });
    const text = (extension: string) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
    return { code: text('.js'), map: mapOfProject(text('.map'), entry) };
  } catch (error) {
    if (!hasMessages(error)) throw error;
    throw new BundleError(error.errors.map((message) => describe(message, entry)).join('\n'));
  }
}

function hasMessages(error: unknown): error is { errors: Message[] } {
  return typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors);
}

/** `handlers/test.ts:3:10: Unexpected ";"`, and the line. */
function describe({ location, text }: Message, entry: string): string {
  if (!location || location.file === '<stdin>') return `${fromHere(entry)}: ${text}`;
  const file = fromHere(`${dirname(entry)}/${location.file}`);
  return `${file}:${location.line}:${location.column + 1}: ${text}\n    ${location.lineText.trim()}`;
}

/**
 * Makes the sources of a source map relative to the project's folder, and names the entry there: `statewright dev` bundles
 * it again when a source changes. Names that begin with `x_` are for extensions (ECMA-426, "Source map format").
 */
function mapOfProject(map: string, entry: string): string {
  const { sources, ...rest } = JSON.parse(map) as { sources: string[] };
  const folder = dirname(entry);
  const project = projectOf(folder);
  const inProject = (path: string) => relative(project, path).split(sep).join('/');
  return JSON.stringify({
    ...rest,
    sources: sources.map((source) => inProject(resolve(folder, source))),
    x_entry: inProject(resolve(entry)),
  });
}

/** This folder, or the nearest one above it, that has a cdktf.json; otherwise the current folder. */
function projectOf(folder: string): string {
  if (existsSync(join(folder, 'cdktf.json'))) return folder;
  const above = dirname(folder);
  return above === folder ? process.cwd() : projectOf(above);
}

/** A path relative to the current folder. */
export function fromHere(file: string): string {
  return relative(process.cwd(), file);
}
