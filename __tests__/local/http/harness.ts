import { strToU8, zipSync } from 'fflate';
import { Account } from '../../../src/local/account';
import type { AppOptions } from '../../../src/local/http/app';
import { type RunningServer, startServer } from '../../../src/local/server';

/** A local AWS on a free port, and what an SDK's client needs to reach it. */
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

/** A deployment package of one file, `index.js`. */
export const zipOf = (source: string): Uint8Array => zipSync({ 'index.js': strToU8(source) });
