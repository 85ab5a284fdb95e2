import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { AccountContext, Authorize } from '../../../src/local-aws/account-context';
import type { InvokeRequest } from '../../../src/local-aws/lambda/invoke';
import { LambdaService, type LambdaServices } from '../../../src/local-aws/lambda/lambda-service';
import type { LambdaRequest } from '../../../src/local-aws/lambda/requests';
import { LogsService } from '../../../src/local-aws/logs/logs-service';

export const ROLE = 'arn:aws:iam::123456789012:role/service-role/test';

export const allowAll: Authorize = () => ({ allowed: true });

/** A deployment package of text files, by path. */
export const zip = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));

/** A package whose handler has this body; it may use `event` and `context`. */
export const handlerZip = (body: string): Uint8Array =>
  zip({ 'index.js': `exports.handler = async (event, context) => { ${body} };` });

/** Timers that a test fires itself. */
export class ManualTimers {
  readonly #timers: { readonly delay: number; readonly callback: () => void }[] = [];

  setTimer = (delay: number, callback: () => void) => {
    this.#timers.push({ delay, callback });
    return () => {};
  };

  /** Fires the timers that are set, and returns the delay of each. */
  fire(): number[] {
    return this.#timers.splice(0).map(({ delay, callback }) => {
      callback();
      return delay;
    });
  }
}

/** Lambda and Logs of one account, and short ways to use them. */
export function localLambda(services: Partial<LambdaServices> = {}, uuid: () => string = randomUUID) {
  const timers = new ManualTimers();
  const context: AccountContext = {
    accountId: '123456789012',
    region: 'us-east-1',
    clock: { now: () => Date.now(), setTimer: timers.setTimer },
    uuid,
    random: () => Math.random(),
  };
  const logs = new LogsService(context);
  const lambda = new LambdaService(context, { logs, authorize: allowAll, ...services });

  const create = (
    FunctionName: string,
    code: string | Uint8Array,
    more: Partial<LambdaRequest<'CreateFunction'>> = {},
  ) =>
    lambda.createFunction({
      FunctionName,
      Role: ROLE,
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Code: { ZipFile: typeof code === 'string' ? handlerZip(code) : code },
      ...more,
    });

  /** Invokes a function; returns its answer as a value and its log as lines. */
  const call = async (FunctionName: string, event: unknown = {}, more: Partial<InvokeRequest> = {}) => {
    const answer = await lambda.invoke({
      FunctionName,
      Payload: JSON.stringify(event),
      LogType: 'Tail',
      ...more,
    });
    return {
      ...answer,
      value: JSON.parse(answer.Payload),
      log: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
    };
  };

  /** Everything that a function has logged. */
  const logged = (name: string) => {
    const logGroupName = `/aws/lambda/${name}`;
    const { logGroups } = logs.describeLogGroups({ logGroupNamePrefix: logGroupName });
    return logGroups.length === 0
      ? []
      : logs.filterLogEvents({ logGroupName }).events.map(({ message }) => message);
  };

  return { lambda, logs, timers, create, call, logged };
}

/** A new folder that a test and its functions both see: a function has a `/tmp` of its own. */
export const sharedFolder = (prefix: string): string =>
  mkdtempSync(join(process.platform === 'linux' ? '/var/tmp' : tmpdir(), prefix));

/** Whether a process runs, and is not a zombie. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Polls until a condition is true. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
