import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatesAccount } from '../../../src/cli/pull/account';
import { pullHistories, regionOfMachine } from '../../../src/cli/pull/pull';
import { Redaction } from '../../../src/cli/pull/redact';
import { sinceTime } from '../../../src/cli/pull/since';
import { startServer } from '../../../src/local-aws/server';
import {
  deployDefinition,
  functionArn,
  type RecordedExecution,
  readHistories,
  replay,
  returns,
  throws,
  type Workflow,
} from '../../../src/testing';

const definition = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemsPath: '$.orders',
      ItemProcessor: {
        StartAt: 'Charge',
        States: { Charge: { Type: 'Task', Resource: functionArn('charge'), End: true } },
      },
      Next: 'Notify',
    },
    Notify: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl: 'q', 'MessageBody.$': 'States.JsonToString($)' },
      End: true,
    },
  },
};

const SECRET = '4111-1111-1111-1111';
let workflow: Workflow;
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  workflow = await deployDefinition(definition, { name: 'orders' });
  workflow.replace('charge', (input: { card: string }) => ({ charged: input.card }));
  workflow.replace('Notify', returns({ MessageId: '1' }));
  await workflow.run({
    orders: [
      { card: SECRET, n: 12345678 },
      { card: 'another', n: 2 },
    ],
  });
  workflow.replace('Notify', throws('SQS.QueueDoesNotExist', `no queue for ${SECRET}`));
  await workflow.run({ orders: [{ card: SECRET, n: 1 }] });
  server = await startServer(workflow.account, { port: 0 });
});
afterAll(() => server.close());

const account = () =>
  new StatesAccount('us-east-1', {
    endpoint: server.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

function pull(paths: readonly string[] = [], status?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'pull-'));
  const redaction = new Redaction(paths);
  const request = {
    stateMachineArn: workflow.stateMachineArn,
    since: 0,
    folder,
    redaction,
    ...(status !== undefined && { status }),
  };
  return pullHistories(account(), request).then((pulled) => ({ folder, pulled, redaction }));
}

const textIn = (folder: string) =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

test('fetches histories and their definition, and a replay reproduces them', async () => {
  const { folder, pulled } = await pull();
  expect(pulled).toEqual({ executions: 2, children: 0, definitions: ['definition.asl.json'] });
  expect(JSON.parse(readFileSync(join(folder, 'definition.asl.json'), 'utf8'))).toEqual(definition);
  for (const history of readHistories(folder)) {
    expect((await replay(history, { definition })).differences).toEqual([]);
  }
  expect(textIn(folder)).toContain(SECRET);
});

test('only executions with a status', async () => {
  const { pulled } = await pull([], 'FAILED');
  expect(pulled).toMatchObject({ executions: 1 });
});

test('fetches the child executions of a distributed Map, and a replay gives each its own results', async () => {
  const distributed = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Work',
          States: { Work: { Type: 'Task', Resource: functionArn('work'), End: true } },
        },
        End: true,
      },
    },
  };
  const mapped = await deployDefinition(distributed);
  mapped.replace('work', (n: number) => n * 2);
  const execution = await mapped.run([1, 2, 3]);
  const all = new Map([execution, ...execution.children].map((each) => [each.executionArn, each]));
  const folder = mkdtempSync(join(tmpdir(), 'pull-'));
  const pulled = await pullHistories(
    {
      async *executions(of) {
        for (const { executionArn } of 'mapRunArn' in of ? execution.children : [execution]) {
          const name = executionArn.split(':').at(-1) as string;
          yield { executionArn, stateMachineArn: '', name, status: 'SUCCEEDED', startDate: new Date(1) };
        }
      },
      history: async (arn) => all.get(arn)?.events ?? [],
      definition: async () => JSON.stringify(distributed),
    },
    { stateMachineArn: '', since: 0, folder, redaction: new Redaction([]) },
  );
  expect(pulled).toMatchObject({ executions: 1, children: 3 });
  const [history, ...more] = readHistories(folder);
  expect(more).toEqual([]);
  const { isSame, now } = await replay(history as RecordedExecution, { definition: distributed });
  expect([isSame, now?.output]).toEqual([true, '[2,4,6]']);
});

test('a redacted value is in no file, wherever it occurred, and replays still reproduce the histories', async () => {
  const { folder, redaction } = await pull(['$.card', '$..n', '$.nowhere']);
  const text = textIn(folder);
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain('12345678');
  expect(text).toContain('redacted-1');
  expect(redaction.matches.get('$.nowhere')).toBe(0);
  for (const history of readHistories(folder)) {
    expect((await replay(history, { definition })).differences).toEqual([]);
  }
});

test.each([['card'], ['$'], ['$.a[?(@.b)]'], ['$$.Execution']])('a path that cannot be used: %s', (path) => {
  expect(() => new Redaction([path])).toThrow(`--redact ${path}: `);
});

test.each([
  ['12h', 12 * 3_600_000],
  ['7d', 7 * 86_400_000],
])('--since %s', (text, before) => {
  expect(sinceTime(text, 1e12)).toBe(1e12 - before);
});

test('--since with a date, and with anything else', () => {
  expect(sinceTime('2026-11-01', 0)).toBe(Date.UTC(2026, 10, 1));
  expect(() => sinceTime('yesterday', 0)).toThrow('--since yesterday is not a time.');
});

test('what AWS refuses is an error with its message', async () => {
  const request = {
    stateMachineArn: `${workflow.stateMachineArn}-2`,
    since: 0,
    folder: '.',
    redaction: new Redaction([]),
  };
  await expect(pullHistories(account(), request)).rejects.toThrow(
    "ListExecutions failed: State Machine Does Not Exist: 'arn:aws:states:us-east-1:000000000000:stateMachine:orders-2'",
  );
  expect(() => regionOfMachine('orders')).toThrow('orders is not the ARN of a state machine.');
});
