'use strict';

/**
 * The program of an execution environment: loads the function's handler, then answers one invocation after another, as
 * the Node.js runtime of AWS Lambda does (its errors and log lines have that runtime's formats).
 *
 * It is plain CommonJS and imports only files next to it, so that a child process starts fast and without a loader. It
 * reads and writes lines of JSON: invocations arrive on file descriptor 3, everything else goes out on 4. Both are used
 * synchronously: a written line arrives even if the handler then ends the process, and between invocations the process
 * stands still, as a frozen environment does. When the parent closes file descriptor 3, this process ends.
 */

const fs = require('node:fs');
const path = require('node:path');
const { explainMissingSdk, guardAws } = require('./aws.cjs');
const { runtimeMajor, beforeNode24, runtimeError, formatError, isError } = require('./errors.cjs');
const { flushStandardStreams, logError, patchConsole, watchStandardStreams } = require('./log.cjs');
const { callWithStream, defineGlobal, isStreaming, responseStream } = require('./stream.cjs');

const INVOCATIONS = 3;
const REPORTS = 4;
/** The largest response, in bytes: slightly over 6 MB (Lambda Developer Guide, "Lambda quotas"). */
const RESPONSE_LIMIT = 6_291_556;

const taskRoot = process.env.LAMBDA_TASK_ROOT ?? process.cwd();

/** The current invocation. @type {{ requestId: string } | undefined} */
let current;

// --- the connection to the parent process

/** @param {Record<string, unknown>} message */
function report(message) {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  try {
    for (let sent = 0; sent < bytes.length; ) sent += fs.writeSync(REPORTS, bytes, sent);
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}

/** Waits for the next invocation; the whole process stands still meanwhile. */
function nextInvocation() {
  /** @type {Buffer[]} */
  const parts = [];
  for (;;) {
    const chunk = Buffer.allocUnsafe(65_536);
    const length = fs.readSync(INVOCATIONS, chunk, 0, chunk.length, null);
    if (length === 0) process.kill(process.pid, 'SIGKILL');
    parts.push(chunk.subarray(0, length));
    if (chunk[length - 1] === 10) return JSON.parse(Buffer.concat(parts).toString());
  }
}

// --- the handler

/** Finds the function that `_HANDLER`, such as `folder/index.handler`, names. */
async function loadHandler() {
  const name = process.env._HANDLER ?? '';
  if (name.includes('..')) {
    throw runtimeError(
      'MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const [, file, property] = /^([^.]*)\.(.*)$/.exec(path.basename(name)) ?? [];
  if (file === undefined || property === undefined) throw runtimeError('MalformedHandlerName', 'Bad handler');

  const module = await loadModule(path.join(path.dirname(name), file));
  const handler = find(module, property) ?? (beforeNode24 ? undefined : find(module?.default, property));
  if (!handler) throw runtimeError('HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw runtimeError('HandlerNotFound', `${name} is not a function`);
  if (!beforeNode24 && handler.length >= 3 && !isStreaming(handler)) {
    throw runtimeError(
      'CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return handler;
}

/** @param {any} module @param {string} property */
const find = (module, property) => property.split('.').reduce((nested, key) => nested?.[key], module);

/** @param {string} name the module's path below the task root, without extension @returns {Promise<any>} */
async function loadModule(name) {
  const base = path.resolve(taskRoot, name);
  try {
    for (const extension of ['', '.js', '.mjs', '.cjs']) {
      const file = base + extension;
      if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
      const isModule =
        extension === '.mjs' || (extension === '.js' && packageType(path.dirname(file)) === 'module');
      return isModule ? await import(file) : await requireFile(file);
    }
    return require(require.resolve(name, { paths: [taskRoot, path.dirname(base)] }));
  } catch (error) {
    explainMissingSdk(error);
    if (error instanceof SyntaxError) {
      const fault = runtimeError('UserCodeSyntaxError', String(error));
      // Shows the line. The client of the runtimes before shows where it noticed the error.
      if (!beforeNode24) fault.stack = error.stack ?? '';
      throw fault;
    }
    if (isError(error) && 'code' in error && error.code === 'MODULE_NOT_FOUND') {
      throw runtimeError('ImportModuleError', String(error));
    }
    throw error;
  }
}

/** From nodejs24.x, a file may also be an ES module that awaits something at its top. @param {string} file */
function requireFile(file) {
  try {
    return require(file);
  } catch (error) {
    const isAsync = isError(error) && 'code' in error && error.code === 'ERR_REQUIRE_ASYNC_MODULE';
    if (isAsync && !beforeNode24) return import(file);
    throw error;
  }
}

/** The `type` of the function's nearest package.json. @param {string} folder @returns {string | undefined} */
function packageType(folder) {
  const file = path.join(folder, 'package.json');
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')).type;
  return folder === taskRoot || folder === path.dirname(folder)
    ? undefined
    : packageType(path.dirname(folder));
}

// --- invocations

/** @typedef {{ requestId: string, event: string, deadline: number, functionArn: string, traceHeader: string, clientContext?: unknown, streaming?: boolean }} Invocation */

/** @param {Invocation} invocation */
const contextOf = ({ requestId, deadline, functionArn, clientContext }) => ({
  clientContext,
  identity: undefined,
  invokedFunctionArn: functionArn,
  awsRequestId: requestId,
  getRemainingTimeInMillis: () => deadline - Date.now(),
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
});

/**
 * Calls a handler that may answer by a callback, by the old methods of the context, or with a promise. A callback's
 * answer waits until the event loop is empty, unless `callbackWaitsForEmptyEventLoop` is false.
 * @param {Function} handler @param {unknown} event @param {object} context
 */
function callWithCallback(handler, event, context) {
  return new Promise((resolve, reject) => {
    const whenIdle = (/** @type {() => void} */ act) => {
      process.removeAllListeners('beforeExit');
      process.once('beforeExit', () => setImmediate(act));
    };
    const done = (/** @type {unknown} */ error, /** @type {unknown} */ result) => {
      process.removeAllListeners('beforeExit');
      if (error === undefined || error === null) resolve(result);
      else reject(error);
    };
    const fail = (/** @type {unknown} */ error) => done(error ?? 'handled', undefined);
    const callback = (/** @type {unknown} */ error, /** @type {unknown} */ result) => {
      const waits = (error === undefined || error === null) && full.callbackWaitsForEmptyEventLoop;
      if (waits) whenIdle(() => resolve(result));
      else done(error, result);
    };
    const full = Object.assign(context, {
      callbackWaitsForEmptyEventLoop: true,
      done,
      fail,
      succeed: (/** @type {unknown} */ result) => done(undefined, result),
    });
    // No answer and no work left: from nodejs22.x an async handler has failed, any other has returned null.
    whenIdle(() => {
      if (runtimeMajor < 22 || handler.constructor.name !== 'AsyncFunction') return resolve(null);
      reject(
        runtimeError(
          'NodeJsExit',
          'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
        ),
      );
    });
    try {
      const result = handler(event, full, callback);
      if (typeof result?.then === 'function')
        result.then((/** @type {unknown} */ value) => done(undefined, value), fail);
    } catch (error) {
      callback(error, undefined);
    }
  });
}

/** @param {unknown} result */
function serialize(result) {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch {
    const message = 'Unable to stringify response body';
    throw beforeNode24 ? new Error(message) : runtimeError('JSONStringifyError', message);
  }
}

/**
 * Calls the handler; returns its response as text.
 * @param {Function} handler @param {Invocation} invocation @returns {Promise<string>}
 */
async function call(handler, invocation) {
  const event = JSON.parse(invocation.event);
  const context = contextOf(invocation);
  if (!isStreaming(handler)) {
    return serialize(
      await (beforeNode24 ? callWithCallback(handler, event, context) : handler(event, context)),
    );
  }
  /** @type {Buffer[]} */
  const chunks = [];
  const send = (/** @type {Buffer} */ bytes) => {
    if (invocation.streaming) report({ type: 'chunk', bytes: bytes.toString('base64') });
    else chunks.push(bytes);
  };
  await callWithStream(handler, event, responseStream(handler, send), context);
  return Buffer.concat(chunks).toString();
}

/** @param {Function} handler @param {Invocation} invocation */
async function answer(handler, invocation) {
  try {
    const payload = await call(handler, invocation);
    await settled();
    const size = Buffer.byteLength(payload);
    if (size > RESPONSE_LIMIT) {
      const fault = 'LAMBDA_RUNTIME Failed to post handler success response. Http response code: 413.';
      report({ type: 'log', text: `[ERROR] [${Date.now()}] ${fault}\n` });
      report({ type: 'tooLarge', size, ...usage() });
    } else report({ type: 'response', payload, ...usage() });
  } catch (error) {
    explainMissingSdk(error);
    await settled();
    logError('Invoke Error', error);
    report({ type: 'error', error: formatError(error), ...usage() });
  }
}

/** Lets what is due now happen, before the process stands still. */
async function settled() {
  await new Promise(setImmediate);
  await flushStandardStreams();
}

/** The most memory that this process has used, in bytes. */
const usage = () => ({ maxMemory: process.resourceUsage().maxRSS * 1024 });

/** Ends the process because of an uncaught error. @param {string} title @param {unknown} error @param {number} status */
function abort(title, error, status) {
  logError(title, error);
  report({ type: 'error', error: formatError(error), exitStatus: status, ...usage() });
  process.exit(status);
}

async function main() {
  patchConsole(report, () => current?.requestId ?? (beforeNode24 ? undefined : '-'));
  watchStandardStreams();
  process.on('uncaughtException', (error) => abort('Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason, promise) => {
    const error = runtimeError('UnhandledPromiseRejection', String(reason));
    abort('Unhandled Promise Rejection', Object.assign(error, { reason, promise }), 128);
  });
  defineGlobal();
  guardAws();

  /** @type {Function} */
  let handler;
  try {
    handler = await loadHandler();
  } catch (error) {
    return abort(beforeNode24 ? 'Uncaught Exception' : 'Init Error', error, 1);
  }
  report({ type: 'ready', ...usage() });
  for (;;) {
    const invocation = nextInvocation();
    current = invocation;
    process.env._X_AMZN_TRACE_ID = invocation.traceHeader;
    await answer(handler, invocation);
    current = undefined;
  }
}

main();
