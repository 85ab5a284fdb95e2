/**
 * Task calls of another service through the AWS SDK, against calling that service directly; and a distributed Map over a
 * CSV file, end to end. CPU time is that of the local AWS: a busy machine changes it less than the time on the clock.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { authorization, type Client, createClient, createRole } from './http-client';
import { type LocalServer, moto, startOurs } from './http-servers';
import { useOf } from './process-use';
import { printTable } from './table';

const CALLS = 2000;
const CONCURRENT = 10;
const ROWS = 10_000;
const ROUNDS = 3;

const Key = { id: { S: '1' } };

/** A Map that reads one item of a table again and again. */
const reading = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      MaxConcurrency: CONCURRENT,
      ItemProcessor: {
        StartAt: 'Read',
        States: {
          Read: {
            Type: 'Task',
            Resource: 'arn:aws:states:::dynamodb:getItem',
            Parameters: { TableName: 'bench', Key },
            ResultSelector: { 'id.$': '$.Item.id.S' },
            End: true,
          },
        },
      },
      ResultPath: null,
      End: true,
    },
  },
};

const csvMap = (ExecutionType: 'EXPRESS' | 'STANDARD', more: object = {}) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Parameters: { Bucket: 'bench', Key: 'rows.csv' },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
        StartAt: 'Row',
        States: { Row: { Type: 'Pass', End: true } },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Parameters: { Bucket: 'bench', Prefix: 'results' },
      },
      ...more,
      End: true,
    },
  },
});

/** What one measurement took. */
interface Taken {
  readonly seconds: number;
  /** In milliseconds; 0 for the direct calls. */
  readonly cpu: number;
}

/** Runs executions one after the other. */
async function runner(server: LocalServer) {
  const client = createClient(server.url, 2);
  const roleArn = await createRole(server.url, 'states');
  await allowAll(server);
  let machines = 0;
  return {
    close: () => client.close(),
    run: async (definition: object, input: unknown = {}): Promise<Taken> => {
      const name = `bench-${++machines}`;
      const create = { name, roleArn, definition: JSON.stringify(definition) };
      const { stateMachineArn } = await call<{ stateMachineArn: string }>(
        client,
        'CreateStateMachine',
        create,
      );
      const before = useOf(server.pid).cpu;
      const from = performance.now();
      const start = { stateMachineArn, input: JSON.stringify(input) };
      const { executionArn } = await call<{ executionArn: string }>(client, 'StartExecution', start);
      await succeeded(client, executionArn);
      return { seconds: (performance.now() - from) / 1000, cpu: useOf(server.pid).cpu - before };
    },
  };
}

const call = <T>(client: Client, operation: string, members: object) =>
  client.call<T>(operation, members, '123456789012');

async function succeeded(client: Client, executionArn: string): Promise<void> {
  for (;;) {
    const execution = await call<{ status: string; cause?: string }>(client, 'DescribeExecution', {
      executionArn,
    });
    if (execution.status === 'SUCCEEDED') return;
    if (execution.status !== 'RUNNING') throw new Error(`${execution.status}: ${execution.cause}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Gives the role of the state machines every permission. */
async function allowAll({ url }: LocalServer): Promise<void> {
  const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  const body = new URLSearchParams({
    Action: 'PutRolePolicy',
    Version: '2010-05-08',
    RoleName: 'bench-states',
    PolicyName: 'all',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
  });
  await fetch(url, { method: 'POST', headers: { authorization: authorization('iam') }, body });
}

/** The same number of calls at once as the Map has. */
async function directly(dynamodb: DynamoDBClient): Promise<Taken> {
  let left = CALLS;
  const from = performance.now();
  const callOn = async () => {
    while (left-- > 0) await dynamodb.send(new GetItemCommand({ TableName: 'bench', Key }));
  };
  await Promise.all(Array.from({ length: CONCURRENT }, callOn));
  return { seconds: (performance.now() - from) / 1000, cpu: 0 };
}

async function createTable(dynamodb: DynamoDBClient): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'bench',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await dynamodb.send(new PutItemCommand({ TableName: 'bench', Item: Key }));
}

const median = (taken: readonly Taken[]): Taken =>
  [...taken].sort((a, b) => a.seconds - b.seconds)[Math.floor(taken.length / 2)] as Taken;

async function taskCalls(): Promise<void> {
  const upstream = await moto.start();
  const server = await startOurs('--upstream', upstream.url, '--account', '123456789012');
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const dynamodb = new DynamoDBClient({ endpoint: upstream.url, region: 'us-east-1', credentials });
  try {
    await createTable(dynamodb);
    const { run, close } = await runner(server);
    const rounds: { readonly direct: Taken; readonly task: Taken }[] = [];
    // In turns, so that both have the same load of the machine.
    for (let round = 0; round < ROUNDS; round++) {
      const direct = await directly(dynamodb);
      rounds.push({ direct, task: await run(reading, Array(CALLS).fill(0)) });
    }
    close();
    const [direct, task] = [
      median(rounds.map((each) => each.direct)),
      median(rounds.map(({ task }) => task)),
    ];
    const row = (name: string, { seconds, cpu }: Taken) => [
      name,
      (CALLS / seconds).toFixed(0),
      `${(direct.seconds / seconds).toFixed(2)}×`,
      cpu === 0 ? '' : (cpu / CALLS).toFixed(2),
    ];
    printTable(
      [`dynamodb:getItem, ${CONCURRENT} at once`, 'calls/s', 'to direct', 'CPU ms per call'],
      [
        row('the SDK, directly to moto_server', direct),
        row('Tasks of an execution, through this project', task),
      ],
    );
  } finally {
    dynamodb.destroy();
    await server.stop();
    await upstream.stop();
  }
}

async function csvMaps(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const rows = Array.from({ length: ROWS }, (_, i) => `${i},Rome,${i * 3},pending`);
  writeFileSync(join(folder, 'rows.csv'), ['id,city,amount,status', ...rows].join('\n'));
  const server = await startOurs('--bucket', `bench=${folder}`);
  try {
    const { run, close } = await runner(server);
    const table: string[][] = [];
    for (const [name, definition] of [
      ['EXPRESS children', csvMap('EXPRESS')],
      ['STANDARD children', csvMap('STANDARD')],
      ['batches of 100 rows', csvMap('STANDARD', { ItemBatcher: { MaxItemsPerBatch: 100 } })],
    ] as const) {
      const taken: Taken[] = [];
      for (let round = 0; round < ROUNDS; round++) taken.push(await run(definition));
      const { seconds, cpu } = median(taken);
      const peak = useOf(server.pid).memory;
      table.push([
        name,
        seconds.toFixed(2),
        (ROWS / seconds).toFixed(0),
        (cpu / 1000).toFixed(2),
        peak.toFixed(0),
      ]);
    }
    close();
    printTable([`a Map of ${ROWS} CSV rows`, 'seconds', 'rows/s', 'CPU s', 'peak MB'], table);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  await taskCalls().catch((error) => console.log(`Task calls skipped: ${(error as Error).message}\n`));
  await csvMaps();
}

void main();
