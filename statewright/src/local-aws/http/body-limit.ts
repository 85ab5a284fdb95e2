import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AwsError } from '../aws-error';
import { jsonError } from './json-protocol';

/** In bytes. Lambda accepts zips of 50 MB, a third longer in base64; of the others, only S3 needs more than 6 MB. */
const uploadLimit = 70_254_592;
const requestLimit = 6_291_556;

/** Refuses bodies that are bigger than any request of the API they are sent to. */
export function limitBody(): MiddlewareHandler {
  const upload = limit(uploadLimit);
  const request = limit(requestLimit);
  return (c, next) => (isUpload(c.req) ? upload(c, next) : request(c, next));
}

/** Lambda's code or an S3 object; S3 paths do not begin with a date. */
const isUpload = ({ method, path }: { readonly method: string; readonly path: string }) =>
  /^\/2015-03-31\/functions(\/[^/]+\/code)?\/?$/.test(path) ||
  (method === 'PUT' && !/^\/\d{4}-\d{2}-\d{2}\//.test(path));

/** Refuses bodies over a size: by their Content-Length, or once more bytes than that have arrived. */
function limit(maxSize: number): MiddlewareHandler {
  const refuse = () => jsonError(tooLarge(maxSize), {});
  const counting = bodyLimit({ maxSize, onError: refuse });
  return async (c, next) => {
    if (c.req.header('transfer-encoding') !== undefined) return counting(c, next);
    if (Number(c.req.header('content-length') ?? 0) > maxSize) return refuse();
    return next();
  };
}

const tooLarge = (maxSize: number) =>
  new AwsError('RequestEntityTooLargeException', `Request must be smaller than ${maxSize} bytes`, 413);
