import { isPromise, type MaybePromise } from '../../engine/maybe-promise';
import type { AwsError } from '../aws-error';
import { readBody } from '../request-body';
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

/** An answer before it is sent. */
export interface JsonAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The code of an error. */
  readonly errorType?: string;
  readonly text: string;
}

function responseOf({ status, contentType, errorType, text }: JsonAnswer): Response {
  const headers = { 'content-type': contentType, ...(errorType && { 'x-amzn-errortype': errorType }) };
  return new Response(text, { status, headers });
}

/** Answers one AWS JSON request (Smithy, "AWS JSON 1.0 and 1.1 protocol"). */
export const answerJson = async (...call: Parameters<typeof callJson>): Promise<Response> =>
  responseOf(await callJson(...call));

/** Performs an operation; its errors are answers. A promise only for an operation that waits. */
export function callJson(
  service: JsonService,
  operationName: string,
  body: string,
  checkCall?: CheckCall,
  hungUp?: () => AbortSignal,
): MaybePromise<JsonAnswer> {
  const contentType = CONTENT_TYPES[service.version];
  const answer = (result: unknown): JsonAnswer => {
    // An operation without a result answers with an empty body in JSON 1.1, and with {} in 1.0.
    const text = result === undefined && service.version === '1.1' ? '' : writeJson(result ?? {});
    return { status: 200, contentType, text };
  };
  const refuse = (error: unknown): JsonAnswer =>
    jsonErrorAnswer(
      asAwsError(error, { unreadable: 'SerializationException', invalid: service.invalid }),
      contentType,
    );
  try {
    const operation = findOperation(service.operations, operationName);
    if (operation === undefined) throw notImplemented(service.name, operationName);
    const members = readBody(body);
    checkCall?.(service.name, operationName, members);
    const result = operation(members, 'json', hungUp);
    return isPromise(result) ? result.then(answer).catch(refuse) : answer(result);
  } catch (error) {
    return refuse(error);
  }
}

const CONTENT_TYPES = { '1.0': 'application/x-amz-json-1.0', '1.1': 'application/x-amz-json-1.1' };

/** An error as all JSON protocols of AWS write it: its code in a header and in the body. */
export function jsonErrorAnswer(error: AwsError, contentType = 'text/plain;charset=UTF-8'): JsonAnswer {
  return {
    status: error.status,
    contentType,
    errorType: error.code,
    text: JSON.stringify({ __type: error.code, message: error.message, ...error.members }),
  };
}

export const jsonError = (...error: Parameters<typeof jsonErrorAnswer>): Response =>
  responseOf(jsonErrorAnswer(...error));

/** An answer that is written already. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** JSON with Dates as epoch seconds. A replacer function would be called for each member. */
export const writeJson = (value: unknown): string =>
  value instanceof JsonText ? value.text : JSON.stringify(withSeconds(value));

/** The value itself where it has no Date. */
function withSeconds(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.getTime() / 1000;
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    const written = typeof member === 'object' ? withSeconds(member) : member;
    if (written === member) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...value }) as unknown as Record<string, unknown>;
    copy[key] = written;
  }
  return copy ?? value;
}
