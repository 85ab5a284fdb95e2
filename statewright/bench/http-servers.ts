/** The servers under measurement, each in its own process on a free port of the loopback address. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

export interface LocalServer {
  readonly url: string;
  readonly pid: number;
  /** Ends the process, and waits until it has exited. */
  stop(): Promise<void>;
}

/** How to start a server; `start` fails with the reason when it is not available. */
export interface Peer {
  readonly name: string;
  /** Whether each execution needs an account of its own (default: false). */
  readonly accounts?: boolean;
  start(): Promise<LocalServer>;
}

/** What a user starts with `npx statewright local`, without an access key: moto asks for none. */
export function startOurs(...options: readonly string[]): Promise<LocalServer> {
  return launch(process.execPath, (port) => [
    join(__dirname, '../dist/cli/main.js'),
    'local',
    '--quiet',
    '--no-auth',
    ...options,
    '--port',
    String(port),
  ]);
}

export const ours: Peer = { name: 'this project', start: () => startOurs() };

/** What Node's own HTTP costs, for requests and answers of the same size. */
export const floor: Peer = {
  name: 'floor: bare node:http',
  start: () => launch(process.execPath, (port) => [join(__dirname, 'floor.mjs'), String(port)]),
};

/** A server that already runs, at the URL of the variable PEER_ENDPOINT; PEER_PID is its process, for its CPU time. */
export const named: Peer = {
  name: 'PEER_ENDPOINT',
  start: async () => {
    const url = process.env.PEER_ENDPOINT;
    if (url === undefined) throw new Error('PEER_ENDPOINT=URL is not set');
    return { url, pid: Number(process.env.PEER_PID), stop: async () => {} };
  },
};

/** moto's server, configured to run state machines (it returns a canned history by default). */
export const moto: Peer = {
  name: 'moto_server',
  accounts: true,
  start: async () => {
    const server = await launch('moto_server', (port) => ['-H', '127.0.0.1', '-p', String(port)]);
    const body = JSON.stringify({ stepfunctions: { execute_state_machine: true } });
    try {
      await fetch(`${server.url}/moto-api/config`, { method: 'POST', body });
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  },
};

/** MiniStack, which runs Node.js and Python functions without Docker. */
export const miniStack: Peer = {
  name: 'MiniStack',
  start: () =>
    launch(
      'ministack',
      () => [],
      (port) => ({ BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port) }),
    ),
};

/** Starts a program and waits, for at most a minute, until its port accepts connections. */
async function launch(
  program: string,
  args: (port: number) => string[],
  variables: (port: number) => Record<string, string> = () => ({}),
): Promise<LocalServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, args(port), { stdio: 'ignore', env: { ...process.env, ...variables(port) } });
  let failure: Error | undefined;
  child.once('error', (error: NodeJS.ErrnoException) => {
    failure = error.code === 'ENOENT' ? new Error(`the command ${program} was not found on the PATH`) : error;
  });
  child.once('exit', (code) => {
    failure ??= new Error(`${program} exited with code ${code}`);
  });
  for (let attempt = 0; attempt < 600 && failure === undefined; attempt++) {
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) return { url, pid: child.pid as number, stop: () => stop(child) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (failure === undefined) await stop(child);
  throw failure ?? new Error(`${program} did not answer within a minute`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
