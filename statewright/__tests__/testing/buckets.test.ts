/** Buckets of a test: what distributed Maps read and write. */
import { readdirSync } from 'node:fs';
import {
  deployDefinition,
  functionArn,
  NoSuchBucketError,
  returns,
  sequence,
  type TestExecution,
  takes,
  throws,
} from '../../src/testing';

const machine = (more: object = {}, processor: object = {}) => ({
  StartAt: 'Each order',
  States: {
    'Each order': {
      Type: 'Map',
      Label: 'Orders',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        Parameters: { Bucket: 'orders', Key: 'in.csv' },
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Ship',
        States: { Ship: { Type: 'Task', Resource: functionArn('ship'), End: true } },
        ...processor,
      },
      End: true,
      ...more,
    },
  },
});
const ResultWriter = {
  Resource: 'arn:aws:states:::s3:putObject',
  Parameters: { Bucket: 'results', Prefix: 'run' },
};

test('a Map reads its items from a bucket', async () => {
  const workflow = await deployDefinition(machine());
  workflow.bucket('orders', { 'in.csv': 'id,city\n1,Rome\n2,Oslo\n' });
  workflow.replace('ship', ({ id }: { id: string }) => `shipped ${id}`);
  const execution = await workflow.run();
  expect(execution.output).toEqual(['shipped 1', 'shipped 2']);
  expect(execution.invocationsOf('ship').map(({ input }) => input)).toEqual([
    { id: '1', city: 'Rome' },
    { id: '2', city: 'Oslo' },
  ]);
  expect(execution.children).toHaveLength(2);
});

test('what a ResultWriter wrote can be read', async () => {
  const workflow = await deployDefinition(machine({ ResultWriter, ToleratedFailureCount: 1 }));
  workflow.bucket('orders', { 'in.csv': 'id\n1\n2\n' });
  const results = workflow.bucket('results');
  workflow.replace('ship', sequence(returns('done'), throws('Lost')));
  const { output } = await workflow.run();
  const { Key } = (output as { ResultWriterDetails: { Key: string } }).ResultWriterDetails;
  const folder = Key.replace('manifest.json', '');
  expect(results.keys).toEqual(
    ['FAILED_0.json', 'SUCCEEDED_0.json', 'manifest.json'].map((name) => folder + name),
  );
  expect(results.json(`${folder}SUCCEEDED_0.json`)).toMatchObject([{ Output: '"done"' }]);
  expect(results.text(`${folder}FAILED_0.json`)).toContain('"Error":"Lost"');
});

test('objects are text, bytes or JSON values, and can be added and replaced', async () => {
  const reader = {
    Resource: 'arn:aws:states:::s3:getObject',
    Parameters: { Bucket: 'orders', 'Key.$': '$.key' },
  };
  const workflow = await deployDefinition(machine({ ItemReader: reader }));
  workflow.replace('ship', (item: unknown) => item);
  const orders = workflow.bucket('orders', { 'value.json': [1], 'text.json': '[2]' });
  orders.put('bytes.json', Buffer.from('[3]')).put('value.json', { a: 4 });
  expect(workflow.bucket('orders').keys).toEqual(['bytes.json', 'text.json', 'value.json']);
  const outputs = await Promise.all(orders.keys.map(async (key) => (await workflow.run({ key })).output));
  expect(outputs).toEqual([[3], [2], [{ Key: 'a', Value: 4 }]]);
});

test('time passes only in the child executions', async () => {
  const workflow = await deployDefinition(machine({ MaxConcurrency: 1 }));
  workflow.bucket('orders', { 'in.csv': `id\n${'1\n'.repeat(3)}` });
  workflow.replace('ship', takes(1000, returns(1)));
  expect((await workflow.run()).duration).toBe(3000);
});

test('a bucket that the test does not have is an error of the test', async () => {
  const workflow = await deployDefinition(
    machine({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Each order' }] }),
  );
  await expect(workflow.run()).rejects.toThrow(
    `The execution uses the bucket "orders", which the test does not have. Add it: workflow.bucket('orders', {`,
  );
  workflow.bucket('order');
  await expect(workflow.run()).rejects.toThrow('Did you mean "order"?');
});

test('an object that does not exist fails the Map, and a read of the test', async () => {
  const workflow = await deployDefinition(machine());
  const orders = workflow.bucket('orders', { 'in.cvs': 'id\n' });
  const execution: TestExecution = await workflow.run();
  expect(execution.error).toBe('States.ItemReaderFailed');
  expect(execution.cause).toMatch(
    /^The specified key does not exist\. \(Service: S3, Status Code: 404, Request ID: [\da-f-]+\)$/,
  );
  expect(() => orders.text('in.csv')).toThrow(NoSuchBucketError);
  expect(() => orders.text('in.csv')).toThrow('has no object "in.csv". Did you mean "in.cvs"?');
});

test('a test does not write files', async () => {
  const before = readdirSync('.');
  const workflow = await deployDefinition(machine({ ResultWriter }));
  workflow.bucket('orders', { 'in.csv': 'id\n' });
  workflow.bucket('results');
  await workflow.run();
  expect(readdirSync('.')).toEqual(before);
});

test('an aws-sdk:s3 Task reads and writes the buckets of the test', async () => {
  const s3 = (action: string) => `arn:aws:states:::aws-sdk:s3:${action}`;
  const workflow = await deployDefinition({
    StartAt: 'Read',
    States: {
      Read: {
        Type: 'Task',
        Resource: s3('getObject'),
        Parameters: { Bucket: 'orders', Key: 'a.json' },
        ResultSelector: { 'order.$': 'States.StringToJson($.Body)' },
        Next: 'Write',
      },
      Write: {
        Type: 'Task',
        Resource: s3('putObject'),
        Parameters: { Bucket: 'orders', Key: 'b.json', 'Body.$': '$.order' },
        End: true,
      },
    },
  });
  const orders = workflow.bucket('orders', { 'a.json': { id: 1 } });

  await workflow.run();

  expect(orders.json('b.json')).toEqual({ id: 1 });
});
