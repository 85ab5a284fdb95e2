/** A client for AWS JSON 1.0 with nothing in it that takes time: it measures the server, the same for each. */
import { Agent, request } from 'node:http';

export interface Client {
  /**
   * Calls an operation of Step Functions.
   * @param account in which of its accounts moto is to do it; the local AWS has one and passes over this
   * @throws Error with the service's answer when it refuses
   */
  call<T>(operation: string, members: object, account: string): Promise<T>;
  close(): void;
}

/** Nobody checks the signature, but moto reads the service and the region out of it. */
export const authorization = (service: 'states' | 'iam') =>
  `AWS4-HMAC-SHA256 Credential=bench/20300101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

export function createClient(url: string, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname: host, port } = new URL(url);
  return {
    call: <T>(operation: string, members: object, account: string) =>
      new Promise<T>((resolve, reject) => {
        const body = JSON.stringify(members);
        const headers = {
          authorization: authorization('states'),
          'content-type': 'application/x-amz-json-1.0',
          'content-length': Buffer.byteLength(body),
          'x-moto-account-id': account,
          'x-amz-target': `AWSStepFunctions.${operation}`,
        };
        const sent = request({ host, port, agent, method: 'POST', path: '/', headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            if (response.statusCode === 200) resolve(JSON.parse(text) as T);
            else reject(new Error(`${operation}: ${response.statusCode} ${text}`));
          });
        });
        sent.setTimeout(30_000, () => sent.destroy(new Error(`${operation}: no answer in 30 s`)));
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}
