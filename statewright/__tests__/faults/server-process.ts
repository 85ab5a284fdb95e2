import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type ExecutionStatus,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';

const main = join(__dirname, '../../src/cli/main.ts');
const source = join(__dirname, '../../source.cjs');
const started: ServerProcess[] = [];

/** Ends processes that a failed test has left running. */
export function killServers(): void {
  for (const { pid } of started.splice(0)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}

/** `statewright local --persist FOLDER` as a process. */
export class ServerProcess {
  readonly pid: number;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  stderr = '';
  #stdout = '';
  readonly #process: ChildProcess;

  /** @param wrapper a program that runs the one that its arguments name */
  constructor(folder: string, wrapper: readonly string[] = []) {
    const node = [process.execPath, '--conditions=statewright-source', '--require', source, main];
    const [program = '', ...args] = [
      ...wrapper,
      ...node,
      'local',
      '--port',
      '0',
      '--quiet',
      '--no-auth',
      '--persist',
      folder,
    ];
    // Started by itself, whoever runs the tests: under npm it is stopped in another way.
    const { npm_lifecycle_event: _, ...env } = process.env;
    this.#process = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    this.pid = this.#process.pid as number;
    this.ended = once(this.#process, 'exit').then(([code, signal]) => code ?? signal);
    this.#process.stdout?.on('data', (chunk) => {
      this.#stdout += chunk;
    });
    this.#process.stderr?.on('data', (chunk) => {
      this.stderr += chunk;
    });
    started.push(this);
  }

  /** Starts one, and waits until it listens. */
  static async start(folder: string, wrapper?: readonly string[]): Promise<ServerProcess> {
    const server = new ServerProcess(folder, wrapper);
    if (!(await server.listens())) throw new Error(`The server did not start: ${server.stderr}`);
    return server;
  }

  /** Whether it listens; false if it ended. */
  async listens(): Promise<boolean> {
    const ended = this.ended.then(() => false);
    while (!this.#stdout.includes('Ctrl-C stops it')) {
      const printed = once(this.#process.stdout as NonNullable<ChildProcess['stdout']>, 'data').then(
        () => true,
      );
      if (!(await Promise.race([printed, ended]))) return false;
    }
    return true;
  }

  get url(): string {
    return /http:\/\/127\.0\.0\.1:\d+/.exec(this.#stdout)?.[0] ?? '';
  }

  get clients() {
    const endpoint = this.url;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const settings = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
    return { iam: new IAMClient(settings), sfn: new SFNClient(settings), lambda: new LambdaClient(settings) };
  }

  async end(signal: NodeJS.Signals): Promise<number | string> {
    this.#process.kill(signal);
    return this.ended;
  }
}

export type Clients = ServerProcess['clients'];

/** Creates a role and a state machine. @returns the state machine's ARN */
export async function createMachine({ iam, sfn }: Clients, name: string, states: object): Promise<string> {
  const trusted = { Service: ['states.amazonaws.com', 'lambda.amazonaws.com'] };
  const statement = { Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole' };
  const role = {
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  };
  const { Role } = await iam.send(new CreateRoleCommand(role));
  const definition = JSON.stringify({ StartAt: 'A', States: states });
  const created = await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn: Role?.Arn }));
  return created.stateMachineArn as string;
}

/** Starts an execution. @returns its ARN */
export async function start({ sfn }: Clients, stateMachineArn: string, input: object = {}): Promise<string> {
  const request = { stateMachineArn, input: JSON.stringify(input) };
  return (await sfn.send(new StartExecutionCommand(request))).executionArn as string;
}

/** Waits until an execution no longer runs. @returns how it ended */
export async function statusAtEnd(
  { sfn }: Clients,
  executionArn: string,
): Promise<ExecutionStatus | undefined> {
  for (;;) {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return status;
  }
}
