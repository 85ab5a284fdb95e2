import { parsedJson } from '../../parsed-json';

/** The HTTP response of a function that is called by its address. */
export interface UrlResponse {
  readonly status: number;
  /** A name may occur several times: cookies. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Buffer;
}

/** A response with a JSON body, such as an error. */
export const jsonResponse = (status: number, value: unknown): UrlResponse => ({
  status,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify(value),
});

/** What AWS answers when the function fails or its response is not valid. */
export const functionFailed: UrlResponse = {
  status: 502,
  headers: [['content-type', 'application/json']],
  body: 'Internal Server Error',
};

/** What separates the metadata of a streamed response from its body. */
const DELIMITER = '\0'.repeat(8);

/**
 * The response for what a function returned (Lambda Developer Guide, "Request and response payloads"): a value with a
 * statusCode describes the whole response, and any other value is the body.
 */
export function urlResponse(payload: string): UrlResponse {
  const end = payload.indexOf(DELIMITER);
  if (end !== -1) {
    const body = payload.slice(end + DELIMITER.length);
    return describedResponse(parsedJson(payload.slice(0, end)) as Described, body);
  }
  const value = parsedJson(payload);
  if (typeof value === 'object' && value !== null && 'statusCode' in value) {
    return describedResponse(value as Described);
  }
  const body = value === undefined || typeof value === 'string' ? (value ?? payload) : payload;
  return { status: 200, headers: [['content-type', 'application/json']], body };
}

interface Described {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: readonly unknown[];
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

function describedResponse(described: Described | undefined, streamed?: string): UrlResponse {
  const { statusCode = 200, headers = {}, cookies = [], body, isBase64Encoded } = described ?? {};
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return functionFailed;
  const text = streamed ?? (typeof body === 'string' ? body : body == null ? '' : JSON.stringify(body));
  const listed = Object.entries(headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  const hasType = listed.some(([name]) => name === 'content-type');
  return {
    status,
    headers: [
      ...(hasType ? [] : [['content-type', 'application/json'] as const]),
      ...listed,
      ...(Array.isArray(cookies) ? cookies : []).map((cookie) => ['set-cookie', String(cookie)] as const),
    ],
    body: isBase64Encoded === true ? Buffer.from(text, 'base64') : text,
  };
}
