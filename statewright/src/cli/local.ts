import { awsSource, createConsole } from '../console';
import { Account } from '../local-aws/account';
import { deployTerraformJson, regionOf, variablesIn } from '../local-aws/deployment';
import type { RequestReport } from '../local-aws/http/app';
import { openStore, type Store } from '../local-aws/persistence/store';
import { type RunningServer, startServer } from '../local-aws/server';
import { StorageError } from '../local-aws/storage-error';
import { UserError } from '../user-error';
import type { Command } from './command';
import { exportLines, localEnvironment, localRegion, portOption, readPort } from './local-environment';
import { synthesizeProject } from './synthesize-project';
import { createTerminal, Progress, plainText, type Terminal } from './terminal';

/** An AWS on this machine, to use with real tools until it is stopped. */
export const local: Command = {
  usage: 'npm run local',
  description: 'Starts a local AWS for terraform, cdktf, the AWS CLI and the SDKs; Ctrl-C stops it.',
  options: {
    port: { ...portOption, description: `${portOption.description}; 0 takes any free one` },
    deploy: { type: 'boolean', description: 'Synthesizes the stack and deploys it at once' },
    persist: { type: 'string', value: 'DIR', description: 'Keeps the account in this folder' },
    quiet: { type: 'boolean', description: 'Prints no line for each API call' },
  },
  async run(values) {
    const { deploy, persist, quiet } = values;
    const port = readPort(values, 0);
    const stopped = stopSignal();
    const terminal = createTerminal();
    const progress = new Progress(terminal);
    const [stack] = deploy ? await progress.run('Synthesize the stack', () => synthesizeProject()) : [];

    const folder = stack?.folder;
    const region = (folder && regionOf(folder, variablesIn(process.env))) ?? localRegion();
    const [account, store] =
      typeof persist === 'string' ? await openAccount(persist, region) : [new Account({ region })];
    if (store?.converted !== undefined) {
      terminal.write(
        `The account was converted from an earlier format, whose files are in ${store.converted}.\n`,
      );
    }
    let server: RunningServer | undefined;
    try {
      const pages = createConsole(awsSource(account));
      server = await startServer(account, {
        port,
        pages: (request) => pages.fetch(request),
        ...(!quiet && { onRequest: (report) => logRequest(report, terminal) }),
      }).catch(refused);
      if (folder) await deployTo(account, folder, progress);
      terminal.write(welcome(account, server.url, terminal));
      await stopped;
    } finally {
      // Together: the server waits for what it is answering, which may itself wait for an execution to end.
      await Promise.all([server?.close(), account.close()]);
      store?.close();
    }
    return 0;
  },
};

/**
 * Resolves at the first Ctrl-C or SIGTERM, or when the terminal is closed. Later ones change nothing: npm passes on the
 * Ctrl-C that the terminal has already sent to everyone. A SIGTERM for npm alone ends npm and its shell, and reaches
 * nobody else: there, that the shell has gone is the signal.
 */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, 500).unref();
  });
}

/**
 * An account that is kept in a folder.
 * @throws UserError when the folder cannot be used
 */
async function openAccount(folder: string, region: string): Promise<[Account, Store]> {
  let store: Store | undefined;
  try {
    store = await openStore(folder);
    return [new Account({ region, openTable: store.openTable }), store];
  } catch (error) {
    store?.close();
    if (error instanceof StorageError) throw new UserError(error.message);
    throw userErrorOf(error, `The account cannot be kept in ${folder}`);
  }
}

function refused(error: unknown): never {
  throw userErrorOf(error, 'The local AWS cannot listen');
}

/** What the file system or the network refuses is for the user to mend, any other error is a defect. */
function userErrorOf(error: unknown, problem: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  return new UserError(`${problem}: ${error.message}`);
}

async function deployTo(account: Account, folder: string, progress: Progress): Promise<void> {
  await progress.run('Deploy cdk.tf.json', () =>
    deployTerraformJson(account, folder, {
      variables: variablesIn(process.env),
      onProgress: ({ mode, status, address }) => {
        if (mode === 'resource' && status === 'done') progress.step(address);
      },
    }),
  );
}

function welcome({ accountId, region }: Account, url: string, { paint }: Terminal): string {
  const { port } = new URL(url);
  const option = port === '4566' ? '' : ` -- --port ${port}`;
  return [
    paint.strong(`Local AWS: account ${accountId}, ${region}, ${url}`),
    `Console:   ${paint.accent(`${url}/console`)}`,
    '',
    `In another shell: ${paint.accent(`eval "$(npm -s run local:env${option})"`)}, or paste:`,
    '',
    exportLines(localEnvironment(url)),
    paint.faint('Ctrl-C stops it.'),
    '',
  ].join('\n');
}

/** One line for an API call; none for what a person reads in the console. */
function logRequest(
  { method, path, operation, status, milliseconds }: RequestReport,
  terminal: Terminal,
): void {
  if (/^\/console(?:\/|$)/.test(path) || (method === 'GET' && path === '/' && status < 400)) return;
  const { good, bad, faint } = terminal.paint;
  const call = plainText(operation ?? `${method} ${path}`);
  const paint = status < 400 ? good : bad;
  terminal.write(`${paint(String(status))} ${call} ${faint(`${milliseconds.toFixed(0)} ms`)}\n`);
}
