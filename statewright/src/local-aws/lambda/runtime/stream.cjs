'use strict';

/** Response streaming, as the Node.js runtime of AWS Lambda offers it to a handler (Lambda Developer Guide, "Response streaming"). */

const { runtimeError } = require('./errors.cjs');

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/** What stands between the metadata of an HTTP response and its body. */
const DELIMITER = new Uint8Array(8);

/** Makes `awslambda` global, with which a handler says that it streams its response. */
function defineGlobal() {
  if (['1', 'true'].includes(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA ?? '')) return;
  const streamifyResponse = (/** @type {any} */ handler, /** @type {any} */ options) => {
    handler[STREAMING] = 'response';
    if (typeof options?.highWaterMark === 'number') handler[WATER_MARK] = Math.trunc(options.highWaterMark);
    return handler;
  };
  const HttpResponseStream = {
    from: (/** @type {any} */ stream, /** @type {unknown} */ metadata) => {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      stream.prelude = [JSON.stringify(metadata), DELIMITER];
      return stream;
    },
  };
  Object.assign(globalThis, { awslambda: { streamifyResponse, HttpResponseStream } });
}

/** @param {any} handler @returns {boolean} */
function isStreaming(handler) {
  if (!handler[STREAMING]) return false;
  if (handler[STREAMING] === 'response') return true;
  throw runtimeError('MalformedStreamingHandler', 'Only response streaming is supported.');
}

/**
 * The stream that a handler writes its response to.
 * @param {any} handler @param {(bytes: Buffer) => void} send
 */
function responseStream(handler, send) {
  // Loaded by the functions that need it: it would slow down the start of the others.
  const { Writable } = require('node:stream');
  const stream = new Writable({
    ...(handler[WATER_MARK] && { highWaterMark: handler[WATER_MARK] }),
    write: (chunk, _encoding, done) => {
      send(chunk);
      done();
    },
  });
  let begun = false;
  const write = stream.write.bind(stream);
  return Object.assign(stream, {
    /** @type {unknown[]} Is written before the first chunk. */
    prelude: [],
    setContentType: (/** @type {string} */ _type) => {
      if (begun) throw runtimeError('InvalidStreamingOperation', 'Cannot set content-type, too late.');
    },
    write: (/** @type {any} */ chunk, /** @type {any[]} */ ...others) => {
      if (!begun) {
        begun = true;
        for (const part of stream.prelude) write(part);
      }
      const isData = typeof chunk === 'string' || chunk instanceof Uint8Array;
      return write(isData ? chunk : JSON.stringify(chunk), ...others);
    },
  });
}

/**
 * Calls a streaming handler, and waits until it has ended its response.
 * @param {Function} handler @param {unknown} event @param {ReturnType<typeof responseStream>} stream @param {object} context
 */
async function callWithStream(handler, event, stream, context) {
  const finished = new Promise((resolve, reject) => {
    stream.once('finish', resolve).once('error', reject);
    process.once('beforeExit', () => reject(new Error('Response stream is not finished.')));
  });
  // The handler's own error comes first.
  finished.catch(() => {});
  const result = handler(event, stream, context);
  if (typeof result?.then !== 'function') throw new Error('Streaming does not support non-async handlers.');
  const value = await Promise.race([result, finished.then(() => result)]);
  if (value !== undefined) console.warn('Streaming handlers ignore return values.');
  await finished;
  process.removeAllListeners('beforeExit');
}

module.exports = { callWithStream, defineGlobal, isStreaming, responseStream };
