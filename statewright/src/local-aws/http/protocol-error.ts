import type { Context } from 'hono';
import type { AwsError } from '../aws-error';
import { jsonError } from './json-protocol';
import { queryError, xmlError } from './query-protocol';
import { protocolOf } from './received-request';
import { restError } from './rest-protocol';
import type { AppEnvironment } from './rpc';

/** An error in the protocol of the request: S3's XML, AWS JSON, Query, or REST-JSON. */
export function protocolError(c: Context<AppEnvironment>, error: AwsError): Response {
  const protocol = protocolOf(c);
  if (protocol === 's3') {
    const response = xmlError(error);
    return c.req.method === 'HEAD' ? new Response(null, response) : response;
  }
  if (protocol === 'json') return jsonError(error);
  return protocol === 'query' ? queryError(error, c.get('requestId')) : restError(error);
}
