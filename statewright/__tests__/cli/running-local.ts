import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { cli } from './shell';

/** The environment of a user whose state is in this folder. */
export const plainSettings = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  // In a terminal jest tells its workers, and they what they start, to use colours.
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
  XDG_STATE_HOME: join(folder, 'state'),
});

/** A running `statewright local`. */
export class LocalAws {
  static readonly #started: LocalAws[] = [];
  stdout = '';
  readonly exit: Promise<unknown[]>;

  private constructor(readonly process: ChildProcess) {
    this.exit = once(process, 'exit');
  }

  /** Started, and ready to be used. */
  static async start(
    options: readonly string[],
    { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  ): Promise<LocalAws> {
    const args = [...cli, 'local', '--port', '0', ...options];
    const local = new LocalAws(
      spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    LocalAws.#started.push(local);
    local.process.stdout?.on('data', (chunk) => {
      local.stdout += chunk;
    });
    await local.prints(/Ctrl-C/);
    return local;
  }

  /** Ends the processes that a failed test has left running. */
  static killAll(): void {
    for (const { process } of LocalAws.#started.splice(0)) process.kill('SIGKILL');
  }

  get url(): string {
    return /AWS_ENDPOINT_URL=(\S+)/.exec(this.stdout)?.[1] ?? '';
  }

  get port(): string {
    return new URL(this.url).port;
  }

  async prints(text: RegExp): Promise<void> {
    const printed = async () => {
      while (!text.test(this.stdout)) {
        await Promise.race([once(this.process.stdout as NodeJS.ReadableStream, 'data'), this.#ended()]);
      }
    };
    await this.#inTime(printed(), `print ${text}`);
  }

  async listStateMachines(region = 'us-east-1'): Promise<unknown> {
    const accessKeyId = /AWS_ACCESS_KEY_ID=(\w+)/.exec(this.stdout)?.[1] ?? '';
    const credentials = { accessKeyId, secretAccessKey: 'local' };
    const client = new SFNClient({ endpoint: this.url, region, credentials });
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand());
    client.destroy();
    return stateMachines.map(({ name }) => name);
  }

  /** The exit code, or the signal's name when it ended the process. */
  async stop(signal: NodeJS.Signals): Promise<unknown> {
    this.process.kill(signal);
    const [exitCode, endedBy] = await this.#inTime(this.exit, `end at ${signal}`);
    return endedBy ?? exitCode;
  }

  /** Fails with the output so far, since jest's own timeout does not show it. */
  async #inTime<T>(work: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      const message = () => new Error(`it did not ${what} in five minutes. It has printed:\n${this.stdout}`);
      timer = setTimeout(() => fail(message()), 300_000);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }

  async #ended(): Promise<never> {
    throw new Error(`it ended with ${(await this.exit)[0]}: ${this.stdout}`);
  }
}
