import { awsSource, createConsole } from '../console';
import { ScaledClock } from '../engine';
import { Account, type AccountOptions } from '../local-aws/account';
import {
  type DeployedStack,
  deployTerraformJson,
  type OtherTypes,
  regionOf,
  variablesIn,
} from '../local-aws/deployment';
import type { RequestReport } from '../local-aws/http/app';
import { openStore, type Store } from '../local-aws/persistence/store';
import { type RunningServer, startServer } from '../local-aws/server';
import { StorageError } from '../local-aws/storage-error';
import { otherResources } from '../testing/other-resources';
import { UserError } from '../user-error';
import { accessKeyOf, deleteAccessKey } from './access-key';
import { awsFiles, deleteAwsFiles } from './aws-files';
import { type Command, textOf, type Values } from './command';
import { stackOption, stackPlace } from './find-stack';
import { callOf } from './invocation';
import { javaRuntime, javaRuntimeOption } from './java-runtime';
import {
  exportLines,
  localEnvironment,
  localRegion,
  portOption,
  readPort,
  readProfiles,
} from './local-environment';
import { accountStandIns } from './local-stand-ins';
import { standInsOption } from './machine';
import { mockConfigOption, testCasesOf } from './mock-config';
import { givenValues } from './project-settings';
import { checkedRegion } from './region';
import { readServices, serviceOptions } from './service-options';
import { textMapper, withSources } from './source-map';
import { readStandIns } from './stand-ins';
import { stopSignal } from './stop-signal';
import { asUserError } from './system-error';
import { createTerminal, Progress, plainText, type Terminal } from './terminal';
import type { Note } from './upstream-options';

/** Runs an AWS on this machine, for real tools, until it is stopped. */
export const local: Command = {
  usage: 'statewright local',
  description:
    'Starts a local AWS with a console, for Terraform, CDKTF, the AWS CLI and the SDKs; Ctrl-C stops it.',
  options: {
    port: { ...portOption, description: `${portOption.description}; 0 takes any free one` },
    deploy: {
      type: 'optional',
      value: 'DIR',
      description: 'Deploys the CDKTF project in this folder or in DIR, or the synthesized stack in DIR',
    },
    stack: stackOption,
    region: {
      type: 'string',
      value: 'REGION',
      description:
        "The region of requests that name none (default: the deployed stack's, AWS_REGION, AWS_DEFAULT_REGION, us-east-1)",
    },
    ...serviceOptions,
    'stand-ins': standInsOption,
    'mock-config': mockConfigOption,
    'time-scale': {
      type: 'string',
      value: 'FACTOR',
      description:
        'Shortens Waits, retry pauses and task timeouts, for example 0.1; 0 skips them (default: 1)',
    },
    'java-runtime': javaRuntimeOption,
    persist: { type: 'string', value: 'DIR', description: 'Keeps the account in this folder' },
    'no-auth': {
      type: 'boolean',
      description: 'Takes requests without an access key, from every user and program of this machine',
    },
    quiet: { type: 'boolean', description: 'Prints no line for each API call' },
  },
  async run(values) {
    const port = readPort(values, 0);
    const { account: services, notes } = readServices(values);
    if (values['no-auth'] === true && notes.some(({ isReal }) => isReal)) {
      throw new UserError(
        'With --no-auth, every user and program of this machine could use your credentials for the real AWS.',
        'Leave out --no-auth, or name another endpoint than aws.',
      );
    }
    const region = textOf(values.region);
    if (region !== undefined) checkedRegion(region, '--region');
    if (values.stack !== undefined && values.deploy === undefined) {
      throw new UserError('--stack chooses what to deploy.', 'Add --deploy.');
    }
    const noAuth = values['no-auth'] === true;
    const given = await readStandIns(textOf(values['stand-ins']));
    const stopped = stopSignal();
    const terminal = createTerminal();
    const progress = new Progress(terminal);
    const folder = await stackFolder(values, progress);
    const persist = textOf(values.persist);
    const settings: AccountOptions = {
      region: regionFor(region, folder),
      ...services,
      ...javaRuntime(values),
      ...(given && accountStandIns(given, () => account)),
      ...testCasesOf(values, () => account),
      ...timeScale(values),
    };
    const [account, store]: [Account, Store?] =
      persist === undefined ? [new Account(settings)] : await openAccount(persist, settings);
    if (store?.converted !== undefined) {
      terminal.write(
        `The account was converted from an earlier format, whose files are in ${store.converted}.\n`,
      );
    }
    let server: RunningServer | undefined;
    try {
      let mapperFor: ReturnType<typeof textMapper> = () => (text) => text;
      const sourceIn = (region: string) =>
        withSources(awsSource(account.in(region)), (events) => mapperFor(events));
      const pages = createConsole(sourceIn(account.region), {
        names: () => account.regions.map(({ region }) => region),
        source: sourceIn,
      });
      server = await startServer(account, {
        port,
        ...(!noAuth && { accessKeyOf }),
        pages: (request) => pages.fetch(request),
        ...(!values.quiet && { onRequest: requestLog(terminal) }),
      }).catch((error) => {
        throw asUserError(error, 'The local AWS cannot listen');
      });
      if (folder !== undefined) mapperFor = textMapper(await deployTo(account, folder, progress), folder);
      terminal.write(welcome(account, server, noAuth, notes, terminal));
      await stopped;
    } finally {
      // Together: the server waits for its open requests, and one of them may wait for an execution to end.
      await Promise.all([server?.close(), account.close()]);
      store?.close();
      // The next server that takes any free port has another one, and a key of its own.
      if (server && port === 0) {
        deleteAwsFiles(portOf(server));
        if (!noAuth) deleteAccessKey(portOf(server));
      }
    }
    return 0;
  },
};

/** The folder of the stack to deploy; undefined without --deploy. */
async function stackFolder({ deploy, stack }: Values, progress: Progress): Promise<string | undefined> {
  if (deploy === undefined) return undefined;
  const place = stackPlace(textOf(deploy), textOf(stack));
  return (await progress.run(place.label, () => place.find())).folder;
}

/** @throws UserError when it is not a number, or below 0 */
function timeScale({ 'time-scale': value }: Values): Pick<AccountOptions, 'executionClock'> {
  const text = textOf(value);
  if (text === undefined) return {};
  const factor = Number(text);
  if (text.trim() !== '' && factor >= 0 && factor < Number.POSITIVE_INFINITY) {
    return { executionClock: new ScaledClock(factor) };
  }
  throw new UserError(
    `"${text}" (--time-scale) is not a factor.`,
    'Use a number of 0 or more: --time-scale 0.1 makes a Wait of 10 seconds take 1 second, --time-scale 0 skips it.',
  );
}

/**
 * The default region of the account.
 *
 * @param wanted the value of --region
 * @throws UserError when the stack's region is not one of AWS
 */
function regionFor(wanted: string | undefined, folder: string | undefined): string {
  if (wanted !== undefined) return wanted;
  const ofStack = folder === undefined ? undefined : regionOf(folder, variablesIn(process.env));
  return ofStack === undefined ? localRegion() : checkedRegion(ofStack, "the stack's AWS provider");
}

/**
 * Opens the account that is stored in a folder.
 * @throws UserError when the folder cannot be used
 */
async function openAccount(folder: string, settings: AccountOptions): Promise<[Account, Store]> {
  let store: Store | undefined;
  try {
    store = await openStore(folder);
    return [new Account({ ...settings, openTable: store.openTable }), store];
  } catch (error) {
    store?.close();
    if (error instanceof StorageError) throw new UserError(error.message);
    throw asUserError(error, `The account cannot be kept in ${folder}`);
  }
}

/** Deploys a stack. Resources that this AWS does not have, such as queues, exist by name only, and are listed. */
async function deployTo(account: Account, folder: string, progress: Progress): Promise<DeployedStack> {
  const byName = otherResources;
  const named: string[] = [];
  const reasons: string[] = [];
  const otherTypes: OtherTypes = (block, context, reason) => {
    named.push(block.place);
    if (reason !== undefined) reasons.push(`${block.place} exists by name only. ${reason}`);
    return byName(block, context);
  };
  const deployed = await progress.run('Deploy it', () =>
    deployTerraformJson(account, folder, {
      variables: variablesIn(process.env),
      values: givenValues(folder),
      valuesOfOtherStacks: true,
      otherTypes,
      onProgress: ({ mode, status, address }) => {
        if (mode === 'resource' && status === 'done' && !named.includes(address)) progress.step(address);
      },
    }),
  );
  const others = named.filter((place) => !reasons.some((reason) => reason.startsWith(`${place} `)));
  if (others.length > 0)
    progress.step(`By name only, since this AWS does not have them: ${others.join(', ')}`);
  for (const reason of reasons) progress.step(reason);
  return deployed;
}

const portOf = ({ url }: RunningServer) => Number(new URL(url).port);

function welcome(
  { accountId, region }: Account,
  server: RunningServer,
  noAuth: boolean,
  notes: readonly Note[],
  { paint }: Terminal,
): string {
  const { url, consoleUrl } = server;
  const port = portOf(server);
  const env = callOf('env', port === 4566 ? '' : `--port ${port}`, { quiet: true });
  const address = { url, accessKeyId: noAuth ? 'local' : accessKeyOf(port) };
  const files = awsFiles(address, readProfiles({}));
  const environment = localEnvironment(url, address.accessKeyId, undefined, files);
  return [
    paint.strong(`Local AWS: account ${accountId}, ${region}, ${url}`),
    `Console:   ${paint.accent(consoleUrl)}`,
    ...(noAuth
      ? [
          paint.bad(
            'No access key is asked for (--no-auth): every user and program of this machine is let in.',
          ),
        ]
      : []),
    ...notes.map(({ text, isReal }) => (isReal ? paint.bad(text) : text)),
    '',
    `In another shell: ${paint.accent(`eval "$(${env})"`)}, or paste:`,
    '',
    exportLines({ ...environment, AWS_REGION: region, AWS_DEFAULT_REGION: region }),
    paint.faint('Ctrl-C stops it.'),
    '',
  ].join('\n');
}

/** Prints a line for each API call; those that were answered in the same turn, together. */
function requestLog(terminal: Terminal): (report: RequestReport) => void {
  let lines = '';
  const write = () => {
    terminal.write(lines);
    lines = '';
  };
  return (report) => {
    const line = lineOf(report, terminal);
    if (line !== '' && lines === '') setImmediate(write);
    lines += line;
  };
}

/** The line for an API call; empty for the console's own requests. */
function lineOf(
  { method, path, operation, status, milliseconds }: RequestReport,
  terminal: Terminal,
): string {
  if (/^\/console(?:\/|$)/.test(path) || (method === 'GET' && path === '/' && status < 400)) return '';
  const { good, bad, faint } = terminal.paint;
  const call = plainText(operation ?? `${method} ${path}`);
  const paint = status < 400 ? good : bad;
  return `${paint(String(status))} ${call} ${faint(`${milliseconds.toFixed(0)} ms`)}\n`;
}
