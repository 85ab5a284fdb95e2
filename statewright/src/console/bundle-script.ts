import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildResult, buildSync } from 'esbuild';

/**
 * A script of the pages with the libraries that it uses, and their licenses, as one file. The package has the result;
 * from source, it is made when a page needs it.
 */
export function bundleScript(file: string): string {
  const { outputFiles, metafile } = buildSync({
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    // The pages' other scripts are files of their own.
    external: ['./diagram.js'],
    write: false,
    metafile: true,
  });
  return `${licenses(metafile)}${outputFiles[0]?.text ?? ''}`;
}

/** The license of each library, as a comment; one that several have, once. */
export function licenses({ inputs }: NonNullable<BuildResult['metafile']>): string {
  const packages = new Set(
    Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  const namesOf = new Map<string, string[]>();
  for (const folder of packages) {
    const file = join(folder, 'LICENSE');
    const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'See its package.json.';
    namesOf.set(text, [...(namesOf.get(text) ?? []), folder.replace(/^.*node_modules\//, '')]);
  }
  return [...namesOf].map(([text, names]) => `/*!\n${names.join(', ')}\n\n${text}\n*/\n`).join('');
}
