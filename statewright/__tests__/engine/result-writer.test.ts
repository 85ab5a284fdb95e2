/** Results of a distributed Map that are written to objects (Step Functions Developer Guide, "ResultWriter (Map)"). */
import type { TaskResult } from '../../src/engine';
import { memoryObjects } from './objects';
import { LAMBDA, run } from './run';

const RUN = '00000000-0000-4000-8000-000000000002';
const mapRunArn = expect.stringMatching(/:mapRun:machine\/[^:]+:[0-9a-f-]{36}$/);

/** Fails for items below 0. */
const answer = ({ input }: { input: string }): TaskResult =>
  Number(input) < 0 ? { error: 'Negative', cause: 'less than 0' } : { output: `[${input}]` };

/** Runs a Map over the input, and returns what it wrote: names to contents. */
async function writing(input: readonly number[], writer: object = {}, more: object = {}) {
  const { store, objects } = memoryObjects();
  const machine = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'One',
          States: { One: { Type: 'Task', Resource: `${LAMBDA}x`, End: true } },
        },
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Parameters: { Bucket: 'b', Prefix: 'out' },
          ...writer,
        },
        End: true,
        ...more,
      },
    },
  };
  const { outcome, types } = await run(machine, { input, objects: store, tasks: { One: answer } });
  const files = new Map([...objects].map(([name, body]) => [name.split('/').at(-1), String(body)]));
  const read = (name: string): unknown => JSON.parse(files.get(name) ?? 'null');
  return { outcome, types, files, read, names: [...objects.keys()] };
}

test('the output names the manifest, and the manifest the files', async () => {
  const { outcome, names, files, read } = await writing([1, -1], {}, { ToleratedFailureCount: 1 });
  expect(names).toEqual([
    `b/out/${RUN}/FAILED_0.json`,
    `b/out/${RUN}/SUCCEEDED_0.json`,
    `b/out/${RUN}/manifest.json`,
  ]);
  expect(JSON.parse((outcome as { output: string }).output)).toEqual({
    MapRunArn: mapRunArn,
    ResultWriterDetails: { Bucket: 'b', Key: `out/${RUN}/manifest.json` },
  });
  expect(read('manifest.json')).toEqual({
    DestinationBucket: 'b',
    MapRunArn: mapRunArn,
    ResultFiles: {
      FAILED: [{ Key: `out/${RUN}/FAILED_0.json`, Size: files.get('FAILED_0.json')?.length }],
      PENDING: [],
      SUCCEEDED: [{ Key: `out/${RUN}/SUCCEEDED_0.json`, Size: files.get('SUCCEEDED_0.json')?.length }],
    },
  });
  expect(read('SUCCEEDED_0.json')).toEqual([
    expect.objectContaining({ Input: '1', Output: '[1]', Status: 'SUCCEEDED' }),
  ]);
  expect(read('FAILED_0.json')).toEqual([
    expect.objectContaining({ Input: '-1', Error: 'Negative', Cause: 'less than 0', Status: 'FAILED' }),
  ]);
});

test.each([
  [{ Transformation: 'COMPACT' }, 'SUCCEEDED_0.json', '[[1],[2]]'],
  [{ Transformation: 'FLATTEN' }, 'SUCCEEDED_0.json', '[1,2]'],
  [{ Transformation: 'COMPACT', OutputType: 'JSONL' }, 'SUCCEEDED_0.jsonl', '[1]\n[2]\n'],
])('WriterConfig %j', async (WriterConfig, name, text) => {
  const { files } = await writing([1, 2], { WriterConfig });
  expect(files.get(name)).toBe(text);
});

test.each([
  [{ Bucket: 'b' }, `b/${RUN}/manifest.json`],
  [{ Bucket: 'b', Prefix: 'a/b/' }, `b/a/b/${RUN}/manifest.json`],
])('the folder of %j', async (Parameters, name) => {
  expect((await writing([], { Parameters })).names).toEqual([name]);
});

test('a Map Run that fails writes what it aborted, and what it did not start', async () => {
  const { outcome, read } = await writing([1, -1, 2, 3]);
  expect(outcome).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
  const inputs = (name: string) =>
    (read(name) as { Input: string; Status: string }[]).map(({ Input, Status }) => [Input, Status]);
  expect(inputs('SUCCEEDED_0.json')).toEqual([['1', 'SUCCEEDED']]);
  expect(inputs('FAILED_0.json')).toEqual([['-1', 'FAILED']]);
  expect(inputs('PENDING_0.json')).toEqual([
    ['2', 'PENDING'],
    ['3', 'PENDING'],
  ]);
});

test('many results are more than one file', async () => {
  const WriterConfig = { Transformation: 'COMPACT' };
  const items = Array.from({ length: 60 }, (_, index) => index);
  const large = { ItemSelector: { 'text.$': '$.text' }, ItemsPath: '$.items' };
  const { store, objects } = memoryObjects();
  const machine = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ...large,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'One',
          States: { One: { Type: 'Pass', End: true } },
        },
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Parameters: { Bucket: 'b' },
          WriterConfig,
        },
        End: true,
      },
    },
  };
  await run(machine, { input: { text: 'x'.repeat(200_000), items }, objects: store });
  const bodies = [...objects].filter(([name]) => name.includes('SUCCEEDED_'));
  expect(bodies.map(([name]) => name.split('/').at(-1))).toEqual(['SUCCEEDED_0.json', 'SUCCEEDED_1.json']);
  expect(bodies.flatMap(([, body]) => JSON.parse(String(body)))).toHaveLength(60);
});

test.each([
  [{ Parameters: { Bucket: 'closed' } }, 'Access Denied'],
  [{ Parameters: {} }, 'The ResultWriter needs a Bucket, a text that is not empty.'],
])('%j fails the Map Run', async (writer, cause) => {
  const { outcome, types } = await writing([1], writer);
  expect(outcome).toEqual({ status: 'FAILED', error: 'States.ResultWriterFailed', cause });
  expect(types.slice(3)).toEqual(['MapRunStarted', 'MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
});
