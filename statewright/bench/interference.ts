/**
 * How long one client waits while another does something expensive: every few milliseconds a probe calls
 * DescribeExecution, and the time of its slowest calls is reported for each of the other client's loads. With an argument,
 * only for those whose name contains it.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { strToU8, zipSync } from 'fflate';
import { authorization } from './http-client';
import { ours } from './http-servers';
import { printTable } from './table';

const PROBE_INTERVAL = 5;
/** The argument of the process that probes. */
const PROBE = '--probe';
const ROLE = 'arn:aws:iam::000000000000:role/bench';

type Send = (service: string, target: string, members: object | string) => Promise<unknown>;

const pass = (definition: object = {}) => ({
  StartAt: 'A',
  States: { A: { Type: 'Pass', End: true, ...definition } },
});
const jsonata = (expression: string) => ({
  QueryLanguage: 'JSONata',
  ...pass({ Output: `{% ${expression} %}` }),
});

/** A chain of Pass states, each with a wrong Next. */
const misspelt = (count: number) => ({
  StartAt: 's0',
  States: Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`s${i}`, { Type: 'Pass', Next: `t${i + 1}` }]),
  ),
});
const chain = (count: number) => ({
  StartAt: 's0',
  States: Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `s${i}`,
      { Type: 'Pass', ...(i + 1 < count ? { Next: `s${i + 1}` } : { End: true }) },
    ]),
  ),
});
const connected = (count: number) => {
  const names = Array.from({ length: count }, (_, i) => `c${i}`);
  const Choices = names.map((Next, i) => ({ Variable: '$.x', NumericEquals: i, Next }));
  const choices = names.map((name) => [name, { Type: 'Choice', Choices, Default: 'end' }]);
  return { StartAt: 'c0', States: { ...Object.fromEntries(choices), end: { Type: 'Succeed' } } };
};
const distributed = {
  StartAt: 'Map',
  States: {
    Map: {
      Type: 'Map',
      End: true,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Item',
        States: { Item: { Type: 'Pass', Result: 1, End: true } },
      },
      ResultPath: null,
    },
  },
};

/** What the other client does. `prepare` is not measured. */
interface Load {
  readonly name: string;
  prepare?(server: Server): Promise<void>;
  run(server: Server): Promise<unknown>;
}

interface Server {
  readonly url: string;
  readonly send: Send;
  /** Runs a definition to its end. */
  execute(definition: object, input?: string): Promise<void>;
  page(path: string): Promise<void>;
}

const loads: readonly Load[] = [
  { name: 'nothing', run: () => new Promise((resolve) => setTimeout(resolve, 2000)) },
  {
    name: 'FilterLogEvents %user.*timeout.*ms%, a line of 120 KB',
    prepare: (server) => putLines(server, 'regex', [`${'user timeout '.repeat(10_000)}`]),
    run: ({ send }) =>
      send('logs', 'Logs_20140328.FilterLogEvents', {
        logGroupName: 'regex',
        filterPattern: '%user.*timeout.*ms%',
      }),
  },
  {
    name: 'FilterLogEvents in a group of 400,000 lines, every page',
    prepare: (server) => putLines(server, 'large', Array(400_000).fill('x'.repeat(80))),
    run: async ({ send }) => {
      let nextToken: string | undefined;
      do {
        const answer = await send('logs', 'Logs_20140328.FilterLogEvents', {
          logGroupName: 'large',
          filterPattern: 'needle',
          ...(nextToken !== undefined && { nextToken }),
        });
        nextToken = (answer as { nextToken?: string }).nextToken;
      } while (nextToken !== undefined);
    },
  },
  {
    name: 'JSONPath filter =~ /(a+)+$/, 33 characters',
    run: ({ execute }) =>
      execute(
        pass({ InputPath: '$.items[?(@.name =~ /(a+)+$/)]' }),
        JSON.stringify({ items: [{ name: `${'a'.repeat(33)}!` }] }),
      ),
  },
  {
    name: 'JSONata $match with the same pattern',
    run: ({ execute }) => execute(jsonata(`$match('${'a'.repeat(33)}!', /(a+)+$/)`)),
  },
  {
    name: 'JSONata $pad to 500 MB',
    run: ({ execute }) => execute(jsonata("$length($pad('', 500000000, 'x'))")),
  },
  {
    name: 'JSONata loop without an end',
    run: ({ execute }) => execute(jsonata('($f := function($x) { $f($x + 1) }; $f(1))')),
  },
  {
    name: 'the page of a state machine of 2,000 states',
    prepare: (server) => create(server, 'chain', chain(2000)),
    run: ({ page }) => page('/console/state-machines/chain'),
  },
  {
    name: 'the page of 60 fully connected Choices',
    prepare: (server) => create(server, 'connected', connected(60)),
    run: ({ page }) => page('/console/state-machines/connected'),
  },
  {
    name: 'CreateStateMachine with 5,000 misspelt Next',
    run: ({ send }) =>
      send('states', 'AWSStepFunctions.ValidateStateMachineDefinition', {
        definition: JSON.stringify(misspelt(5000)),
      }),
  },
  {
    name: 'an input nested 5,000 deep',
    run: ({ execute }) => execute(pass(), `${'['.repeat(5000)}${']'.repeat(5000)}`),
  },
  {
    name: 'a body of 80 MB',
    run: ({ send }) => send('states', 'AWSStepFunctions.StartExecution', 'x'.repeat(80e6)),
  },
  {
    name: 'a function that writes 1,000,000 lines',
    prepare: (server) =>
      createFunction(
        server,
        'lines',
        'exports.handler = async () => { process.stdout.write("a line\\n".repeat(1e6)); };',
      ),
    run: (server) => invoke(server, 'lines'),
  },
  {
    name: 'a distributed Map of 100,000 items',
    run: ({ execute }) => execute(distributed, `[${Array(100_000).fill(1)}]`),
  },
];

async function putLines({ send }: Server, logGroupName: string, lines: readonly string[]): Promise<void> {
  const stream = { logGroupName, logStreamName: 'stream' };
  await send('logs', 'Logs_20140328.CreateLogGroup', { logGroupName });
  await send('logs', 'Logs_20140328.CreateLogStream', stream);
  const timestamp = Date.now();
  for (let from = 0; from < lines.length; from += 8000) {
    const logEvents = lines.slice(from, from + 8000).map((message) => ({ timestamp, message }));
    await send('logs', 'Logs_20140328.PutLogEvents', { ...stream, logEvents });
  }
}

const create = ({ send }: Server, name: string, definition: object) =>
  send('states', 'AWSStepFunctions.CreateStateMachine', {
    name,
    roleArn: ROLE,
    definition: JSON.stringify(definition),
  }) as Promise<never>;

async function createFunction({ url }: Server, FunctionName: string, source: string): Promise<void> {
  const ZipFile = Buffer.from(zipSync({ 'index.js': strToU8(source) })).toString('base64');
  const response = await fetch(`${url}/2015-03-31/functions`, {
    method: 'POST',
    headers: { authorization: authorization('lambda'), 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ FunctionName, Handler: 'index.handler', Runtime: 'nodejs20.x', Role: ROLE, Timeout: 120 },
      ...{ MemorySize: 1024, Code: { ZipFile } },
    }),
  });
  if (!response.ok) throw new Error(await response.text());
}

async function invoke({ url }: Server, name: string): Promise<void> {
  const response = await fetch(`${url}/2015-03-31/functions/${name}/invocations`, {
    method: 'POST',
    headers: { authorization: authorization('lambda') },
    body: '{}',
  });
  await response.arrayBuffer();
}

async function createRole(url: string): Promise<void> {
  const services = { Service: ['states.amazonaws.com', 'lambda.amazonaws.com'] };
  const trust = { Effect: 'Allow', Principal: services, Action: 'sts:AssumeRole' };
  const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const call = (members: Record<string, string>) =>
    fetch(url, {
      method: 'POST',
      headers: { authorization: authorization('iam') },
      body: new URLSearchParams({ Version: '2010-05-08', RoleName: 'bench', ...members }),
    });
  await call({ Action: 'CreateRole', AssumeRolePolicyDocument: document(trust) });
  await call({ Action: 'PutRolePolicy', PolicyName: 'all', PolicyDocument: document(everything) });
}

function connect(url: string): Server {
  const send: Send = async (service, target, members) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: authorization(service),
        'content-type': `application/x-amz-json-1.${service === 'logs' ? 1 : 0}`,
        'x-amz-target': target,
      },
      body: typeof members === 'string' ? members : JSON.stringify(members),
    });
    const text = await response.text();
    return text === '' ? {} : JSON.parse(text);
  };
  let machines = 0;
  const execute = async (definition: object, input = '{}') => {
    const states = (operation: string, members: object) =>
      send('states', `AWSStepFunctions.${operation}`, members);
    const { stateMachineArn } = (await create({ send } as Server, `bench-${++machines}`, definition)) as {
      stateMachineArn: string;
    };
    const { executionArn } = (await states('StartExecution', { stateMachineArn, input })) as {
      executionArn: string;
    };
    for (;;) {
      const { status } = (await states('DescribeExecution', { executionArn })) as { status: string };
      if (status !== 'RUNNING') return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const page = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await response.text();
  };
  return { url, send, execute, page };
}

/** The times of the probe's calls while the load runs, in milliseconds, the shortest first. */
async function probeDuring(
  server: Server,
  executionArn: string,
  run: () => Promise<unknown>,
): Promise<number[]> {
  // In a process of its own: what this client does, such as encoding a large body, would delay the probe, too.
  const probe = fork(__filename, [PROBE, server.url, executionArn]);
  await once(probe, 'message');
  await run();
  probe.send('stop');
  const [times] = (await once(probe, 'message')) as [number[]];
  probe.disconnect();
  return times.sort((a, b) => a - b);
}

/** Calls DescribeExecution until it is told to stop. */
async function probe(url: string, executionArn: string): Promise<void> {
  const { send } = connect(url);
  const describe = () => send('states', 'AWSStepFunctions.DescribeExecution', { executionArn });
  let done = false;
  process.once('message', () => {
    done = true;
  });
  await describe();
  process.send?.('ready');
  const times: number[] = [];
  do {
    const from = performance.now();
    await describe();
    times.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, PROBE_INTERVAL));
  } while (!done);
  process.send?.(times);
}

async function main(wanted = ''): Promise<void> {
  const local = await ours.start();
  try {
    const server = connect(local.url);
    await createRole(server.url);
    const { stateMachineArn } = (await create(server, 'probe', pass())) as { stateMachineArn: string };
    const started = await server.send('states', 'AWSStepFunctions.StartExecution', { stateMachineArn });
    const { executionArn } = started as { executionArn: string };
    const rows: string[][] = [];
    for (const load of loads.filter(({ name }) => name.includes(wanted))) {
      await load.prepare?.(server);
      const from = performance.now();
      const times = await probeDuring(server, executionArn, () => load.run(server));
      const seconds = (performance.now() - from) / 1000;
      const [p99 = 0, most = 0] = [times[Math.ceil(times.length * 0.99) - 1], times.at(-1)];
      rows.push([load.name, seconds.toFixed(1), String(times.length), p99.toFixed(0), most.toFixed(0)]);
    }
    printTable(['what another client does', 'seconds', 'probes', 'p99 ms', 'longest ms'], rows);
  } finally {
    await local.stop();
  }
}

const [, , first, url = '', executionArn = ''] = process.argv;
void (first === PROBE ? probe(url, executionArn) : main(first));
