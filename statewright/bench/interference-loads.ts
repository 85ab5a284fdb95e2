/** What one client does while another one waits. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { authorization } from './http-client';
import { ROLE, type Server } from './interference-client';
import {
  chain,
  choice,
  connected,
  distributed,
  jsonata,
  largeInput,
  loop,
  misspelt,
  numbers,
  ones,
  pass,
  wide,
} from './interference-machines';

/** What the other client does. `prepare` is not measured. */
export interface Load {
  readonly name: string;
  prepare?(server: Server): Promise<unknown>;
  run(server: Server): Promise<unknown>;
}

export const loads: readonly Load[] = [
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
    prepare: (server) => server.create('chain', chain(2000)),
    run: ({ page }) => page('/console/state-machines/chain'),
  },
  {
    name: 'the page of 60 fully connected Choices',
    prepare: (server) => server.create('connected', connected(60)),
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
    name: 'CreateStateMachine with 20,000 states, 1 MB',
    run: (server) => server.create('long-chain', chain(20_000)),
  },
  {
    name: 'the page of that state machine',
    run: ({ page }) => page('/console/state-machines/long-chain'),
  },
  {
    name: 'GetExecutionHistory of 25,000 events of 30 KB',
    prepare: (server) => server.execute(loop, largeInput),
    run: async ({ send, last }) => {
      let nextToken: string | undefined;
      do {
        const answer = await send('states', 'AWSStepFunctions.GetExecutionHistory', {
          executionArn: last(),
          maxResults: 1000,
          ...(nextToken !== undefined && { nextToken }),
        });
        nextToken = (answer as { nextToken?: string }).nextToken;
      } while (nextToken !== undefined);
    },
  },
  {
    name: 'the page of that execution',
    run: ({ page, last }) => {
      const [machine, execution] = last().split(':').slice(6);
      return page(`/console/state-machines/${machine}/executions/${execution}`);
    },
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
    name: 'DeleteLogGroup of 100,000 lines, each of its own time',
    prepare: (server) => putLines(server, 'deleted', Array(100_000).fill('x'.repeat(80)), 1),
    run: async ({ send }) => {
      await send('logs', 'Logs_20140328.DeleteLogGroup', { logGroupName: 'deleted' });
      // Its lines are erased after the answer.
      await new Promise((resolve) => setTimeout(resolve, 3000));
    },
  },
  {
    name: 'PutLogEvents of 10,000 events between 200,000 others',
    prepare: (server) => putLines(server, 'between', Array(200_000).fill('x'.repeat(78)), 1),
    run: ({ send }) => {
      const start = Date.now() - 100_000;
      return send('logs', 'Logs_20140328.PutLogEvents', {
        ...{ logGroupName: 'between', logStreamName: 'stream' },
        logEvents: Array.from({ length: 10_000 }, (_, i) => ({ timestamp: start + i, message: 'y' })),
      });
    },
  },
  {
    name: 'a distributed Map of 100,000 items',
    run: ({ execute }) => execute(distributed(), ones(100_000)),
  },
  {
    name: 'the same Map in batches of 1,000 items',
    run: ({ execute }) => execute(distributed({ ItemBatcher: { MaxItemsPerBatch: 1000 } }), ones(100_000)),
  },
  {
    name: 'a ResultWriter of 2,000 results of 150 KB',
    run: ({ execute }) =>
      execute(
        distributed(
          { ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'bench' } } },
          { Type: 'Pass', Result: '"x'.repeat(50_000) },
        ),
        ones(2000),
      ),
  },
  {
    name: 'an ItemReader with an ItemsPointer into a JSON file of 45 MB',
    prepare: async ({ bucket }) => {
      const items = Array.from({ length: 100_000 }, (_, id) => ({ id, text: 'x'.repeat(430) }));
      writeFileSync(join(bucket, 'items.json'), JSON.stringify({ items }));
    },
    run: ({ execute }) =>
      execute(
        distributed({
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            ReaderConfig: { InputType: 'JSON', ItemsPointer: '/items', MaxItems: 100 },
            Parameters: { Bucket: 'bench', Key: 'items.json' },
          },
        }),
      ),
  },
  {
    name: 'StopExecution of a Map with 10,000 running children',
    prepare: async (server) => {
      const map = distributed({}, { Type: 'Wait', Seconds: 3600 });
      const { stateMachineArn } = await server.create('waiting', map);
      const start = { stateMachineArn, name: 'waiting', input: ones(10_000) };
      await server.send('states', 'AWSStepFunctions.StartExecution', start);
      await new Promise((resolve) => setTimeout(resolve, 5000));
    },
    run: ({ send }) =>
      send('states', 'AWSStepFunctions.StopExecution', {
        executionArn: 'arn:aws:states:us-east-1:000000000000:execution:waiting:waiting',
      }),
  },
  {
    name: 'CreateStateMachine with 20,000 paths in one state',
    run: (server) => server.create('wide', wide(20_000)),
  },
  {
    name: 'an execution of that state',
    run: ({ execute }) => execute(wide(20_000), numbers(1)),
  },
  {
    name: 'an execution of a Choice with 8,000 rules',
    run: ({ execute }) => execute(choice(8000), '{"x": -1}'),
  },
  {
    name: 'a JSONPath filter that compares 40,000 items with all of them',
    run: ({ execute }) => execute(pass({ InputPath: '$.items[?(@ in $.items)]' }), numbers(40_000)),
  },
  {
    name: 'JSONata $sort of 40,000 numbers',
    run: ({ execute }) => execute(jsonata('$count($sort($states.input.items))'), numbers(40_000)),
  },
  {
    name: 'JSONata $split with 250,000 matches of a regular expression',
    run: ({ execute }) => execute(jsonata("$count($split($pad('', 250000, ','), /,/))")),
  },
  {
    name: 'CreateFunction with a zip of 40 MB',
    run: (server) =>
      createFunction(server, 'large', 'exports.handler = async () => 1;', { 'data.bin': randomBytes(39e6) }),
  },
  { name: 'the first call of that function', run: (server) => invoke(server, 'large') },
  {
    name: 'PutObject of 65 MB',
    run: ({ url }) =>
      fetch(`${url}/bucket/key`, {
        method: 'PUT',
        headers: { authorization: authorization('s3') },
        body: Buffer.alloc(65e6, 'x'),
      }),
  },
];

/** @param interval between the times of two lines, in milliseconds */
async function putLines(
  { send }: Server,
  logGroupName: string,
  lines: readonly string[],
  interval = 0,
): Promise<void> {
  const stream = { logGroupName, logStreamName: 'stream' };
  await send('logs', 'Logs_20140328.CreateLogGroup', { logGroupName });
  await send('logs', 'Logs_20140328.CreateLogStream', stream);
  const start = Date.now() - lines.length * interval;
  for (let from = 0; from < lines.length; from += 8000) {
    const logEvents = lines
      .slice(from, from + 8000)
      .map((message, i) => ({ timestamp: start + (from + i) * interval, message }));
    await send('logs', 'Logs_20140328.PutLogEvents', { ...stream, logEvents });
  }
}

/** @param more other files of its package; they are not compressed */
async function createFunction(
  { url }: Server,
  FunctionName: string,
  source: string,
  more: Readonly<Record<string, Uint8Array>> = {},
): Promise<void> {
  const files = { 'index.js': strToU8(source), ...more };
  const ZipFile = Buffer.from(zipSync(files, { level: 0 })).toString('base64');
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
