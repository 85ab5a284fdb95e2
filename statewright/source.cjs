// Runs the TypeScript of this repository: `node --conditions=statewright-source --require ./statewright/source.cjs main.ts`.
// It transforms a file once and keeps the result in node_modules/.cache, so that a command starts in half of the time that
// it needs with tsx. The published package is compiled, and does without.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join, sep } = require('node:path');
const { version } = require('esbuild/package.json');

const cache = join(__dirname, '../node_modules/.cache/statewright-source', version);
const own = join(__dirname, 'src') + sep;

// A stack trace names the lines of the app. Node reads every source map while it loads the file, which is too expensive
// for the files of the package: NODE_OPTIONS=--enable-source-maps names their lines, too.
const mapsOfOwn = /--enable-source-maps/.test(`${process.execArgv} ${process.env.NODE_OPTIONS}`);
if (Module.setSourceMapsSupport) Module.setSourceMapsSupport(true, { nodeModules: false });
else process.setSourceMapsEnabled(true);

Module._extensions['.ts'] = (module, file) => {
  const sourceMaps = mapsOfOwn || !file.startsWith(own);
  module._compile(compiled(file, readFileSync(file, 'utf8'), sourceMaps), file);
};

function compiled(file, source, sourceMaps) {
  const key = createHash('sha1')
    .update(`${sourceMaps && file}\n${source}`)
    .digest('hex');
  const kept = join(cache, `${key}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {}
  const { transformSync } = require('esbuild');
  const { code } = transformSync(source, {
    loader: 'ts',
    format: 'cjs',
    target: 'es2023',
    sourcefile: file,
    sourcemap: sourceMaps && 'inline',
    sourcesContent: false,
  });
  try {
    mkdirSync(cache, { recursive: true });
    // Other processes never read half of a file.
    writeFileSync(`${kept}.${process.pid}`, code);
    renameSync(`${kept}.${process.pid}`, kept);
  } catch {
    // The folder is read-only: the next process transforms it again.
  }
  return code;
}
