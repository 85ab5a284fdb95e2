import { isObject } from '../../is-object';
import { invalidJson } from '../../json-fault';
import type { AwsError } from '../aws-error';
import { RequestError } from '../request-error';
import type { CheckCall } from './check-call';
import { asAwsError, findOperation, notImplemented, type Operations } from './operation';

/** A service that speaks AWS JSON: an operation's name in the `X-Amz-Target` header, members in a JSON body. */
export interface JsonService {
  /** As IAM writes it, such as `states`. */
  readonly name: string;
  readonly version: '1.0' | '1.1';
  readonly operations: Operations;
  /** The error code for a missing member. */
  readonly invalid: string;
}

/** Answers one AWS JSON request (Smithy, "AWS JSON 1.0 and 1.1 protocol"). */
export async function answerJson(
  service: JsonService,
  operationName: string,
  body: string,
  checkCall?: CheckCall,
  hungUp?: () => AbortSignal,
): Promise<Response> {
  const headers = { 'content-type': `application/x-amz-json-${service.version}` };
  try {
    const operation = findOperation(service.operations, operationName);
    if (operation === undefined) throw notImplemented(service.name, operationName);
    const members = readBody(body);
    checkCall?.(service.name, operationName, members);
    const answer = await operation(members, 'json', hungUp);
    // An operation without a result answers with an empty body in JSON 1.1, and with {} in 1.0.
    const text = answer === undefined && service.version === '1.1' ? '' : writeJson(answer ?? {});
    return new Response(text, { headers });
  } catch (error) {
    return jsonError(
      asAwsError(error, { unreadable: 'SerializationException', invalid: service.invalid }),
      headers,
    );
  }
}

/** An error as all JSON protocols of AWS write it: its code in a header and in the body. */
export function jsonError(error: AwsError, headers: Readonly<Record<string, string>>): Response {
  return new Response(JSON.stringify({ __type: error.code, message: error.message, ...error.members }), {
    status: error.status,
    headers: { ...headers, 'x-amzn-errortype': error.code },
  });
}

/** @throws RequestError when the body is not a JSON object */
export function readBody(body: string): Readonly<Record<string, unknown>> {
  if (body.trim() === '') return {};
  const problem = invalidJson('The request', body);
  if (problem) throw new RequestError('unreadable', problem);
  const value: unknown = JSON.parse(body);
  if (!isObject(value)) throw new RequestError('unreadable', 'The request is not a JSON object.');
  return value;
}

/** JSON with Dates as epoch seconds. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key: string, written: unknown) {
    const original = this[key];
    return original instanceof Date ? original.getTime() / 1000 : written;
  });
}
