import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { sign } from 'aws4';
import { OWNER_SECRET } from '../local-aws/credential';
import { DEFAULT_REGION } from '../local-aws/region-name';
import { UserError } from '../user-error';
import { accessKeyOf } from './access-key';
import { awsFiles } from './aws-files';
import { type Command, textOf, type Values } from './command';
import { callOf } from './invocation';
import {
  childEnvironment,
  endpoint,
  portOption,
  profileOption,
  readPort,
  readProfiles,
  readWorkspace,
  workspaceOption,
} from './local-environment';

/** Runs one command as a shell with the exports of `statewright env` would. */
export const exec: Command = {
  usage: 'statewright exec',
  description:
    'Runs a command that reaches the local AWS and nothing else: statewright exec [options] -- terraform apply',
  options: {
    port: portOption,
    workspace: workspaceOption,
    profile: profileOption,
    wait: {
      type: 'string',
      value: 'SECONDS',
      description: 'How long to wait until the local AWS answers (default: 0)',
    },
  },
  operands: 'COMMAND [ARGS]',
  async run(values, [program, ...args] = []) {
    if (program === undefined) {
      throw new UserError(
        'The command to run is missing.',
        `Add it after --, such as: ${callOf('exec', '-- terraform apply')}`,
      );
    }
    const port = readPort(values);
    const url = endpoint(port);
    const accessKeyId = accessKeyOf(port);
    const files = awsFiles({ url, accessKeyId }, readProfiles(values));
    const environment = childEnvironment(url, accessKeyId, readWorkspace(values), files);
    await requireLocalAws(url, accessKeyId, readWait(values.wait));
    requireTerraform(basename(program));
    return run(program, args, environment);
  },
};

/**
 * @throws UserError when a command needs Terraform and it is not installed: the CDKTF CLI would synthesize first, and
 * then report `execvp(3)`
 */
function requireTerraform(program: string): void {
  const terraform = /^cdkt[fn]$/.test(program)
    ? process.env.TERRAFORM_BINARY_NAME || 'terraform'
    : /^(?:terraform|tofu)$/.test(program)
      ? program
      : undefined;
  if (terraform === undefined) return;
  const { error } = spawnSync(terraform, ['version'], { stdio: 'ignore' });
  if (error === undefined) return;
  throw new UserError(
    `Terraform cannot be run: ${error.message}`,
    `Install Terraform 1.5 or later, or deploy without it: ${callOf('local', '--deploy')}`,
  );
}

/** The time in milliseconds. @throws UserError */
function readWait(seconds: Values[string]): number {
  const given = textOf(seconds) ?? '0';
  if (/^\d+(\.\d+)?$/.test(given)) return Number(given) * 1000;
  throw new UserError(`--wait ${given} is not a number of seconds.`, 'For example: --wait 10');
}

/**
 * @param wait how long it may take until it answers, in milliseconds
 * @throws UserError when the local AWS does not answer at the address, something else does, or another user's does
 */
async function requireLocalAws(url: string, accessKeyId: string, wait: number): Promise<void> {
  const deadline = performance.now() + wait;
  let answer = await callerIdentity(url, accessKeyId);
  while (answer === undefined && performance.now() < deadline) {
    await setTimeout(100);
    answer = await callerIdentity(url, accessKeyId);
  }
  if (answer === undefined) {
    throw new UserError(
      `No local AWS answers at ${url}.`,
      `Start it in another shell: ${callOf('local', `--port ${new URL(url).port}`)}`,
    );
  }
  if (answer.includes('InvalidClientTokenId')) {
    throw new UserError(
      `The local AWS at ${url} has another access key than yours.`,
      `It was started by another user, or with another HOME or XDG_STATE_HOME. Start your own on another port: ${callOf('local', '--port 4567')}`,
    );
  }
  if (!answer.includes('<GetCallerIdentityResult>')) {
    throw new UserError(
      `What answers at ${url} is not the local AWS.`,
      `Start it on another port, and name that port here too (--port or STATEWRIGHT_PORT): ${callOf('local', '--port 4567')}`,
    );
  }
}

/** The answer to GetCallerIdentity; undefined when nothing answers. */
async function callerIdentity(url: string, accessKeyId: string): Promise<string | undefined> {
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const { headers } = sign(
    {
      host: new URL(url).host,
      service: 'sts',
      region: DEFAULT_REGION,
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    },
    { accessKeyId, secretAccessKey: OWNER_SECRET },
  );
  // Not fetch: with Node 20 it never ends when the connection is closed without an answer, and neither does its timeout.
  const sent = request(url, { method: 'POST', headers, timeout: 10_000 });
  sent.on('timeout', () => sent.destroy()).end(body);
  try {
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return await text(response);
  } catch {
    return undefined;
  }
}

/** Runs a command to its end, and returns its exit code. The terminal sends Ctrl-C to the command too, which decides how
 * to stop. */
async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit', env });
  const wait = () => undefined;
  const terminate = () => child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', terminate);
  try {
    const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    // As a shell reports it.
    return exitCode ?? (signal ? 128 + constants.signals[signal] : 1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new UserError(
        `The command ${program} was not found.`,
        'Install it, or add its folder to the PATH.',
      );
    }
    throw new UserError(`${program} cannot be run: ${(error as Error).message}`);
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', terminate);
  }
}
