import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { then } from '../../engine/maybe-promise';
import type { Account } from '../account';
import { AwsError } from '../aws-error';
import { type Credential, credentialOf } from '../credential';
import { remembering } from '../remembered';
import { callerOf, signatureCheck } from './access';
import type { AppOptions } from './app';
import { requestLimit } from './body-limit';
import { checkCallOf } from './check-call';
import { hasLocalName } from './guard';
import { callJson, type JsonAnswer, jsonErrorAnswer } from './json-protocol';
import { jsonServicesOf } from './json-services';
import { oncePerKey } from './once-per-key';
import { headerOf, type ReceivedRequest } from './received-request';
import { regionProblem } from './request-region';
import { sha256 } from './signature';

/**
 * Answers the calls that clients make most, signed ones of Step Functions and CloudWatch Logs, on Node's own request and
 * response: web-standard ones, and a router, cost more than such a call. The checks are the app's.
 *
 * @returns a function that returns false, and has not touched the request, for any other request and for each that is
 * refused: the app answers those
 */
export function directCalls(account: Account, { host, accessKeyId, onRequest }: AppOptions) {
  const jsonServices = jsonServicesOf(account);
  const servicesFor = oncePerKey((credential: Credential) =>
    regionProblem(credential) ? undefined : jsonServices(account.in(credential.region)),
  );
  const isLocal = remembering((asked) => hasLocalName(host, asked));

  return (incoming: IncomingMessage, outgoing: ServerResponse): boolean => {
    const start = performance.now();
    const { headers } = incoming;
    const target = headers['x-amz-target'];
    if (typeof target !== 'string' || !isPlainCall(incoming)) return false;
    const credential = credentialOf(signedPart(incoming));
    if (credential?.service !== 'states' && credential?.service !== 'logs') return false;
    if (Number(headers['content-length'] ?? 0) > requestLimit(credential.service)) return false;
    if (headers.host !== undefined && !isLocal(headers.host)) return false;
    const { prefix, name } = operationOf(target);
    const service = servicesFor(credential)?.get(prefix);
    if (service?.name !== credential.service) return false;
    const request = receivedCall(incoming, credential);
    const caller = callerOf(account, request, accessKeyId);
    if (typeof caller === 'string') return false;

    const checkSignature = accessKeyId === undefined ? undefined : signatureCheck(account, request);
    if (accessKeyId !== undefined && checkSignature === undefined) return false;
    const place = { region: credential.region, sourceIp: incoming.socket.remoteAddress };
    const checkCall = checkCallOf(account, caller, place);
    const answer = ({ status, contentType, errorType, text }: JsonAnswer) => {
      const length = Buffer.byteLength(text);
      if (errorType !== undefined) outgoing.setHeader('x-amzn-errortype', errorType);
      outgoing.writeHead(status, {
        'content-type': contentType,
        'content-length': length,
        'x-amzn-requestid': account.uuid(),
      });
      // The same bytes for a text of ASCII characters alone, and faster.
      outgoing.end(text, length === text.length ? 'latin1' : 'utf8');
      onRequest?.({
        method: 'POST',
        path: '/',
        operation: target,
        status,
        milliseconds: performance.now() - start,
      });
    };
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      try {
        checkSignature?.(sha256(body));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return answer(jsonErrorAnswer(error));
      }
      then(
        callJson(service, name, decoder.decode(body), checkCall, () => hungUp(outgoing)),
        answer,
      );
    });
    return true;
  };
}

const decoder = new TextDecoder();

/** The prefix of a service, and the name of its operation. */
const operationOf = remembering((target) => {
  const [prefix = '', name = ''] = target.split('.');
  return { prefix, name };
});

/** Aborted when the client has gone. */
function hungUp(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController();
  if (outgoing.destroyed) controller.abort();
  else outgoing.once('close', () => controller.abort());
  return controller.signal;
}

/** Not from a page, and with a body that is read as it is. */
function isPlainCall({ method, url, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    url === '/' &&
    headers.origin === undefined &&
    headers['sec-fetch-site'] === undefined &&
    headers['content-encoding'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    headers.expect === undefined
  );
}

/** Such a call is signed in its header. */
const signedPart = ({ headers }: IncomingMessage) => ({
  url: '/',
  headers: { get: () => headers.authorization ?? null },
});

const receivedCall = ({ headers }: IncomingMessage, credential: Credential): ReceivedRequest => ({
  method: 'POST',
  target: '/',
  path: '/',
  credential,
  header: headerOf(headers),
  protocol: () => 'json',
});
