import { credentialOf } from '../credential';
import { OWN_SERVICES } from '../upstream';
import { isApiPath } from './api-path';

/**
 * A request without the path of its endpoint: to an endpoint such as `http://127.0.0.1:4566/aws`, an SDK sends
 * `/aws/2015-03-31/functions`. In a request for S3 or another service's, the path may as well be its own.
 */
export function withoutBasePath(request: Request): Request {
  const { origin, pathname, search } = new URL(request.url);
  if (pathname === '/' || isApiPath(pathname)) return request;
  const { service = '' } = credentialOf(request) ?? {};
  if (!OWN_SERVICES.has(service)) return request;
  const path = service === 'lambda' ? /\/\d{4}-\d{2}-\d{2}\/.*$/s.exec(pathname)?.[0] : '/';
  if (path === undefined) return request;
  const { method, headers, body, signal } = request;
  return new Request(origin + path + search, {
    method,
    headers,
    body,
    signal,
    duplex: 'half',
  } as RequestInit);
}
