import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EndedExecution } from '../../src/cli/machine';
import { sourceMapper, textMapper, withSources } from '../../src/cli/source-map';
import type { ConsoleSource } from '../../src/console';
import { bundleHandler } from '../../src/constructs';
import type { HistoryEvent } from '../../src/history/events';
import type { DeployedStack } from '../../src/local-aws/deployment';

let folder: string;
/** `/var/task/index.js:LINE:COLUMN` of the throw in the bundle. */
let place: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'source-map-'));
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  for (const name of ['first', 'second']) {
    writeFileSync(
      join(folder, `${name}.ts`),
      "export const handler = () => {\n  throw new Error('x');\n};\n",
    );
    const { code, map } = bundleHandler(join(folder, `${name}.ts`));
    writeFileSync(join(folder, `${name}.js.map`), map);
    const lines = code.split('\n');
    const line = lines.findIndex((text) => text.includes('throw'));
    place = `/var/task/${name}.js:${line + 1}:${(lines[line] ?? '').indexOf('throw') + 1}`;
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const placeIn = (name: string) => place.replace('second', name);

const deployment = {
  resources: ['first', 'second', 'unmapped'].map((name) => ({
    type: 'aws_lambda_function',
    attributes: {
      function_name: name,
      filename: `${name}.zip`,
      logging_config: { log_group: `/logs/${name}` },
    },
  })),
  data: ['first', 'second', 'unmapped'].map((name) => ({
    type: 'archive_file',
    attributes: { output_path: `${name}.zip`, source_file: `${name}.js` },
  })),
} as unknown as DeployedStack;

/** An execution in which a function fails with this cause, and `writer` logs it. */
function mapped(name: string, cause: string, writer = name): EndedExecution {
  const resource = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
  const events = [
    {
      id: 1,
      previousEventId: 0,
      type: 'LambdaFunctionScheduled',
      lambdaFunctionScheduledEventDetails: { resource },
    },
    { id: 2, previousEventId: 1, type: 'LambdaFunctionStarted' },
    { id: 3, previousEventId: 2, type: 'LambdaFunctionFailed', lambdaFunctionFailedEventDetails: { cause } },
  ] as unknown as HistoryEvent[];
  const logs = [{ logGroup: `/logs/${writer}`, timestamp: 0, message: `ERROR ${cause}` }];
  return sourceMapper(
    deployment,
    folder,
  )({ input: '{}', events, outcome: { status: 'FAILED', cause }, logs });
}

test('the cause and the log name the source; the history stays as AWS writes it', () => {
  const { outcome, logs, events } = mapped('first', `at handler (${placeIn('first')})`);

  expect(outcome).toEqual({ status: 'FAILED', cause: 'at handler (first.ts:2:3)' });
  expect(logs[0]?.message).toBe('ERROR at handler (first.ts:2:3)');
  expect(JSON.stringify(events)).toContain(placeIn('first'));
});

test('the error of another function in a log is mapped to the sources of that function', () => {
  const { logs } = mapped('second', `at handler (${placeIn('second')})`, 'first');

  expect(logs[0]?.message).toBe('ERROR at handler (second.ts:2:3)');
});

test.each([
  ['a function without a source map', 'unmapped', '/var/task/unmapped.js:1:1'],
  ['another file of the zip', 'first', '/var/task/other.js:1:1'],
  ['the runtime', 'first', '/var/runtime/index.mjs:1:1'],
])('a location in %s stays unchanged', (_, name, other) => {
  expect(mapped(name, `at handler (${other})`).outcome).toMatchObject({ cause: `at handler (${other})` });
});

test('the log lines of the console name the source', async () => {
  const line = { logGroup: '/logs/first', logStream: 's', timestamp: 0, message: placeIn('first') };
  const source = {
    history: async () => [],
    invocations: async () => [
      { requestId: 'r', scheduledEventId: 3, logGroup: line.logGroup, events: [line] },
    ],
  } as unknown as ConsoleSource;

  const [invocation] = await withSources(source, textMapper(deployment, folder)).invocations('arn:e');

  expect(invocation?.events).toEqual([{ ...line, message: 'first.ts:2:3' }]);
});
