import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { UserError } from '../user-error';
import type { Account } from './account';
import { type AppOptions, awsApp } from './http/app';

export interface ServerOptions extends Partial<AppOptions> {
  /** 0, the default, takes any free port. */
  readonly port?: number;
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:4566`: what AWS_ENDPOINT_URL is set to. */
  readonly url: string;
  /**
   * Answers what has been asked and takes no more; the account stays as it is. Who has not finished asking, or has
   * no answer after some seconds, is cut off.
   */
  close(): Promise<void>;
}

/** The port is taken: another local AWS may be running. */
export class PortInUseError extends UserError {
  override readonly name = 'PortInUseError';

  constructor(host: string, port: number) {
    super(
      `Port ${port} of ${host} is in use.`,
      'Stop what listens there, or choose another port with --port.',
    );
  }
}

/** Serves an account's APIs over HTTP, to this machine alone unless another host is named. */
export async function startServer(account: Account, options: ServerOptions = {}): Promise<RunningServer> {
  const { port = 0, host = '127.0.0.1', ...rest } = options;
  const app = awsApp(account, { host, ...rest });
  // Node's own five seconds can end a connection just as a busy client sends on it; AWS's load balancers take 60.
  const server = createServer({ keepAliveTimeout: 60_000 }, getRequestListener(app.fetch));
  await listen(server, host, port);
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  account.lambda.servedAt(url);
  return {
    url,
    close: () => closeServer(server),
  };
}

/** Milliseconds that requests have for their end once the server closes. */
const gracePeriod = 2000;

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    // A connection that has had its answer would stay open for another request.
    const closeAnswered = setInterval(() => server.closeIdleConnections(), 20);
    const cutOff = setTimeout(() => server.closeAllConnections(), gracePeriod);
    server.close((error) => {
      clearInterval(closeAnswered);
      clearTimeout(cutOff);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(host, port) : error),
    );
    server.listen(port, host, resolve);
  });
}
