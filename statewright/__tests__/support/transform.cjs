// What jest runs of a TypeScript file: a test loads only the modules of the package that it uses.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync, version } = require('esbuild');
const { lazyImports, sources } = require('../../lazy-imports.cjs');

const own = [__filename, require.resolve('../../lazy-imports.cjs')].map((file) => readFileSync(file, 'utf8'));

module.exports = {
  getCacheKey: (source, file) =>
    createHash('sha1')
      .update(JSON.stringify([version, own, file, source]))
      .digest('hex'),
  process(source, file) {
    const { code, map } = transformSync(source, {
      loader: 'ts',
      format: 'cjs',
      target: 'es2023',
      // jest runs no import() of its own: it becomes require().
      supported: { 'dynamic-import': false },
      sourcefile: file,
      sourcemap: 'external',
    });
    return { code: file.startsWith(sources) ? lazyImports(code) : code, map };
  },
};
