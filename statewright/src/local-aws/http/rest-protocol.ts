import type { Context } from 'hono';
import type { AwsError } from '../aws-error';
import { readBody } from '../request-body';
import { RequestError } from '../request-error';
import { writeJson } from './json-protocol';
import { asAwsError, type Operation } from './operation';

/** One operation of a REST API. The members of its request are in its path, its query and its JSON body. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Parameters have the names of their members: `/2015-03-31/functions/:FunctionName`. */
  readonly path: string;
  /** The HTTP status when it succeeds. */
  readonly status: 200 | 201 | 202 | 204;
  readonly operation: Operation;
  /** Reads the members in the body (default: as JSON, at once). */
  readonly read?: (c: Context) => Promise<Readonly<Record<string, unknown>>>;
}

const codes = { unreadable: 'SerializationException', invalid: 'ValidationException' };

/** Answers one REST-JSON request (Smithy, "AWS restJson1 protocol"). */
export async function answerRest(
  { method, status, operation, read = readJson }: Route,
  c: Context,
): Promise<Response> {
  return answering(async () => {
    const members = { ...(await read(c)), ...readQuery(c), ...readPath(c) };
    // Without a body, all members are text.
    const answer = await operation(members, method === 'GET' || method === 'DELETE' ? 'text' : 'json');
    if (status === 204) return new Response(null, { status });
    return new Response(writeJson(answer ?? {}), { status, headers: { 'content-type': 'application/json' } });
  });
}

const readJson = async (c: Context) => readBody(await c.req.text());

/** The response, or the error in Lambda's format. */
export async function answering(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (failure) {
    return restError(asAwsError(failure, codes));
  }
}

export const restError = (error: AwsError): Response =>
  new Response(
    JSON.stringify({
      ...error.members,
      Type: error.status < 500 ? 'User' : 'Service',
      Message: error.message,
    }),
    {
      status: error.status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    },
  );

/** Path parameters; an ARN in a path is percent-encoded. */
function readPath(c: Context): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = c.req.param();
  for (const [name, value] of Object.entries(parameters)) {
    // What cannot be decoded is left unchanged, and no name may contain that.
    if (value.includes('%'))
      throw new RequestError('invalid', `The path's ${name} is not valid percent-encoding: ${value}`);
  }
  return parameters;
}

/** Query parameters have the names of their members; one that can occur several times is a list. */
function readQuery(c: Context): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) =>
      name === 'tagKeys' ? ['TagKeys', values] : [name, values[0] ?? ''],
    ),
  );
}
