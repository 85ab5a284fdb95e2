import {
  awsCallbacks,
  awsEditing,
  awsFunctions,
  awsQualifiers,
  awsSource,
  createConsole,
  type Problem,
  Recordings,
} from '../console';
import { ScaledClock } from '../engine';
import { Account, type AccountOptions } from '../local-aws/account';
import { regionOf } from '../local-aws/deployment';
import type { RequestReport } from '../local-aws/http/app';
import { openStore, type Store } from '../local-aws/persistence/store';
import { type RunningServer, startServer } from '../local-aws/server';
import type { LambdaInvoker } from '../local-aws/step-functions/dependencies';
import { StorageError } from '../local-aws/storage-error';
import { UserError } from '../user-error';
import { accessKeyOf, deleteAccessKey } from './access-key';
import { awsFiles, deleteAwsFiles } from './aws-files';
import { type Option, textOf, type Values } from './command';
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
import { stackInputs } from './project-settings';
import { readRecording } from './recorded-console';
import { checkedRegion } from './region';
import { type GivenServices, readServices, serviceOptions } from './service-options';
import { type textMapper, withSources } from './source-map';
import { type GivenStandIns, readStandIns } from './stand-ins';
import { asUserError } from './system-error';
import { type Paint, plainText, type Terminal } from './terminal';

/** The options of every command that runs a local AWS until it is stopped. */
export const serverOptions = {
  port: { ...portOption, description: `${portOption.description}; 0 takes any free one` },
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
    description: 'Shortens Waits, retry pauses and task timeouts, for example 0.1; 0 skips them (default: 1)',
  },
  'java-runtime': javaRuntimeOption,
  persist: { type: 'string', value: 'DIR', description: 'Keeps the account in this folder' },
  'no-auth': {
    type: 'boolean',
    description: 'Accepts requests without an access key, from every user and program of this machine',
  },
  quiet: { type: 'boolean', description: 'Does not print a line for each API call' },
} as const satisfies Readonly<Record<string, Option>>;

/** The values of the options, checked. */
interface ServerSettings {
  readonly port: number;
  readonly region: string | undefined;
  readonly services: GivenServices;
  readonly standIns: GivenStandIns | undefined;
  readonly clock: Pick<AccountOptions, 'executionClock'>;
  readonly persist: string | undefined;
  readonly noAuth: boolean;
  readonly quiet: boolean;
  readonly values: Values;
}

/** @throws UserError for a value that cannot be used */
export async function readServerSettings(values: Values): Promise<ServerSettings> {
  const port = readPort(values, 0);
  const services = readServices(values);
  const noAuth = values['no-auth'] === true;
  if (noAuth && services.notes.some(({ isReal }) => isReal)) {
    throw new UserError(
      'With --no-auth, every user and program of this machine could use your credentials for the real AWS.',
      'Leave out --no-auth, or name another endpoint than aws.',
    );
  }
  const region = textOf(values.region);
  if (region !== undefined) checkedRegion(region, '--region');
  return {
    port,
    region,
    services,
    standIns: await readStandIns(textOf(values['stand-ins'])),
    clock: timeScale(values),
    persist: textOf(values.persist),
    noAuth,
    quiet: values.quiet === true,
    values,
  };
}

/** What a command adds to the account and to its console. */
interface Additions {
  /** The folder of the stack, whose region is the default; undefined without one. */
  readonly folder?: string | undefined;
  /** Wraps what Step Functions calls as Lambda. */
  readonly lambdaInvoker?: (lambda: LambdaInvoker) => LambdaInvoker;
  /** What the console shows at the top of each page. */
  readonly problems?: () => readonly Problem[];
}

/** A local AWS that is served on this machine, with its console. */
export interface LocalServer {
  readonly account: Account;
  /** How to use it: the addresses, and how another shell uses it. @param exports whether with the exports themselves */
  welcome(terminal: Terminal, exports?: boolean): string;
  /** Names the user's sources in the logs that the console shows. */
  mapTexts(mapper: ReturnType<typeof textMapper>): void;
  /** Uses other stand-ins in place of those that the server began with. */
  useStandIns(given: GivenStandIns): void;
  /** Ends the executions, the functions and the server. */
  close(): Promise<void>;
}

/** @throws UserError when the port is in use, or the account cannot be kept where the settings say */
export async function startLocal(
  settings: ServerSettings,
  terminal: Terminal,
  { folder, lambdaInvoker, problems }: Additions = {},
): Promise<LocalServer> {
  const { port, services, standIns, persist, noAuth, quiet, values } = settings;
  const accountWide = standIns && accountStandIns(standIns, () => account);
  const options: AccountOptions = {
    region: regionFor(settings.region, folder),
    ...services.account,
    ...javaRuntime(values),
    ...accountWide?.options,
    ...testCasesOf(values, () => account),
    ...settings.clock,
    ...(lambdaInvoker && {
      lambdaInvoker: (lambda) => lambdaInvoker(accountWide?.options.lambdaInvoker?.(lambda) ?? lambda),
    }),
  };
  const [account, store]: [Account, Store?] =
    persist === undefined ? [new Account(options)] : await openAccount(persist, options);
  if (store?.converted !== undefined) {
    terminal.write(
      `The account was converted from an earlier format, whose files are in ${store.converted}.\n`,
    );
  }
  let mapperFor: ReturnType<typeof textMapper> = () => (text) => text;
  const sourceIn = (region: string) => ({
    ...withSources(
      { ...awsSource(account.in(region)), functions: awsFunctions(account.in(region)) },
      (events) => mapperFor(events),
    ),
    callbacks: awsCallbacks(account.in(region)),
    qualifiers: awsQualifiers(account.in(region)),
    editing: awsEditing(account.in(region)),
    ...(problems && { problems }),
  });
  const recordings = new Recordings(readRecording);
  const pages = createConsole(recordings.in(sourceIn(account.region)), {
    names: () => account.regions.map(({ region }) => region),
    source: sourceIn,
  });
  let server: RunningServer | undefined;
  const close = async () => {
    // Together: the server waits for its open requests, and one of them may wait for an execution to end.
    await Promise.all([server?.close(), account.close()]);
    store?.close();
    // The next server that takes any free port has another one, and a key of its own.
    if (server && port === 0) {
      deleteAwsFiles(portOf(server));
      if (!noAuth) deleteAccessKey(portOf(server));
    }
  };
  try {
    const running = await startServer(account, {
      port,
      ...(!noAuth && { accessKeyOf }),
      pages: (request) => pages.fetch(request),
      ...(!quiet && { onRequest: requestLog(terminal) }),
    });
    server = running;
    return {
      account,
      welcome: ({ paint }, exports = true) => welcome(account, running, settings, paint, exports),
      mapTexts: (mapper) => {
        mapperFor = mapper;
      },
      useStandIns: (given) => accountWide?.use(given),
      close,
    };
  } catch (error) {
    await close();
    throw asUserError(error, 'The local AWS cannot listen');
  }
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
  const ofStack = folder === undefined ? undefined : regionOf(folder, stackInputs(folder));
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

const portOf = ({ url }: RunningServer) => Number(new URL(url).port);

function welcome(
  { accountId, region }: Account,
  server: RunningServer,
  { noAuth, services: { notes } }: ServerSettings,
  paint: Paint,
  exports: boolean,
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
    `In another shell: ${paint.accent(`eval "$(${env})"`)}${exports ? ', or paste:' : ''}`,
    '',
    ...(exports ? [exportLines({ ...environment, AWS_REGION: region, AWS_DEFAULT_REGION: region }), ''] : []),
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
