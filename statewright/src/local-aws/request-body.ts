import { isObject } from '../is-object';
import { invalidJson } from '../json-fault';
import { RequestError } from './request-error';

/** The members of a request. @throws RequestError when the body is not a JSON object */
export function readBody(body: string): Readonly<Record<string, unknown>> {
  if (body.trim() === '') return {};
  const value = parse(body);
  if (!isObject(value)) throw new RequestError('unreadable', 'The request is not a JSON object.');
  return value;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RequestError('unreadable', invalidJson('The request', body) ?? '');
  }
}
