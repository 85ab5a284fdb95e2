/** `http:invoke` and `apigateway:invoke` (Step Functions Developer Guide, "Call HTTPS APIs", "Create API Gateway REST APIs"). */
import { isArray, isObject, type Json, type JsonObject, parseJson, stringifyJson } from '../engine/data';
import { type Connection, reasonOf } from './connections';
import type { HttpResponse } from './http-response';
import type { ServiceResult } from './service-call';
import type { ServiceFailure } from './service-error';

/** How long an HTTP Task waits for the whole response, in milliseconds. */
const TIMEOUT = 60_000;

/** Headers that Step Functions sets itself or removes. */
const RESERVED =
  /^(host|user-agent|range|connection|expect|te|trailer|upgrade|via|from|origin|pragma|referer|server|date|warning|forwarded|content-(encoding|length|md5)|transfer-encoding|accept-(charset|datetime|encoding)|cache-control|max-forwards|proxy-.*|if-.*|x-forwarded-.*|x-amzn?-.*)$/i;

/** What a request is answered with: the response's parts, or the failure of the Task. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
  /** The time limit in milliseconds (default: that of HTTP Tasks). */
  readonly timeout?: number;
}

/** A request that cannot be made. */
export class HttpRequestError extends Error {
  override readonly name = 'HttpRequestError';
}

/**
 * The request of an HTTP Task. What the connection adds overrides the Task's own headers and parameters.
 * @throws HttpRequestError
 */
export function httpRequest(
  request: JsonObject,
  connection: Connection,
  { region, signal }: { readonly region: string; readonly signal: AbortSignal },
): HttpRequest {
  const method = textOf(request.Method).toUpperCase();
  const url = endpointUrl(textOf(request.ApiEndpoint));
  addQuery(url, { ...objectOf(request.QueryParameters), ...connection.query });
  const headers = new Headers();
  for (const [name, value] of Object.entries({ ...objectOf(request.Headers), ...connection.headers })) {
    if (!RESERVED.test(name)) headers.set(name, textOf(value as Json));
  }
  const body = bodyOf(request, connection, headers);
  if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
  headers.set('user-agent', `Amazon|StepFunctions|HttpInvoke|${region}`);
  headers.set('range', 'bytes=0-262144');
  return { url, method, headers, body: ['GET', 'HEAD'].includes(method) ? undefined : body, signal };
}

/** Step Functions calls HTTPS only; on this machine, a server without TLS is called too. */
function endpointUrl(text: string): URL {
  if (!URL.canParse(text)) throw new HttpRequestError(`The ApiEndpoint is not a valid URL: ${text}`);
  const url = new URL(text);
  const isLocal = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)) return url;
  throw new HttpRequestError(`The ApiEndpoint must be an HTTPS endpoint: ${text}`);
}

function bodyOf(
  { RequestBody, Transform }: JsonObject,
  { body }: Connection,
  headers: Headers,
): string | undefined {
  const more = Object.keys(body).length > 0;
  if (typeof RequestBody === 'string' && more) {
    throw new HttpRequestError(
      'The RequestBody is a string, and the connection has body parameters: they cannot be merged.',
    );
  }
  if (RequestBody === undefined && !more) return undefined;
  const merged: Json = more ? { ...objectOf(RequestBody), ...body } : (RequestBody ?? null);
  const transform = objectOf(Transform);
  const isForm = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (isForm && transform.RequestBodyEncoding === 'URL_ENCODED' && isObject(merged)) {
    const format = textOf(objectOf(transform.RequestEncodingOptions).ArrayFormat) || 'INDICES';
    return formOf(merged, format);
  }
  return typeof merged === 'string' ? merged : stringifyJson(merged);
}

/** A JSON object as a form; `format` says how arrays are written ("Applying URL-encoding on request body"). */
function formOf(object: JsonObject, format: string): string {
  const pairs: [string, string][] = [];
  const add = (name: string, value: Json): void => {
    if (isArray(value)) {
      if (format === 'NONE') return;
      if (format === 'COMMAS') pairs.push([name, value.map(textOf).join(',')]);
      else
        value.forEach((item, index) => {
          const suffix = { BRACKETS: '[]', REPEAT: '' }[format] ?? `[${index}]`;
          add(`${name}${suffix}`, item);
        });
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) add(`${name}[${key}]`, item);
    } else pairs.push([name, textOf(value)]);
  };
  for (const [name, value] of Object.entries(object)) add(name, value);
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

/** The request of `apigateway:invoke`: to the API's own host, or to the path that emulators serve an API at. */
export function apiGatewayRequest(request: JsonObject, endpoint: string, signal: AbortSignal): HttpRequest {
  const host = textOf(request.ApiEndpoint);
  const parts = [request.Stage, request.Path].map((part) => textOf(part).replace(/^\//, '')).filter(Boolean);
  const [api = ''] = host.split('.');
  const own = /^https?:\/\//.test(host) ? host : undefined;
  const [stage = '', ...path] = parts;
  const base =
    own ?? (endpoint === 'aws' ? `https://${host}` : `${endpoint}/restapis/${api}/${stage}/_user_request_`);
  const rest = own !== undefined || endpoint === 'aws' ? parts : path;
  if (!URL.canParse(base)) throw new HttpRequestError(`The ApiEndpoint is not a host name: ${host}`);
  const url = new URL([base.replace(/\/$/, ''), ...rest].join('/'));
  addQuery(url, objectOf(request.QueryParameters));
  const headers = new Headers();
  for (const [name, value] of Object.entries(objectOf(request.Headers))) {
    for (const each of isArray(value) ? value : [value]) headers.append(name, textOf(each));
  }
  const { RequestBody: body } = request;
  const method = textOf(request.Method).toUpperCase();
  const hasBody = body !== undefined && (body !== null || request.AllowNullValues === true);
  if (hasBody && !headers.has('content-type')) headers.set('content-type', 'application/json');
  return {
    url,
    method,
    headers,
    body: hasBody && !['GET', 'HEAD'].includes(method) ? stringifyJson(body) : undefined,
    signal,
    timeout: 30_000,
  };
}

/** A response with any status. */
interface HttpAnswer extends HttpResponse {
  /** The body as its type says: JSON as a value. */
  readonly value: Json;
}

/**
 * Sends a request and reads its response. Redirects are not followed.
 * @param socketError the error name of a request that gets no response
 */
export async function exchange(
  { url, method, headers, body, signal, timeout = TIMEOUT }: HttpRequest,
  socketError: string,
): Promise<HttpAnswer | ServiceFailure> {
  const limit = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, limit]),
      ...(body !== undefined && { body }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      body: bytes.toString('utf8'),
      value: decoded(bytes, response.headers.get('content-type') ?? ''),
    };
  } catch (error) {
    const reason = limit.aborted ? `No complete response within ${timeout / 1000} seconds` : reasonOf(error);
    return { error: socketError, cause: `${method} ${url.origin}${url.pathname}: ${reason}` };
  }
}

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/**
 * The result of an HTTP Task.
 * @param statusError the error name of a response whose status is not 2xx, without the status
 * @param socketError the error name of a request that gets no response
 * @param onResponse called with every response
 */
export async function sendHttp(
  request: HttpRequest,
  { statusError, socketError }: { readonly statusError: string; readonly socketError: string },
  onResponse?: (response: HttpResponse) => void,
): Promise<ServiceResult> {
  const answer = await exchange(request, socketError);
  if ('error' in answer) return answer;
  onResponse?.(answer);
  const { status, statusText, headers, body, value } = answer;
  if (!isSuccess(status)) return { error: `${statusError}.${status}`, cause: body || statusText };
  return {
    output: {
      Headers: Object.fromEntries([...headers].map(([name, value]) => [name, [value]])),
      ResponseBody: value,
      StatusCode: status,
      StatusText: statusText,
    },
  };
}

/** JSON as a value, text as text, anything else in base64. */
function decoded(bytes: Buffer, type: string): Json {
  const body = bytes.toString('utf8');
  if (/[/+]json\b/.test(type)) {
    try {
      return body === '' ? '' : parseJson(body);
    } catch {
      return body;
    }
  }
  return Buffer.from(body).equals(bytes) ? body : bytes.toString('base64');
}

export function addQuery(url: URL, parameters: JsonObject): void {
  for (const [name, value] of Object.entries(parameters)) {
    for (const each of isArray(value) ? value : [value]) url.searchParams.append(name, textOf(each));
  }
}

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

export const textOf = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : stringifyJson(value);
