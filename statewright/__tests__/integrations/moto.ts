import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** moto_server on this machine: an emulator of most AWS services, with the account 123456789012. */
export class Moto {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<Moto> {
    const port = await freePort();
    const moto = new Moto(
      spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' }),
      port,
    );
    for (;;) {
      if (moto.#process.exitCode !== null) throw new Error('moto_server ended at its start.');
      const answers = await fetch(`${moto.url}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answers) return moto;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
