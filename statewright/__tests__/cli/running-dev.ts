import type { Values } from '../../src/cli/command';
import { runDev } from '../../src/cli/dev';
import { createTerminal } from '../../src/cli/terminal';

/** A running `statewright dev`. */
export class RunningDev {
  #printed = '';
  /** What has not been waited for yet begins here. */
  #read = 0;
  #onPrint = () => {};
  readonly #ended: Promise<number>;
  readonly #stop: () => void;
  #console = '';

  /** @param values options of the command, such as `stand-ins` */
  constructor(path: string, values: Values = {}) {
    let stop = () => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    this.#stop = stop;
    const stream = {
      write: (text: string) => {
        this.#printed += text;
        this.#onPrint();
      },
    };
    const terminal = createTerminal({ stream, color: false });
    this.#ended = runDev(path, { port: '0', 'no-auth': true, quiet: true, ...values }, { terminal, stopped });
  }

  /** Resolves when something that matches was printed, after what was waited for before. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#printed.slice(this.#read));
      if (found) {
        this.#read += found.index + found[0].length;
        return found;
      }
      await Promise.race([
        new Promise<void>((printed) => {
          this.#onPrint = printed;
        }),
        this.#ended.then(() => {
          throw new Error(`dev has ended:\n${this.#printed}`);
        }),
      ]);
    }
  }

  /** Resolves when the first deployment has ended. @returns the console's address */
  async started(): Promise<string> {
    const [, address] = await this.prints(/Console: +(\S+)\n[\s\S]*Watching for changes/);
    this.#console = String(address);
    return this.#console;
  }

  /** Runs an Express state machine of the account, and returns the answer of StartSyncExecution. */
  async run(stateMachine: string, input: object = {}, region = 'us-east-1'): Promise<unknown> {
    const response = await fetch(new URL('/', this.#console), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AWSStepFunctions.StartSyncExecution',
      },
      body: JSON.stringify({
        stateMachineArn: `arn:aws:states:${region}:000000000000:stateMachine:${stateMachine}`,
        input: JSON.stringify(input),
      }),
    });
    return response.json();
  }

  stop(): Promise<number> {
    this.#stop();
    return this.#ended;
  }
}
