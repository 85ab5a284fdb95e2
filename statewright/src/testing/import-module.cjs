/**
 * Loads a module of any kind, TypeScript included. Not TypeScript itself: in the built package, which is CommonJS, its
 * `import(…)` would be a `require`.
 *
 * @param {string} url
 */
exports.importModule = async (url) => {
  if (!url.endsWith('ts')) return import(url);
  const { tsImport } = await import('tsx/esm/api');
  // tsx replaces what loads TypeScript for everybody. Where something does (source.cjs), it is needed for later modules.
  const { _extensions } = require('node:module');
  const own = _extensions['.ts'];
  try {
    return await tsImport(url, url);
  } finally {
    if (own !== undefined) _extensions['.ts'] = own;
  }
};
