import { existsSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { buildSync, type Message } from 'esbuild';

/** An entry file that is missing, has a fault, or does not export a handler. The message says where. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/**
 * Bundles a Lambda handler and all that it imports into one CommonJS file, whose bytes depend on the sources alone:
 * not on the folder, the machine or the time.
 *
 * @param entry the file that exports `handler`
 * @throws BundleError
 */
export function bundleHandler(entry: string): string {
  if (!existsSync(entry)) throw new BundleError(`There is no handler file ${fromHere(entry)}.`);
  try {
    const { outputFiles } = buildSync({
      // Not the entry itself: esbuild then says so when it has no handler to export.
      stdin: { contents: `export { handler } from './${basename(entry)}';`, resolveDir: dirname(entry) },
      absWorkingDir: dirname(entry),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      // The oldest Node that runs it: Lambda's is newer, the local AWS uses the Node at hand.
      target: 'node20',
      charset: 'utf8',
      // Error names come from class names; minified, or renamed to avoid a clash, they would match no Catch.
      keepNames: true,
      logLevel: 'silent',
      write: false,
    });
    return outputFiles.map((file) => file.text).join('');
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

function fromHere(file: string): string {
  return relative(process.cwd(), file);
}
