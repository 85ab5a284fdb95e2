/** Builds what the package consists of: `dist` (JavaScript, types and assets), `asl.schema.json`, `docs`, `LICENSE` and `SECURITY.md`. `npm pack` runs it first. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { withDescriptions } from './asl-schema.cjs';
import { lazyImports } from './lazy-imports.cjs';
import { renameImports } from './move-to-cdktn.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, 'dist');

compile();
loadOnDemand();
fitTypesToOlderCompilers();
copyAssets();
bundleEditor();
bundleMcpSdk();
writeSchema();
addConstructsForCdktn();
removeUnusedTypes();
copyDocs();

function compile() {
  rmSync(dist, { recursive: true, force: true });
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const tsc = join(typescript, 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(here, 'tsconfig.build.json')], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(1);
}

/** No command and no test loads the files that it does not need. */
function loadOnDemand() {
  for (const name of readdirSync(dist, { recursive: true })) {
    if (!name.endsWith('.js')) continue;
    const file = join(dist, name);
    writeFileSync(file, lazyImports(readFileSync(file, 'utf8')));
  }
}

/** Inferred types name the buffer of a `Uint8Array`. TypeScript before 5.7 does not know that argument; later it has a default. */
function fitTypesToOlderCompilers() {
  for (const name of readdirSync(dist, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = join(dist, name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/\b(Uint8Array|Buffer)<ArrayBuffer(?:Like)?>/g, '$1'));
  }
}

/** Whatever is not TypeScript is used as it is: files that run inside Lambda's processes, the console's styles. */
function copyAssets() {
  cpSync(join(here, 'src'), dist, {
    recursive: true,
    // The reporter's loads TypeScript, and the package has the compiled reporter. The editor is bundled.
    filter: (file) => !/(?<!\.d)\.ts$|coverage-reporter\.cjs$|console.editor$/.test(file),
  });
}

/** The console's editor, with the libraries that it uses. */
function bundleEditor() {
  const { bundleScript } = createRequire(import.meta.url)(join(dist, 'console', 'bundle-script.js'));
  const script = bundleScript(join(here, 'src', 'console', 'editor', 'editor.js'));
  writeFileSync(join(dist, 'console', 'assets', 'editor.js'), script);
}

/**
 * The SDK of the MCP server, with what it needs of its dependencies, as one file of 0.5 MB: installing them would take 21 MB,
 * most of it for servers over HTTP.
 */
function bundleMcpSdk() {
  const { licenses } = createRequire(import.meta.url)(join(dist, 'console', 'bundle-script.js'));
  const { outputFiles, metafile } = buildSync({
    entryPoints: [join(here, 'src', 'cli', 'mcp', 'sdk.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    write: false,
    metafile: true,
  });
  writeFileSync(join(dist, 'cli', 'mcp', 'sdk.js'), `${licenses(metafile)}${outputFiles[0].text}`);
}

/** For editors: the JSON Schema of a definition, from the compiled validation and the docstrings of the types. */
function writeSchema() {
  const { stateMachineSchema } = createRequire(import.meta.url)(join(dist, 'asl', 'validate.js'));
  writeFileSync(join(here, 'asl.schema.json'), JSON.stringify(withDescriptions(stateMachineSchema())));
}

/** The constructs a second time, made from the same code, for projects that use cdktn instead of cdktf. */
function addConstructsForCdktn() {
  const from = join(dist, 'constructs');
  const to = join(dist, 'constructs-cdktn');
  mkdirSync(to);
  for (const file of readdirSync(from)) {
    writeFileSync(join(to, file), renameImports(readFileSync(join(from, file), 'utf8')));
  }
}

/** Types that no entry point of the package leads to are of no use, and each file takes 4 KB of a disk. */
function removeUnusedTypes() {
  const files = readdirSync(dist, { recursive: true }).filter((name) => /\.d\.[cm]?ts$/.test(name));
  const unused = new Set(files.map((name) => join(dist, name)));
  const use = (file) => {
    if (!unused.delete(file)) return;
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import\(?) ?['"](\.[^'"]*)['"]/g)) {
      const imported = join(dirname(file), path);
      use(imported.replace(/\.([cm]?)js$/, '.d.$1ts'));
      use(`${imported}.d.ts`);
      use(join(imported, 'index.d.ts'));
    }
  };
  const { exports } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  for (const { types } of Object.values(exports)) if (types !== undefined) use(join(here, types));
  for (const file of unused) rmSync(file);
}

function copyDocs() {
  const docs = join(here, 'docs');
  rmSync(docs, { recursive: true, force: true });
  mkdirSync(docs);
  for (const file of readdirSync(join(root, 'docs'))) {
    if (file.endsWith('.md')) copyFileSync(join(root, 'docs', file), join(docs, file));
  }
  for (const file of ['LICENSE', 'SECURITY.md']) copyFileSync(join(root, file), join(here, file));
}
