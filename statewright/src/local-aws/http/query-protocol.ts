import { XMLBuilder } from 'fast-xml-parser';
import type { HonoRequest } from 'hono';
import { isObject } from '../../is-object';
import { AwsError } from '../aws-error';
import { RequestError } from '../request-error';
import type { CheckCall } from './check-call';
import { asAwsError, findOperation, notImplemented, type Operations } from './operation';

/** A service that speaks AWS Query: requests are forms, answers are XML. */
export interface QueryService {
  /** As IAM writes it, such as `iam`. */
  readonly name: string;
  /** The XML namespace of its answers. */
  readonly namespace: string;
  readonly operations: Operations;
  /** The error code for a missing member. */
  readonly invalid: string;
  /** The members of its answers that are percent-encoded. */
  readonly percentEncoded?: readonly string[];
}

export const xml = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });

/**
 * Answers one AWS Query request (Smithy, "AWS query protocol").
 *
 * @param services those that the request may be for
 * @param serviceName the name of the service for the error that no operation is found
 */
export async function answerQuery(
  services: readonly QueryService[],
  body: string,
  requestId: string,
  serviceName: string,
  checkCall?: CheckCall,
): Promise<Response> {
  let [service] = services;
  try {
    const members = readForm(body);
    const action = members.Action;
    if (typeof action !== 'string') throw new AwsError('MissingAction', 'Missing Action');
    const found = services.find(({ operations }) => findOperation(operations, action));
    if (found === undefined) throw notImplemented(serviceName, action);
    service = found;
    checkCall?.(service.name, action, members);
    const result = await findOperation(service.operations, action)?.(members, 'text');
    return xmlResponse(200, {
      [`${action}Response`]: {
        '@xmlns': service.namespace,
        ...(result !== undefined && { [`${action}Result`]: showXml(result, service.percentEncoded ?? []) }),
        ResponseMetadata: { RequestId: requestId },
      },
    });
  } catch (failure) {
    const error = asAwsError(failure, {
      unreadable: 'MalformedQueryString',
      invalid: service?.invalid ?? 'ValidationError',
    });
    return queryError(error, requestId, service?.namespace);
  }
}

/** Whether a request is of the Query protocol: a form, or its members in the URL. */
export const isQuery = (request: HonoRequest): boolean =>
  request.path === '/' &&
  (request.query('Action') !== undefined ||
    (request.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false));

/** An error as all Query services write it. */
export const queryError = (
  { code, message, status }: AwsError,
  requestId: string,
  namespace?: string,
): Response =>
  xmlResponse(status, {
    ErrorResponse: {
      ...(namespace !== undefined && { '@xmlns': namespace }),
      Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
      RequestId: requestId,
    },
  });

const xmlResponse = (status: number, document: object) =>
  new Response(xml.build(document), { status, headers: { 'content-type': 'text/xml' } });

/** An error as S3 writes it (S3 API Reference, "REST error responses"). */
export const xmlError = ({ code, message, status }: AwsError): Response =>
  xmlResponse(status, { Error: { Code: code, Message: message } });

/** Values as XML elements: a list's items are `member` elements, and Dates are ISO 8601. */
function showXml(value: unknown, encoded: readonly string[]): unknown {
  if (Array.isArray(value)) return { member: value.map((item) => showXml(item, encoded)) };
  if (value instanceof Date) return value.toISOString();
  if (!isObject(value)) return String(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      encoded.includes(name) ? encodeURIComponent(String(member)) : showXml(member, encoded),
    ]),
  );
}

interface Nested {
  [name: string]: string | Nested;
}

/** A form such as `Tags.member.1.Key=a` as nested members. @throws RequestError */
function readForm(body: string): Readonly<Record<string, unknown>> {
  const root: Nested = Object.create(null) as Nested;
  for (const [path, value] of new URLSearchParams(body)) {
    const names = path.split('.');
    const last = names.pop() as string;
    let parent = root;
    for (const name of names) {
      parent[name] ??= Object.create(null) as Nested;
      const child = parent[name];
      if (typeof child === 'string')
        throw new RequestError('unreadable', `The form has both a value and members for ${name}.`);
      parent = child;
    }
    if (parent[last] !== undefined) throw new RequestError('unreadable', `The form has ${path} twice.`);
    parent[last] = value;
  }
  return gatherLists(root) as Readonly<Record<string, unknown>>;
}

/** Turns `{member: {1: a, 2: b}}` into `[a, b]`. */
function gatherLists(value: string | Nested): unknown {
  if (typeof value === 'string') return value;
  const { member } = value;
  if (isObject(member)) {
    const items = Object.entries(member).sort(([a], [b]) => Number(a) - Number(b));
    return items.map(([, item]) => gatherLists(item));
  }
  return Object.fromEntries(Object.entries(value).map(([name, nested]) => [name, gatherLists(nested)]));
}
