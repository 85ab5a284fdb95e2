/** `aws-sdk:s3` Tasks on a folder in place of a bucket. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderBucket } from '../../../src/integrations/folder-bucket';
import { allow, calling, statesHarness } from './harness';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bucket-'));
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'in/a.json'), '{"id":1}');
  writeFileSync(join(folder, 'b.txt'), 'two');
  for (const file of ['in/a.json', 'b.txt']) utimesSync(join(folder, file), 1e9, 1e9);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The result of one call, as a value; or its error and cause. */
async function s3(action: string, Parameters: object, allowed = 's3:*') {
  const bucket = new FolderBucket(folder);
  const { run, iam } = statesHarness(undefined, {}, [], undefined, undefined, (name) =>
    name === 'orders' ? bucket : undefined,
  );
  allow(iam, allowed, '*');
  const request = { Bucket: 'orders', ...Parameters };
  const { output, error, cause } = await run(
    calling(`arn:aws:states:::aws-sdk:s3:${action}`, { Parameters: request }),
  );
  return output === undefined ? { error, cause } : JSON.parse(output);
}

test('an object is read', async () => {
  expect(await s3('getObject', { Key: 'in/a.json' })).toEqual({
    AcceptRanges: 'bytes',
    Body: '{"id":1}',
    ContentLength: 8,
    ContentType: 'binary/octet-stream',
    ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
    LastModified: '2001-09-09T01:46:40Z',
    Metadata: {},
  });
});

test('an object is described, with the ETag of its contents', async () => {
  const { Body: _, ...described } = await s3('getObject', { Key: 'b.txt' });
  expect(await s3('headObject', { Key: 'b.txt' })).toEqual(described);
});

test('an object is written: text unchanged, any other value as JSON', async () => {
  await s3('putObject', { Key: 'new/c.json', Body: { id: 3 } });
  await s3('putObject', { Key: 'd.txt', Body: 'text' });
  expect(readFileSync(join(folder, 'new/c.json'), 'utf8')).toBe('{"id":3}');
  expect(readFileSync(join(folder, 'd.txt'), 'utf8')).toBe('text');
});

test('the name of an object is as long as that of a file can be', async () => {
  const Key = 'x'.repeat(255);
  await s3('putObject', { Key, Body: 'text' });
  expect(readFileSync(join(folder, Key), 'utf8')).toBe('text');
});

test('a link out of the folder is replaced, and what it leads to stays', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'own.txt'), 'own');
  symlinkSync(join(outside, 'own.txt'), join(folder, 'link.txt'));
  await s3('putObject', { Key: 'link.txt', Body: 'new' });
  expect(readFileSync(join(folder, 'link.txt'), 'utf8')).toBe('new');
  expect(readFileSync(join(outside, 'own.txt'), 'utf8')).toBe('own');
  rmSync(outside, { recursive: true });
});

test('a link to a file that does not exist is no object', async () => {
  symlinkSync(join(folder, 'missing'), join(folder, 'link'));
  const { Contents } = await s3('listObjectsV2', {});
  expect(Contents.map(({ Key }: { Key: string }) => Key)).toEqual(['b.txt', 'in/a.json']);
});

test('objects are copied and deleted', async () => {
  const copied = await s3('copyObject', { Key: 'c.json', CopySource: 'orders/in%2Fa.json' });
  expect(copied).toEqual({
    CopyObjectResult: { ETag: expect.any(String), LastModified: expect.any(String) },
  });
  expect(await s3('deleteObject', { Key: 'in/a.json' })).toEqual({});
  expect(await s3('deleteObject', { Key: 'in/a.json' })).toEqual({});
  expect(await s3('deleteObjects', { Delete: { Objects: [{ Key: 'b.txt' }] } })).toEqual({
    Deleted: [{ Key: 'b.txt' }],
  });
  expect((await s3('listObjectsV2', {})).Contents).toMatchObject([{ Key: 'c.json', Size: 8 }]);
});

test('objects are listed, with a prefix and a delimiter', async () => {
  const a = {
    Key: 'in/a.json',
    LastModified: '2001-09-09T01:46:40Z',
    Size: 8,
    StorageClass: 'STANDARD',
  };
  expect(await s3('listObjectsV2', { Prefix: 'in/' })).toEqual({
    Contents: [a],
    IsTruncated: false,
    KeyCount: 1,
    MaxKeys: 1000,
    Name: 'orders',
    Prefix: 'in/',
  });
  expect(await s3('listObjectsV2', { Delimiter: '/' })).toMatchObject({
    CommonPrefixes: [{ Prefix: 'in/' }],
    Contents: [{ Key: 'b.txt' }],
    KeyCount: 2,
  });
  expect(await s3('listObjectsV2', { MaxKeys: 1 })).toMatchObject({ IsTruncated: true, KeyCount: 1 });
});

test.each([
  [
    'getObject',
    { Key: 'none' },
    'S3.NoSuchKeyException',
    /^The specified key does not exist\. \(Service: S3, Status Code: 404, /,
  ],
  ['headObject', { Key: 'none' }, 'S3.NoSuchKeyException', /^null \(Service: S3, Status Code: 404, /],
  ['copyObject', { Key: 'c', CopySource: 'orders/none' }, 'S3.NoSuchKeyException', /does not exist/],
  ['copyObject', { Key: 'c', CopySource: 'other/x' }, 'States.TaskFailed', /Add --bucket other=DIR/],
  ['getObject', { Key: 'b.txt', Range: 'bytes=0-1' }, 'States.TaskFailed', /getObject has no Range/],
  ['putBucketPolicy', { Policy: '{}' }, 'States.TaskFailed', /has no putBucketPolicy\. Use an S3 endpoint/],
  ['putObject', { Key: '../out.txt', Body: '' }, 'States.TaskFailed', /not the path of a file in the folder/],
])('%s of %j fails', async (action, request, error, cause) => {
  expect(await s3(action, request)).toEqual({ error, cause: expect.stringMatching(cause) });
});

test('the role decides', async () => {
  expect(await s3('putObject', { Key: 'x', Body: '' }, 's3:GetObject')).toEqual({
    error: 'S3.S3Exception',
    cause: expect.stringContaining('is not authorized to perform: s3:PutObject'),
  });
});

test('a bucket that is not a folder is one of the endpoint', async () => {
  expect((await s3('getObject', { Bucket: 'other', Key: 'x' })).cause).toContain('--endpoint s3=URL');
});
