import { Agent, request } from 'node:http';
import { strToU8, zipSync } from 'fflate';
import { Account } from '../../../src/local-aws/account';
import type { AppOptions } from '../../../src/local-aws/http/app';
import { type RunningServer, startServer } from '../../../src/local-aws/server';

/** A local AWS on a free port, and the configuration of SDK clients for it. */
export interface LocalAws {
  readonly account: Account;
  readonly server: RunningServer;
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  close(): Promise<void>;
}

export async function startLocalAws(options: Partial<AppOptions> = {}): Promise<LocalAws> {
  const account = new Account({ accountId: '123456789012' });
  const server = await startServer(account, options);
  return {
    account,
    server,
    client: {
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    close: async () => {
      await server.close();
      await account.close();
    },
  };
}

export const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

export const allow = (...Action: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

/** A deployment package with this `index.js`: the same bytes at any time of day. */
export const zipOf = (source: string): Uint8Array =>
  zipSync({ 'index.js': strToU8(source) }, { mtime: new Date(2026, 0, 1) });

/** Calls operations of Step Functions without the SDK's overhead, over a number of connections. */
export function statesClient(endpoint: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const call = <T>(operation: string, members: object): Promise<T> =>
    new Promise((resolve, reject) => {
      const headers = { 'x-amz-target': `AWSStepFunctions.${operation}` };
      const outgoing = request(endpoint, { method: 'POST', agent, headers }, (incoming) => {
        let body = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => {
          body += chunk;
        });
        incoming.on('end', () => {
          if (incoming.statusCode === 200) resolve(JSON.parse(body) as T);
          else reject(new Error(`${operation}: ${incoming.statusCode} ${body}`));
        });
      });
      outgoing.on('error', reject);
      outgoing.end(JSON.stringify(members));
    });
  return { call, close: () => agent.destroy() };
}
