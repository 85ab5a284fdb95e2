/** A minimal client for AWS JSON 1.0, so that the server is measured and not the client. */
import { Agent, request } from 'node:http';

export interface Client {
  /**
   * Calls an operation of Step Functions.
   * @param account the account in moto; the local AWS has one account and ignores this
   * @throws Error with the service's response when the call fails
   */
  call<T>(operation: string, members: object, account: string): Promise<T>;
  close(): void;
}

/** The signature is not checked, but moto reads the service and the region from it. */
export const authorization = (service: string) =>
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
        sent.setTimeout(30_000, () => sent.destroy(new Error(`${operation}: no response in 30 s`)));
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** A role that a service can assume: the local AWS requires it. @returns its ARN */
export async function createRole(url: string, service: 'states' | 'lambda'): Promise<string> {
  const Principal = { Service: `${service}.amazonaws.com` };
  const trust = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' };
  const body = new URLSearchParams({
    Action: 'CreateRole',
    Version: '2010-05-08',
    RoleName: `bench-${service}`,
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
  });
  const headers = { authorization: authorization('iam') };
  const response = await fetch(url, { method: 'POST', headers, body });
  const answer = await response.text();
  const arn = /<Arn>(.+?)<\/Arn>/.exec(answer)?.[1];
  if (arn === undefined) throw new Error(`CreateRole: ${answer}`);
  return arn;
}
