import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatesAccount } from '../../../src/cli/pull/account';
import { writeDefinition } from '../../../src/cli/pull/files';
import { pullHistories, regionOfMachine } from '../../../src/cli/pull/pull';
import { Redaction } from '../../../src/cli/pull/redact';
import { sinceTime } from '../../../src/cli/pull/since';
import type { HistoryEvent } from '../../../src/history/events';
import { startServer } from '../../../src/local-aws/server';
import { deployDefinition, functionArn, readHistories, replay, type Workflow } from '../../../src/testing';

const definition = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemsPath: '$.orders',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
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
  workflow.replace('Notify', ({ MessageBody }: { MessageBody: string }) => {
    if (MessageBody.includes('another')) return { MessageId: '1' };
    throw Object.assign(new Error(`no queue for ${SECRET}`), { name: 'SQS.QueueDoesNotExist' });
  });
  // Together: executions that run one after the other have the same ids in a test.
  await Promise.all([
    workflow.run({
      orders: [
        { card: SECRET, n: 12345678 },
        { card: 'another', n: 2 },
      ],
    }),
    workflow.run({ orders: [{ card: SECRET, n: 1 }] }),
  ]);
  server = await startServer(workflow.account, { port: 0 });
});
afterAll(() => server.close());

const account = () =>
  new StatesAccount('us-east-1', {
    endpoint: server.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

function pull(paths: readonly string[] = [], status?: string, folder = mkdtempSync(join(tmpdir(), 'pull-'))) {
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

test('fetches histories, those of child executions and the definition, and a replay reproduces them', async () => {
  const { folder, pulled } = await pull();
  expect(pulled).toEqual({ executions: 2, children: 3, definitions: ['definition.asl.json'] });
  expect(JSON.parse(readFileSync(join(folder, 'definition.asl.json'), 'utf8'))).toEqual(definition);
  const histories = readHistories(folder);
  expect(histories.map(({ children = [] }) => children.length).sort()).toEqual([1, 2]);
  for (const history of histories) {
    expect((await replay(history, { definition })).differences).toEqual([]);
  }
  expect(textIn(folder)).toContain(SECRET);
});

test('again to the same folder: the same files', async () => {
  const { folder } = await pull();
  const files = readdirSync(folder);
  const { pulled } = await pull([], undefined, folder);
  expect(pulled.definitions).toEqual(['definition.asl.json']);
  expect(readdirSync(folder)).toEqual(files);
});

test('a file that is something else is not replaced', async () => {
  const { folder } = await pull();
  const history = readdirSync(folder).find((name) => name !== 'definition.asl.json') as string;
  const other = mkdtempSync(join(tmpdir(), 'pull-'));
  writeFileSync(join(other, 'definition.asl.json'), 'own');
  const { pulled } = await pull([], undefined, other);
  expect(pulled.definitions).toEqual(['definition-2.asl.json']);
  expect(readHistories(other).map((recorded) => recorded.definition)).toEqual(
    Array(2).fill('definition-2.asl.json'),
  );
  expect(readFileSync(join(other, 'definition.asl.json'), 'utf8')).toBe('own');

  writeFileSync(join(other, history), '{"name": "own"}');
  await expect(pull([], undefined, other)).rejects.toThrow(`${history} exists, and is not a history of arn:`);
  expect(readFileSync(join(other, history), 'utf8')).toBe('{"name": "own"}');
});

test('a definition that another form would change is written as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pull-'));
  const text = '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":12345678901234567890,"End":true}}}';
  expect(readFileSync(join(folder, writeDefinition(folder, text)), 'utf8')).toBe(text);
});

test('only executions with a status', async () => {
  const { pulled } = await pull([], 'FAILED');
  expect(pulled).toMatchObject({ executions: 1, children: 1 });
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

test('a redacted text is replaced in JSON inside texts and in names of members', () => {
  const input = JSON.stringify({ mail: 'jane@example.com', code: 'no', nested: '{"to":"jane@example.com"}' });
  const output = JSON.stringify({ 'jane@example.com': 'no', note: 'for jane@example.com' });
  const events = [
    { id: 1, executionStartedEventDetails: { input } },
    { id: 2, stateExitedEventDetails: { name: 'jane@example.com', output } },
  ] as unknown as HistoryEvent[];
  const [redacted] = new Redaction(['$.mail', '$.code']).redact([events]);
  expect(redacted).toEqual([
    {
      id: 1,
      executionStartedEventDetails: {
        input: JSON.stringify({ mail: 'redacted-1', code: 'redacted-2', nested: '{"to":"redacted-1"}' }),
      },
    },
    {
      id: 2,
      stateExitedEventDetails: {
        // The name of a state is not data.
        name: 'jane@example.com',
        output: JSON.stringify({ 'redacted-1': 'redacted-2', note: 'for redacted-1' }),
      },
    },
  ]);
});

test('of two redacted texts, the longer one is replaced first', () => {
  const input = JSON.stringify({ names: ['Anna', 'Annabel'], text: 'Annabel and Anna' });
  const events = [{ id: 1, executionStartedEventDetails: { input } }] as unknown as HistoryEvent[];
  expect(JSON.stringify(new Redaction(['$.names']).redact([events]))).not.toMatch(/Anna|bel/);
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
