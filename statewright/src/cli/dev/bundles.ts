import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { transformSync } from 'esbuild';
import { bundleHandler } from '../../constructs/bundle';
import type { DeployedStack } from '../../local-aws/deployment';

/** Starts esbuild, which takes longer than to bundle a handler. */
export function warmUp(): void {
  transformSync('');
}

/** A handler that the construct LambdaFunction has bundled into the synthesized stack. */
interface Bundled {
  /** The file of the bundle; its source map is next to it. */
  readonly file: string;
  readonly entry: string;
  readonly sources: ReadonlySet<string>;
}

/**
 * Bundles again the handlers that import a changed file: much faster than the synthesis of the whole project, which
 * follows and has the same result.
 *
 * @param project the folder that the source maps' paths start from
 * @returns whether the code of a handler differs
 * @throws BundleError
 */
export function bundleAgain(
  {
    stack,
    folder,
    project,
  }: { readonly stack: DeployedStack; readonly folder: string; readonly project: string },
  changed: readonly string[],
): boolean {
  const affected = bundlesOf(stack, folder, project).filter(({ sources }) =>
    changed.some((path) => sources.has(path)),
  );
  const bundles = affected.map(({ file, entry }) => ({ file, ...bundleHandler(entry) }));
  const differing = bundles.filter(({ file, code }) => readFileSync(file, 'utf8') !== code);
  // A comment changes the map alone.
  for (const { file, map } of bundles) writeFileSync(`${file}.map`, map);
  for (const { file, code } of differing) writeFileSync(file, code);
  return differing.length > 0;
}

function bundlesOf({ data }: DeployedStack, folder: string, project: string): Bundled[] {
  return data
    .filter(({ type, attributes }) => type === 'archive_file' && typeof attributes.source_file === 'string')
    .flatMap(({ attributes }) => {
      const file = resolve(folder, String(attributes.source_file));
      const map = readMap(`${file}.map`);
      if (map?.x_entry === undefined) return [];
      const entry = join(project, map.x_entry);
      return [
        { file, entry, sources: new Set([entry, ...map.sources.map((source) => join(project, source))]) },
      ];
    });
}

function readMap(
  file: string,
): { readonly sources: readonly string[]; readonly x_entry?: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * The files and folders outside of the project that the stack's archives are made of, without what was written into the
 * stack's own folder.
 */
export function sourcesOutside({ data }: DeployedStack, folder: string, project: string): readonly string[] {
  const inside = [project, resolve(folder)].map((path) => path + sep);
  return data
    .filter(({ type }) => type === 'archive_file')
    .flatMap(({ attributes: { source_file: file, source_dir: dir } }) => [file, dir])
    .filter((path) => typeof path === 'string')
    .map((path) => resolve(folder, path))
    .filter((path) => !inside.some((each) => path.startsWith(each)) && dirname(path) !== path);
}
