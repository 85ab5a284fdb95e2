'use strict';

/** Errors as the Node.js runtime of AWS Lambda creates and formats them. */

const path = require('node:path');
const util = require('node:util');

const taskRoot = process.env.LAMBDA_TASK_ROOT ?? process.cwd();

/** An error of the runtime itself, named as AWS names it. */
class RuntimeError extends Error {
  /** @param {string} name @param {string} message */
  constructor(name, message) {
    super(message);
    this.name = `Runtime.${name}`;
  }
}

/** @param {unknown} value @returns {value is Error} */
const isError = (value) => value instanceof Error || util.types.isNativeError(value);

/** Replaces local paths with those on AWS, so that an error reads the same. @param {unknown} text */
const portable = (text) =>
  String(text)
    .replaceAll(taskRoot, '/var/task')
    .replaceAll(path.join(__dirname, 'bootstrap.cjs'), '/var/runtime/index.mjs')
    .replaceAll('\x7F', '%7F');

/** @param {unknown} error */
function formatError(error) {
  if (!isError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return {
    errorType: portable(error.name),
    errorMessage: portable(error.message),
    trace: error.stack === undefined ? [] : portable(error.stack).split('\n'),
  };
}

module.exports = { RuntimeError, isError, portable, formatError };
