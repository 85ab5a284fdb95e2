'use strict';

/** Writes a handler's console and standard streams to the log, as the Node.js runtime of AWS Lambda does. */

const util = require('node:util');
const { formatError, isError, portable } = require('./errors.cjs');

const jsonLogs = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/**
 * Makes each console message an event of the log.
 * @param {(event: { type: 'log', text: string }) => void} report
 * @param {() => string | undefined} requestId of the current invocation
 */
function patchConsole(report, requestId) {
  const least = LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL ?? 'TRACE');
  for (const level of LEVELS) {
    const silent = jsonLogs && LEVELS.indexOf(level) < least;
    /** A call without a message logs `undefined`. @param {unknown} [message] @param {...unknown} others */
    const log = (message, ...others) => {
      if (!silent)
        report({
          type: 'log',
          text: (jsonLogs ? jsonLine : textLine)(requestId(), level, [message, ...others]),
        });
    };
    Object.assign(console, { [level.toLowerCase()]: log }, level === 'INFO' ? { log } : {});
  }
}

/** The standard streams that the handler has used. @type {Set<NodeJS.WriteStream>} */
const usedStreams = new Set();

/** Records the use of the standard streams: creating a stream just to find it empty would slow every start. */
function watchStandardStreams() {
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    const { get, ...descriptor } = Object.getOwnPropertyDescriptor(process, name) ?? {};
    const used = () => {
      const stream = get?.call(process);
      usedStreams.add(stream);
      return stream;
    };
    Object.defineProperty(process, name, { ...descriptor, get: used });
  }
}

/** Waits until the output on the standard streams is written: afterwards the process stands still. */
const flushStandardStreams = () =>
  Promise.all([...usedStreams].map((stream) => new Promise((resolve) => stream.write('', resolve))));

/** @param {string | undefined} requestId @param {string} level @param {unknown[]} values */
const textLine = (requestId, level, values) => {
  const text = util.format(...values);
  return `${new Date().toISOString()}\t${requestId}\t${level}\t${values.some(isError) ? portable(text) : text}\n`;
};

/** @param {string | undefined} requestId @param {string} level @param {unknown[]} values */
function jsonLine(requestId, level, values) {
  const line = { timestamp: new Date().toISOString(), level, requestId };
  const [message, ...others] = values;
  if (others.length === 0) {
    try {
      return JSON.stringify({ ...line, message }, (_key, value) =>
        isError(value) ? { ...errorFields(value), ...value } : value,
      );
    } catch {
      return JSON.stringify({ ...line, message: util.format(message) });
    }
  }
  const text = util.format(...values);
  const error = others.find(isError);
  return JSON.stringify({
    ...line,
    message: error ? portable(text) : text,
    ...(error && errorFields(error)),
  });
}

/** @param {Error} error */
const errorFields = (error) => ({
  errorType: error.constructor?.name ?? 'UnknownError',
  errorMessage: portable(error.message),
  stackTrace: error.stack === undefined ? [] : portable(error.stack).split('\n'),
});

/** Writes an error that ended an invocation to the log. @param {string} title @param {unknown} thrown */
function logError(title, thrown) {
  const error = isError(thrown) ? thrown : new Error(String(thrown));
  if (jsonLogs) return console.error(error);
  /** @type {string} */
  let shown;
  try {
    shown = portable(JSON.stringify(error, (_key, value) => (isError(value) ? allFields(value) : value)));
  } catch {
    shown = JSON.stringify(formatError(error));
  }
  console.error(title, `\t${shown}`);
}

/** @param {Error & { code?: unknown }} error */
const allFields = (error) => ({
  errorType: error.name,
  errorMessage: error.message,
  code: error.code,
  ...error,
  ...(typeof error.stack === 'string' && { stack: error.stack.split('\n') }),
});

module.exports = { patchConsole, logError, watchStandardStreams, flushStandardStreams };
