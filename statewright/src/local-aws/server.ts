import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { UserError } from '../user-error';
import type { Account } from './account';
import { type AppOptions, awsApp } from './http/app';
import { withoutBasePath } from './http/base-path';
import { consoleKeyFor, keyParameter } from './http/console-key';
import { directCalls } from './http/direct-calls';

interface ServerOptions extends Partial<Omit<AppOptions, 'accessKeyId'>> {
  /** The port (default: 0, any free port). */
  readonly port?: number;
  /**
   * The access key of the port that was taken: requests have to be signed with it, and the console asks for a key that
   * follows from it. Without this, anybody who can reach the server is let in.
   */
  readonly accessKeyOf?: (port: number) => string;
}

export interface RunningServer {
  /** The value for AWS_ENDPOINT_URL, such as `http://127.0.0.1:4566`. */
  readonly url: string;
  /** The console's address, with its key. */
  readonly consoleUrl: string;
  /**
   * Accepts no more requests and answers the pending ones; the account is not closed. After some seconds, the
   * connections that are still open are closed.
   */
  close(): Promise<void>;
}

/** The port is in use: another local AWS may be running. */
export class PortInUseError extends UserError {
  override readonly name = 'PortInUseError';

  constructor(host: string, port: number) {
    super(
      `Port ${port} of ${host} is in use.`,
      'Stop the program that uses it, or choose another port with --port.',
    );
  }
}

/** Serves an account's APIs over HTTP (default: to this machine only, on 127.0.0.1 and, where it exists, on ::1). */
export async function startServer(account: Account, options: ServerOptions = {}): Promise<RunningServer> {
  const { port = 0, host = '127.0.0.1', accessKeyOf, ...rest } = options;
  // Node's default of five seconds can end a connection just as a busy client sends on it; AWS's load balancers use 60.
  const newServer = () => createServer({ keepAliveTimeout: 60_000 });
  const servers = await listenLocally(newServer, host, port);
  try {
    const taken = portOf(servers[0]);
    const url = `http://${host}:${taken}`;
    const accessKeyId = accessKeyOf?.(taken);
    const settings = { host, ...rest, ...(accessKeyId !== undefined && { accessKeyId }) };
    const answerDirectly = directCalls(account, settings);
    let listener: ReturnType<typeof appListener> | undefined;
    for (const server of servers) {
      server.on('request', (incoming, outgoing) => {
        if (answerDirectly(incoming, outgoing)) return;
        listener ??= appListener(account, settings);
        listener(incoming, outgoing);
      });
    }
    account.servedAt(url, accessKeyId);
    const query = accessKeyId === undefined ? '' : `?${keyParameter}=${consoleKeyFor(accessKeyId).value}`;
    return {
      url,
      consoleUrl: `${url}/console${query}`,
      close: async () => void (await Promise.all(servers.map(closeServer))),
    };
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
}

/** What answers all requests that are not direct calls; it is loaded with the first one. */
function appListener(account: Account, options: AppOptions) {
  const app = awsApp(account, options);
  return getRequestListener((request, env) => app.fetch(withoutBasePath(request), env));
}

/** How long pending requests may take once the server closes, in milliseconds. */
const gracePeriod = 2000;

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    // An idle connection would stay open for another request.
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

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** The name `localhost` may mean either address: one server for each, on the same port. */
async function listenLocally(
  newServer: () => Server,
  host: string,
  port: number,
): Promise<[Server, ...Server[]]> {
  const server = newServer();
  await listen(server, host, port);
  if (host !== '127.0.0.1') return [server];
  const second = newServer();
  try {
    await listen(second, '::1', portOf(server));
    return [server, second];
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // A machine without IPv6.
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(code)) return [server];
    server.close();
    if (error instanceof PortInUseError && port === 0) return listenLocally(newServer, host, port);
    throw error;
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(host, port) : error),
    );
    server.listen(port, host, resolve);
  });
}
