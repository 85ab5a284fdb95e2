'use strict';

/** Errors as the Node.js runtime of AWS Lambda creates and formats them. */

const util = require('node:util');

const taskRoot = process.env.LAMBDA_TASK_ROOT ?? process.cwd();

/** The Node.js version that the function's runtime names, which may be another than that of this process. */
const runtimeMajor = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '')?.[1]);
/** From nodejs24.x AWS uses another client (4.x), without callbacks and with other words for some errors. */
const beforeNode24 = runtimeMajor < 24;

/**
 * An error of the runtime itself, named as AWS names it.
 * @param {string} name such as `ImportModuleError` @param {string} message @returns {Error}
 */
function runtimeError(name, message) {
  // JSON logs show the name of the class, and text logs of nodejs24.x a property of the error.
  const { [name]: Type } = { [name]: class extends Error {} };
  Type.prototype.name = `Runtime.${name}`;
  const error = new Type(message);
  Error.captureStackTrace(error, runtimeError);
  return beforeNode24 ? error : Object.assign(error, { name: error.name });
}

/** @param {unknown} value @returns {value is Error} */
const isError = (value) => value instanceof Error || util.types.isNativeError(value);

/** Until nodejs22.x, everything that looks like an error counts as one. @param {any} value @returns {value is Error} */
const looksLikeError = (value) =>
  ['name', 'message', 'stack'].every((key) => typeof value?.[key] === 'string' && value[key] !== '');

/** The paths of the runtime's files; in a frame of a stack they are URLs on AWS. */
const RUNTIME_FILE = new RegExp(
  `(\\(|\\bat (?:async )?)?${__dirname.replaceAll(/[^\w/]/g, '\\$&')}/\\w+\\.cjs`,
  'g',
);

/** Replaces local paths with those on AWS, so that an error reads the same. @param {string} text */
const portable = (text) =>
  text
    .replaceAll(taskRoot, '/var/task')
    .replaceAll(RUNTIME_FILE, (_, frame) => `${frame ? `${frame}file://` : ''}/var/runtime/index.mjs`);

/** @param {string} text */
const escaped = (text) => portable(text).replaceAll('\x7F', '%7F');

/** An error as the caller of the function receives it. @param {unknown} error */
function formatError(error) {
  try {
    if (!isError(error) && !(beforeNode24 && looksLikeError(error))) {
      return { errorType: typeof error, errorMessage: String(error), trace: [] };
    }
    // Without a stack, the client of nodejs22.x fails here.
    const stack = error.stack ?? (beforeNode24 ? undefined : '');
    return {
      errorType: escaped(error.name),
      errorMessage: escaped(error.message),
      trace: escaped(/** @type {string} */ (stack))
        .split('\n')
        .slice(stack === '' ? 1 : 0),
    };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      ...(!beforeNode24 && { trace: [] }),
    };
  }
}

module.exports = { runtimeMajor, beforeNode24, runtimeError, isError, portable, formatError };
