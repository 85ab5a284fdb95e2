/** Objects of distributed Maps: as the role of the state machine, in folders or at the endpoint for S3. */
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderBucket } from '../../../src/integrations/folder-bucket';
import type { UpstreamOf } from '../../../src/integrations/upstream';
import { allow, statesHarness } from './harness';

const CSV = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
const reader = (action: string, Parameters: object, ReaderConfig: object = CSV) => ({
  ItemReader: { Resource: `arn:aws:states:::s3:${action}`, Parameters, ReaderConfig },
});
const writer = (Parameters: object) => ({
  ResultWriter: {
    Resource: 'arn:aws:states:::s3:putObject',
    Parameters,
    WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' },
  },
});
const machine = (...more: object[]) =>
  JSON.stringify({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'One',
          States: { One: { Type: 'Pass', End: true } },
        },
        End: true,
        ...Object.assign({}, ...more),
      },
    },
  });

/** A folder with two files. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'bucket-'));
  mkdirSync(join(path, 'in'));
  writeFileSync(join(path, 'in/b.csv'), 'id\n2\n');
  writeFileSync(join(path, 'in/a.csv'), 'id\n1\n');
  return path;
}

/** Step Functions with a folder as the bucket `orders`, and a role with these permissions. */
function harness(path: string, ...allowed: readonly (readonly [action: string, resource: string])[]) {
  const bucket = new FolderBucket(path);
  const made = statesHarness(undefined, {}, [], undefined, undefined, (name) =>
    name === 'orders' ? bucket : undefined,
  );
  for (const [action, resource] of allowed) allow(made.iam, action, resource);
  return made;
}

describe('a folder in place of a bucket', () => {
  test('is listed, read and written', async () => {
    const path = folder();
    const { run } = harness(path, ['s3:*', '*']);
    const list = reader('listObjectsV2', { Bucket: 'orders', Prefix: 'in/' });
    const listed = await run(machine(list));
    expect(JSON.parse(listed.output ?? '')).toMatchObject([
      { Key: 'in/a.csv', Size: 5, StorageClass: 'STANDARD' },
      { Key: 'in/b.csv', Size: 5 },
    ]);
  });

  test('has the results in its files', async () => {
    const path = folder();
    const { run } = harness(path, ['s3:*', '*']);
    const config = { ...CSV, Transformation: 'LOAD_AND_FLATTEN' };
    const { output = '' } = await run(
      machine(
        reader('listObjectsV2', { Bucket: 'orders', Prefix: 'in/' }, config),
        writer({ Bucket: 'orders', Prefix: 'out' }),
      ),
    );
    const { Key } = JSON.parse(output).ResultWriterDetails;
    const manifest = JSON.parse(readFileSync(join(path, Key), 'utf8'));
    const [{ Key: results }] = manifest.ResultFiles.SUCCEEDED;
    expect(JSON.parse(readFileSync(join(path, results), 'utf8'))).toEqual([{ id: '1' }, { id: '2' }]);
  });

  test.each(['../secret.csv', 'in/../../secret.csv', '/etc/hosts'])('%s is not read', async (Key) => {
    const { run } = harness(folder(), ['s3:*', '*']);
    expect(await run(machine(reader('getObject', { Bucket: 'orders', Key })))).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: `The key "${Key}" is not the path of a file in the folder of this bucket.`,
    });
  });

  test('nothing is written through a symbolic link out of it', async () => {
    const path = folder();
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    symlinkSync(outside, join(path, 'link'));
    await expect(new FolderBucket(path).write('link/new/file', 'x')).rejects.toThrow(
      '"link/new/file" is not',
    );
    await expect(new FolderBucket(path).write('link/file', 'x')).rejects.toThrow('"link/file" is not');
  });
});

describe('the role of the state machine', () => {
  test.each([
    [reader('getObject', { Bucket: 'orders', Key: 'in/a.csv' }), 's3:GetObject', 'orders/in/a.csv'],
    [reader('listObjectsV2', { Bucket: 'orders' }), 's3:ListBucket', 'orders'],
  ])('%j needs a permission', async (map, action, resource) => {
    const path = folder();
    const denied = await harness(path, [action, 'arn:aws:s3:::other']).run(machine(map));
    expect(denied.error).toBe('States.ItemReaderFailed');
    expect(denied.cause).toContain(
      `is not authorized to perform: ${action} on resource: arn:aws:s3:::${resource} `,
    );
    const allowed = await harness(path, [action, `arn:aws:s3:::${resource}`]).run(machine(map));
    expect(allowed.status).toBe('SUCCEEDED');
  });

  test('a ResultWriter needs s3:PutObject', async () => {
    const { run } = harness(folder());
    const { error, cause } = await run(machine(writer({ Bucket: 'orders', Prefix: 'out' })), '[1]');
    expect(error).toBe('States.ResultWriterFailed');
    expect(cause).toMatch(
      /is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::orders\/out\//,
    );
  });
});

test('without a bucket and an endpoint, the cause says what to start', async () => {
  const { run } = harness(folder(), ['s3:*', '*']);
  const { cause } = await run(machine(reader('getObject', { Bucket: 'other', Key: 'k' })));
  expect(cause).toContain('--upstream http://127.0.0.1:5000 (or --endpoint s3=URL)');
  expect(cause).toContain('--bucket NAME=DIR');
});

test('other buckets are at the endpoint for S3', async () => {
  const stored = new Map([['/other/in.csv', 'id\n7\n']]);
  const server = createServer((request, response) => {
    const name = (request.url ?? '').split('?')[0] ?? '';
    if (request.method === 'PUT') {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        stored.set(name, body);
        response.end();
      });
    } else if (stored.has(name)) {
      response.end(stored.get(name));
    } else {
      response.writeHead(404, { 'content-type': 'application/xml' });
      response.end(
        '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const upstreamOf: UpstreamOf = () => ({
    endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const { run, iam } = statesHarness(undefined, {}, [], upstreamOf);
    allow(iam, 's3:*', '*');
    const to = writer({ Bucket: 'other', Prefix: 'out' });
    const { output = '' } = await run(machine(reader('getObject', { Bucket: 'other', Key: 'in.csv' }), to));
    const folderOf = JSON.parse(output).ResultWriterDetails.Key.replace('manifest.json', '');
    expect(stored.get(`/other/${folderOf}SUCCEEDED_0.json`)).toBe('[{"id":"7"}]');
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
