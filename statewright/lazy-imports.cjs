const { isBuiltin } = require('node:module');
const { join, sep } = require('node:path');

const IMPORT = /^(?:const|var) (import_\w+|\w+_\d+) = ((?:__\w+\()?require\("([^"]+)"\)\)?);$/gm;

/** Where it applies: what a project or a test imports may do something while it is loaded. */
exports.sources = join(__dirname, 'src') + sep;

/**
 * Loads what a module of the package imports at its first use, not with the module: a command or a test needs a part of
 * the files alone. An import without names (`import './clock'`) is loaded at once.
 *
 * @param {string} code a CommonJS module, as esbuild or TypeScript compiles it: an import is `import_x` or `x_1` there
 * @returns {string} the same lines
 */
exports.lazyImports = (code) => {
  const names = [];
  const lazy = code.replace(IMPORT, (eager, name, load, module) => {
    // ES modules can import only the names that Node finds in TypeScript's own form of a re-export.
    if (
      isBuiltin(module) ||
      !code.includes(`${name}.`) ||
      code.includes(`get: function () { return ${name}.`)
    )
      return eager;
    names.push(name);
    return `var ${name}$; function ${name}() { return ${name}$ ??= ${load}; }`;
  });
  if (names.length === 0) return code;
  // Not a property of that name; after `...` it is the import.
  const used = new RegExp(`(\\bnew )?(?<![\\w$#])(?<!(?<!\\.\\.)\\.)(${names.join('|')})(?=\\.)`, 'g');
  return lazy.replace(used, (_, instance, name) => (instance ? `new (${name}())` : `${name}()`));
};
