import type { Context } from 'hono';
import type { AwsError } from '../aws-error';
import { jsonError } from './json-protocol';
import { isQuery, queryError, xmlError } from './query-protocol';
import { restError } from './rest-protocol';
import type { AppEnvironment } from './rpc';

/** An error in the protocol of the request: S3's XML, AWS JSON, Query, or REST-JSON. */
export function protocolError(c: Context<AppEnvironment>, error: AwsError): Response {
  if (c.get('credential')?.service === 's3') {
    const response = xmlError(error);
    return c.req.method === 'HEAD' ? new Response(null, response) : response;
  }
  if (c.req.header('x-amz-target') !== undefined) return jsonError(error, {});
  if (isQuery(c.req)) return queryError(error, c.get('requestId'));
  return restError(error);
}
