import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { createMachine, killServers, ServerProcess, start, statusAtEnd } from './server-process';

const folder = mkdtempSync(join(tmpdir(), 'hostile-expressions-'));
let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start(folder);
}, 60_000);
afterAll(() => {
  killServers();
  rmSync(folder, { recursive: true, force: true });
});

const hostile = `${'a'.repeat(40)}!`;

test.each([
  ['=~ in a JSONPath filter', { Parameters: { 'x.$': '$.p[?(@ =~ /(a+)+$/)]' } }, 'SUCCEEDED'],
  [
    '$match',
    { QueryLanguage: 'JSONata', Output: '{% [$match($states.input.p[0], /^(a+)+$/)] %}' },
    'SUCCEEDED',
  ],
  [
    '$replace with a lookahead',
    { QueryLanguage: 'JSONata', Output: '{% $replace($states.input.p[0], /^(?=(a+)+$)/, "") %}' },
    'FAILED',
  ],
])(
  '%s does not stop the server',
  async (name, fields, status) => {
    const { clients } = server;
    const states = { A: { Type: 'Pass', End: true, ...fields } };
    const machine = await createMachine(clients, name.replace(/\W+/g, '-'), states);
    const execution = await start(clients, machine, { p: [hostile] });
    expect(await statusAtEnd(clients, execution)).toBe(status);
    if (status === 'FAILED') {
      const { error, cause } = await clients.sfn.send(
        new DescribeExecutionCommand({ executionArn: execution }),
      );
      expect(error).toBe('States.QueryEvaluationError');
      expect(cause).toContain('Expression evaluation timeout: Check for infinite loop');
    }
  },
  30_000,
);

test.each([
  ['$pad', '$length($pad("", 500000000, "x"))'],
  ['doubling', '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f("x", 28)))'],
])(
  'JSONata that would take all memory fails by itself: %s',
  async (name, expression) => {
    const { clients } = server;
    const states = {
      A: { Type: 'Pass', QueryLanguage: 'JSONata', Output: `{% ${expression} %}`, End: true },
    };
    const machine = await createMachine(clients, name.replace(/\W+/g, '-'), states);
    const execution = await start(clients, machine);
    expect(await statusAtEnd(clients, execution)).toBe('FAILED');
    const { cause } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn: execution }));
    expect(cause).toContain('Expression evaluation memory limit exceeded: Check for excessive memory usage');
  },
  30_000,
);

test('a filter pattern of CloudWatch Logs does not stop the server', async () => {
  const settings = { endpoint: server.url, region: 'us-east-1', maxAttempts: 1 };
  const logs = new CloudWatchLogsClient({
    ...settings,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const stream = { logGroupName: 'hostile', logStreamName: 'one' };
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'hostile' }));
  await logs.send(new CreateLogStreamCommand(stream));
  const message = JSON.stringify(Array.from({ length: 3000 }, (_, i) => ({ user: `u${i}`, timeout: i })));
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: Date.now(), message }] }));
  const found = (filterPattern: string) =>
    logs.send(new FilterLogEventsCommand({ logGroupName: 'hostile', filterPattern }));
  expect((await found('%user.*timeout.*ms%')).events).toEqual([]);
  expect((await found('%user.*timeout.*2999%')).events).toHaveLength(1);
}, 30_000);
