import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EnvironmentRequest } from '../execution-environment';

/** How a runtime answers an invocation. */
export type RuntimeAnswer =
  | { readonly kind: 'response'; readonly payload: string }
  | { readonly kind: 'tooLarge'; readonly size: number }
  | { readonly kind: 'error'; readonly payload: string; readonly errorType: string };

/** Told what a runtime does. */
interface RuntimeListener {
  /** It can take the next invocation. */
  next(): void;
  answer(answer: RuntimeAnswer): void;
  /** It cannot work. @returns false when its init phase has already ended */
  initError(error: RuntimeAnswer): boolean;
}

/** The largest response, in bytes: slightly over 6 MB (Lambda Developer Guide, "Lambda quotas"). */
const RESPONSE_LIMIT = 6_291_556;
/** Clients send the error's stack for X-Ray in a header of up to 1 MB. */
const HEADERS_LIMIT = 2_097_152;

const BASE = '/2018-06-01/runtime/';

/**
 * The Runtime API of one execution environment (Lambda Developer Guide, "Using the Lambda runtime API for custom
 * runtimes"). Whatever a runtime sends, the server answers and stays up.
 */
export class RuntimeApiServer {
  readonly #listener: RuntimeListener;
  /** The request for the next invocation, which waits for one. */
  #waiting: ServerResponse | undefined;
  /** An invocation that has not been answered. */
  #invocation: EnvironmentRequest | undefined;
  readonly #server = createServer(
    { maxHeaderSize: HEADERS_LIMIT, keepAliveTimeout: 0, requestTimeout: 0 },
    (request, response) => {
      // The process may end at any time.
      request.on('error', () => {});
      response.on('error', () => {});
      void this.#serve(request, response);
    },
  );

  constructor(listener: RuntimeListener) {
    this.#listener = listener;
    // Only a working process keeps this one from ending.
    this.#server.unref();
    this.#server.on('connection', (socket) => socket.unref());
  }

  /** Starts to listen. @returns the address, as AWS_LAMBDA_RUNTIME_API has it */
  listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () =>
        resolve(`127.0.0.1:${(this.#server.address() as AddressInfo).port}`),
      );
    });
  }

  /** Gives an invocation to the runtime, when it asks for the next one. */
  send(invocation: EnvironmentRequest): void {
    this.#invocation = invocation;
    this.#sendNext();
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    const operation = url.startsWith(BASE) ? url.slice(BASE.length) : '';
    const [, id, kind] = /^invocation\/([^/]+)\/(response|error)$/.exec(operation) ?? [];
    if (method === 'GET' && operation === 'invocation/next') this.#next(response);
    else if (method === 'POST' && operation === 'init/error') {
      const error = errorIn(request, await bodyOf(request));
      if (this.#listener.initError(error)) accept(response);
      else refuseState(response);
    } else if (method === 'POST' && id !== undefined) {
      const body = await bodyOf(request);
      this.#answer(id, response, kind === 'error' ? errorIn(request, body) : responseIn(request, body));
    } else refuse(response, 404, 'NotFound', `${method} ${url} is not an operation of the Runtime API.`);
  }

  #next(response: ServerResponse): void {
    if (this.#invocation !== undefined) {
      refuseState(response);
      return;
    }
    this.#waiting = response;
    this.#listener.next();
  }

  #answer(id: string, response: ServerResponse, answer: RuntimeAnswer): void {
    if (id !== this.#invocation?.requestId) {
      refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
      return;
    }
    this.#invocation = undefined;
    this.#listener.answer(answer);
    if (answer.kind === 'tooLarge') {
      const message = `Exceeded maximum allowed payload size (${RESPONSE_LIMIT} bytes).`;
      refuse(response, 413, 'RequestEntityTooLarge', message);
    } else accept(response);
  }

  #sendNext(): void {
    const invocation = this.#invocation;
    const response = this.#waiting;
    if (invocation === undefined || response === undefined) return;
    this.#waiting = undefined;
    const { requestId, event, timeout, functionArn, traceHeader, clientContext } = invocation;
    // As bytes: with a text, the headers would be sent in its encoding.
    const body = Buffer.from(event);
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      'Lambda-Runtime-Aws-Request-Id': requestId,
      'Lambda-Runtime-Deadline-Ms': Date.now() + timeout,
      'Lambda-Runtime-Invoked-Function-Arn': functionArn,
      'Lambda-Runtime-Trace-Id': traceHeader,
      ...(clientContext !== undefined && { 'Lambda-Runtime-Client-Context': headerText(clientContext) }),
    });
    response.end(body);
  }
}

/** A body, and its size in bytes. Of a body that is too large, only the size is kept. */
interface Body {
  readonly text: string;
  readonly size: number;
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size <= RESPONSE_LIMIT) chunks.push(chunk);
    }
  } catch {
    // The process has ended before it had sent everything.
  }
  return { text: Buffer.concat(chunks).toString(), size };
}

/** A response that was streamed may end with an error, in the trailers. */
function responseIn({ trailers }: IncomingMessage, { text, size }: Body): RuntimeAnswer {
  const errorType = trailers['lambda-runtime-function-error-type'];
  if (typeof errorType === 'string') {
    const body = Buffer.from(String(trailers['lambda-runtime-function-error-body'] ?? ''), 'base64');
    return { kind: 'error', payload: body.toString(), errorType: knownType(errorType) };
  }
  return size > RESPONSE_LIMIT ? { kind: 'tooLarge', size } : { kind: 'response', payload: text };
}

/** The body is the payload unchanged, whether it is JSON or not. */
function errorIn({ headers }: IncomingMessage, { text, size }: Body): RuntimeAnswer {
  if (size > RESPONSE_LIMIT) return { kind: 'tooLarge', size };
  return {
    kind: 'error',
    payload: text,
    errorType: knownType(String(headers['lambda-runtime-function-error-type'] ?? '')),
  };
}

/** Of the types that a runtime reports, the log has only these (AWS's Runtime Interface Emulator, "fatalerror"). */
function knownType(type: string): string {
  if (/(Runtime|Function)\.[A-Z][a-zA-Z]+/.test(type)) return type;
  return type.startsWith('Function.') ? 'Function.Unknown' : 'Runtime.Unknown';
}

/** JSON as a header can carry it: its bytes in UTF-8, none of them a control character. */
const headerText = (value: unknown) =>
  Buffer.from(JSON.stringify(value).replaceAll('\x7f', '\\u007f')).toString('latin1');

const accept = (response: ServerResponse) => answerJson(response, 202, { status: 'OK' });

const refuse = (response: ServerResponse, status: number, errorType: string, errorMessage: string) =>
  answerJson(response, status, { errorMessage, errorType });

const refuseState = (response: ServerResponse) =>
  refuse(response, 403, 'InvalidStateTransition', 'The runtime cannot do this now.');

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
