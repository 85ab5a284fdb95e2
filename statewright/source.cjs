// Runs the TypeScript of this repository: `node --conditions=statewright-source --require ./statewright/source.cjs main.ts`.
// It transforms a file once and keeps the result in node_modules/.cache, and reads source maps for a stack trace alone, so
// that a command starts in a third of the time that it needs with tsx. The published package is compiled.
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join } = require('node:path');
const { lazyImports, sources } = require('./lazy-imports.cjs');
const { read, run, write } = require('./source-cache.cjs');

/** The source map of each file that was loaded, or what reads it. */
const loaded = new Map();

Module._extensions['.ts'] = (module, file) => {
  const source = readFileSync(file, 'utf8');
  const key = keyOf(`${lazyImports}${file}\n${source}`);
  let compiled = read(`${key}.js`, 'utf8');
  if (compiled === undefined) {
    const { code, map } = transform(file, source);
    compiled = file.startsWith(sources) ? lazyImports(code) : code;
    write(`${key}.map`, map);
    write(`${key}.js`, compiled);
  }
  loaded.set(
    file,
    () => new Module.SourceMap(JSON.parse(read(`${key}.map`, 'utf8') ?? transform(file, source).map)),
  );
  run(module, compiled, file, key);
};

const keyOf = (text) => createHash('sha1').update(text).digest('hex');

/** An import of the package names a TypeScript file without `.ts`, which Node.js tries last: a tenth of the time to load it. */
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...others) => {
  if (request.startsWith('.') && parent?.filename?.startsWith(sources)) {
    const file = `${join(dirname(parent.filename), request)}.ts`;
    if (existsSync(file)) return file;
  }
  return resolveFilename(request, parent, ...others);
};

const CDKTF = /[\\/]node_modules[\\/](?:cdktf|@cdktf|constructs)[\\/]/;
/** What CDKTF imports for few apps, and with it two thirds of the modules that it loads. */
const SELDOM_USED = /^const (archiver|semver) = require\("\1"\);$/m;
const AT_FIRST_USE =
  'const $1 = new Proxy(() => {}, { apply: (_, self, args) => require("$1")(...args), get: (_, name) => require("$1")[name] });';

const loadJavaScript = Module._extensions['.js'];
Module._extensions['.js'] = (module, file) => {
  if (!CDKTF.test(file)) return loadJavaScript(module, file);
  const code = readFileSync(file, 'utf8').replace(SELDOM_USED, AT_FIRST_USE);
  run(module, code, file, keyOf(`${file}\n${code}`));
};

function transform(sourcefile, source) {
  const { transformSync } = require('esbuild');
  const sourcemap = 'external';
  return transformSync(source, {
    loader: 'ts',
    format: 'cjs',
    target: 'es2023',
    sourcefile,
    sourcemap,
    sourcesContent: false,
  });
}

/** The frames that were written, by file and position: CDKTF writes a trace for each token, most of them from the same places. */
const written = new Map();

/** A stack trace as V8 writes it, with the lines of the sources. */
Error.prepareStackTrace = (error, frames) =>
  [Error.prototype.toString.call(error), ...frames.map(inSource)].join('\n    at ');

function inSource(frame) {
  const file = frame.getFileName();
  // A function of JavaScript itself has no place.
  if (!file) return String(frame);
  const inFile = written.get(file) ?? new Map();
  written.set(file, inFile);
  const position = frame.getPosition();
  const text = inFile.get(position) ?? withSourceLine(String(frame));
  inFile.set(position, text);
  return text;
}

function withSourceLine(frame) {
  return frame.replace(/([^\s()]+\.ts):(\d+):(\d+)/, (place, file, line, column) => {
    const map = loaded.get(file);
    if (map === undefined) return place;
    if (typeof map === 'function') loaded.set(file, map());
    const { originalLine, originalColumn } = loaded.get(file).findEntry(line - 1, column - 1);
    return originalLine === undefined ? file : `${file}:${originalLine + 1}:${originalColumn + 1}`;
  });
}
