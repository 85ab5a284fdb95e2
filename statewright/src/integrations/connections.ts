import { isArray, isObject, type JsonObject } from '../engine/data';
import { at } from './json-members';
import { callService } from './service-call';
import type { UpstreamOf } from './upstream';

/**
 * What an EventBridge connection adds to the requests of HTTP Tasks (EventBridge API Reference, CreateConnection:
 * `AuthParameters`).
 */
export interface Connection {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
}

/** A connection by its name, with `AuthParameters` as EventBridge's CreateConnection takes them. */
export type ConnectionParameters = (name: string) => JsonObject | undefined;

/** A connection that does not exist, or cannot be used. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/**
 * Reads a connection from those that the user gave, else from EventBridge at its endpoint.
 * @param arn `arn:aws:events:us-east-1:123456789012:connection/NAME/ID`
 * @throws ConnectionError
 */
export async function readConnection(
  arn: string,
  given: ConnectionParameters | undefined,
  upstreamOf: UpstreamOf | undefined,
  call: { readonly region: string; readonly signal: AbortSignal },
): Promise<Connection> {
  const [, name = ''] = /:connection\/([^/]+)/.exec(arn) ?? [];
  const parameters = given?.(name) ?? (await describe(name, upstreamOf, call));
  const lists = (kind: string) => keyed(at(parameters, 'InvocationHttpParameters', kind));
  return {
    headers: { ...lists('HeaderParameters'), ...(await authorization(parameters, call.signal)) },
    query: lists('QueryStringParameters'),
    body: lists('BodyParameters'),
  };
}

async function describe(
  name: string,
  upstreamOf: UpstreamOf | undefined,
  call: { readonly region: string; readonly signal: AbortSignal },
): Promise<JsonObject> {
  if (upstreamOf?.('eventbridge') === undefined) {
    throw new ConnectionError(
      `The connection ${name} is not known. Name it in a file and pass it with --connections FILE, or pass the address of an emulator that has it with --upstream URL.`,
    );
  }
  const called = { sdk: true, service: 'eventbridge' } as const;
  const answer = await callService(upstreamOf, {
    ...call,
    called,
    operation: 'DescribeConnection',
    request: { Name: name },
  });
  if ('error' in answer) throw new ConnectionError(`${answer.error}: ${answer.cause}`);
  const parameters = answer.output.AuthParameters;
  if (!isObject(parameters)) throw new ConnectionError(`The connection ${name} has no AuthParameters.`);
  return parameters;
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** A list of `{ Key, Value }` as an object. */
function keyed(list: unknown): Record<string, string> {
  if (!isArray(list as never)) return {};
  return Object.fromEntries((list as JsonObject[]).map(({ Key, Value }) => [text(Key), text(Value)]));
}

/** The header that authorizes a request: user and password, a key, or a token of an OAuth server. */
async function authorization(parameters: JsonObject, signal: AbortSignal): Promise<Record<string, string>> {
  const basic = at(parameters, 'BasicAuthParameters');
  if (isObject(basic)) {
    const credentials = Buffer.from(`${text(basic.Username)}:${text(basic.Password)}`).toString('base64');
    return { Authorization: `Basic ${credentials}` };
  }
  const key = at(parameters, 'ApiKeyAuthParameters');
  if (isObject(key)) return { [text(key.ApiKeyName)]: text(key.ApiKeyValue) };
  const oauth = at(parameters, 'OAuthParameters');
  return isObject(oauth) ? { Authorization: `Bearer ${await accessToken(oauth, signal)}` } : {};
}

/** The token of the grant type `client_credentials` (RFC 6749, section 4.4). @throws ConnectionError */
async function accessToken(oauth: JsonObject, signal: AbortSignal): Promise<string> {
  const client = at(oauth, 'ClientParameters');
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: text(at(client, 'ClientID') ?? at(client, 'ClientId')),
    client_secret: text(at(client, 'ClientSecret')),
    ...keyed(at(oauth, 'OAuthHttpParameters', 'BodyParameters')),
  });
  const url = text(oauth.AuthorizationEndpoint);
  const headers = keyed(at(oauth, 'OAuthHttpParameters', 'HeaderParameters'));
  const method = text(oauth.HttpMethod) || 'POST';
  const response = await fetch(url, {
    method,
    signal,
    headers,
    ...(method !== 'GET' && { body: form }),
  }).catch((error) => {
    throw new ConnectionError(`The authorization endpoint ${url} does not answer: ${reasonOf(error)}`);
  });
  const token = response.ok ? at((await response.json()) as JsonObject, 'access_token') : undefined;
  if (token === undefined)
    throw new ConnectionError(`The authorization endpoint ${url} gave no access token: ${response.status}`);
  return text(token);
}

/** What went wrong with a request; `fetch` says it in the error's cause. */
export function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: Error & { code?: string } };
  return cause?.message || cause?.code || message;
}
