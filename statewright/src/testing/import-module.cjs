/**
 * Loads a module of any kind, TypeScript included. Not TypeScript itself: in the built package, which is CommonJS, its
 * `import(…)` would be a `require`.
 *
 * @param {string} url
 */
exports.importModule = async (url) => {
  if (!url.endsWith('ts')) return import(url);
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(url, url);
};
