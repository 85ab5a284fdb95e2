import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'hono';
import type { Credential } from '../credential';
import { isQuery } from './query-protocol';
import type { AppEnvironment } from './rpc';
import type { SignedRequest } from './signature';

/** In which form the client of a request reads an error: S3's XML, AWS JSON, Query, or REST-JSON. */
export type Protocol = 's3' | 'json' | 'query' | 'rest';

/** A request, as far as the checks of access read it. */
export interface ReceivedRequest extends SignedRequest {
  /** Without the path of the endpoint, and without the query. */
  readonly path: string;
  readonly credential: Credential | undefined;
  readonly protocol: () => Protocol;
}

/** As Node received it: the paths of endpoints, and what the headers contain twice, are part of what is signed. */
export function receivedRequest(c: Context<AppEnvironment>): ReceivedRequest {
  const { incoming } = (c.env ?? {}) as { incoming?: { url: string; headers: IncomingHttpHeaders } };
  const { method, url, headers } = c.req.raw;
  const rest = {
    method,
    path: c.req.path,
    credential: c.get('credential'),
    protocol: () => protocolOf(c),
  };
  if (incoming) return { ...rest, target: incoming.url, header: headerOf(incoming.headers) };
  const { pathname, search, host } = new URL(url);
  return {
    ...rest,
    target: pathname + search,
    header: (name) => headers.get(name) ?? (name === 'host' ? host : undefined),
  };
}

/** Finds a header of a request of Node's by its name in small letters. */
export const headerOf = (headers: IncomingHttpHeaders) => (name: string) => headers[name]?.toString();

export function protocolOf(c: Context<AppEnvironment>): Protocol {
  if (c.get('credential')?.service === 's3') return 's3';
  if (c.req.header('x-amz-target') !== undefined) return 'json';
  return isQuery(c.req) ? 'query' : 'rest';
}
