#!/usr/bin/env node
/**
 * Moves a CDKTF project to cdktn, the community's continuation of CDKTF (Node 22 and later): renames imports and packages.
 *
 *   node node_modules/statewright/move-to-cdktn.mjs [DIR]
 *   npm install
 *
 * Files under node_modules, cdktf.out and folders that begin with a dot stay as they are.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The packages of cdktn, with versions that belong together. Of another provider `npm install` takes the latest version. */
const VERSIONS = {
  cdktn: '0.24.0',
  'cdktn-cli': '0.24.0',
  '@cdktn/provider-aws': '25.7.0',
  '@cdktn/provider-archive': '14.0.1',
  constructs: '10.6.0',
};

/** The name in cdktn of a package of CDKTF; any other name stays. */
const renamed = (name) =>
  name.replace(/^cdktf(?=$|-cli$)/, 'cdktn').replace(/^@cdktf\/provider-/, '@cdktn/provider-');

/**
 * Renames the packages that a source file imports.
 *
 * @param constructs whether `statewright/constructs` becomes `statewright/constructs/cdktn`
 */
export function renameImports(text, { constructs = false } = {}) {
  const renamedPackages = text.replace(
    /(\b(?:from|import|import\s*\(|require\s*\()\s*['"])(cdktf|@cdktf\/provider-[\w-]+)(?=['"/])/g,
    (_, before, name) => before + renamed(name),
  );
  if (!constructs) return renamedPackages;
  return renamedPackages.replace(/(['"])statewright\/constructs\1/g, '$1statewright/constructs/cdktn$1');
}

/** Renames the packages in a package.json, with the versions that belong together. */
function renameDependencies(text) {
  const manifest = JSON.parse(text);
  for (const field of ['dependencies', 'devDependencies', 'peerDependencies', 'peerDependenciesMeta']) {
    if (!manifest[field]) continue;
    manifest[field] = Object.fromEntries(
      Object.entries(manifest[field]).map(([name, value]) => {
        const to = renamed(name);
        const hasVersion = typeof value === 'string' && (to !== name || to in VERSIONS);
        return [to, hasVersion ? (VERSIONS[to] ?? '*') : value];
      }),
    );
  }
  for (const [name, command] of Object.entries(manifest.scripts ?? {})) {
    manifest.scripts[name] = command.replace(/(?<=^|\s)cdktf(?=\s)/g, 'cdktn');
  }
  if (manifest.overrides) {
    // Only the CLI of CDKTF needs it, on Node 24 and later.
    delete manifest.overrides['@cdktf/node-pty-prebuilt-multiarch'];
    if (Object.keys(manifest.overrides).length === 0) delete manifest.overrides;
  }
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!/^(\.|node_modules$|cdktf\.out$|dist$)/.test(entry.name)) yield* filesIn(path);
    } else if (entry.isFile()) yield path;
  }
}

function move(project) {
  // In the repository of statewright the constructs' own imports are renamed.
  const constructs = !existsSync(join(project, 'statewright/src/constructs'));
  for (const file of filesIn(project)) {
    const isManifest = /(^|[\\/])package\.json$/.test(file);
    if (!isManifest && !/\.[cm]?[jt]sx?$/.test(file)) continue;
    const text = readFileSync(file, 'utf8');
    const moved = isManifest ? renameDependencies(text) : renameImports(text, { constructs });
    if (moved === text) continue;
    writeFileSync(file, moved);
    console.log(relative(project, file));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) move(process.argv[2] ?? '.');
