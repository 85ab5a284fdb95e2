/** Items of a distributed Map that are read from objects (Step Functions Developer Guide, "ItemReader (Map)"). */
import { gzipSync } from 'node:zlib';
import { memoryObjects } from './objects';
import { LAMBDA, type RunOptions, run, start } from './run';

const getObject = (ReaderConfig?: object, Key = 'file', more: object = {}) => ({
  Resource: 'arn:aws:states:::s3:getObject',
  Parameters: { Bucket: 'b', Key },
  ...(ReaderConfig && { ReaderConfig }),
  ...more,
});
const listObjects = (ReaderConfig?: object, more: object = {}) => ({
  Resource: 'arn:aws:states:::s3:listObjectsV2',
  Parameters: { Bucket: 'b', Prefix: 'p/' },
  ...(ReaderConfig && { ReaderConfig }),
  ...more,
});
const CSV = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
const PASS = { One: { Type: 'Pass', End: true } };

const machine = (ItemReader: object, more: object = {}, states: Record<string, object> = PASS) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemReader,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'One',
        States: states,
      },
      End: true,
      ...more,
    },
  },
});

type Contents = Readonly<Record<string, string | Uint8Array>>;

const reading = (reader: object, contents: Contents, more: object = {}, options: RunOptions = {}) =>
  run(machine(reader, more), { objects: memoryObjects(contents).store, ...options });

const itemsOf = async (reader: object, contents: Contents, more: object = {}) =>
  (await reading(reader, contents, more)).output;

async function causeOf(reader: object, contents: Contents): Promise<string> {
  const { outcome } = await reading(reader, contents);
  expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
  return (outcome as { cause: string }).cause;
}

describe('CSV', () => {
  test('the first row has the names of the columns', async () => {
    const file = '\ufeffid,name\r\n1,"a, ""b"""\r\n2,"two\r\nlines"\r\n\r\n3\r\n4,x,more\r\n';
    expect(await itemsOf(getObject(CSV), { 'b/file': file })).toEqual([
      { id: '1', name: 'a, "b"' },
      { id: '2', name: 'two\r\nlines' },
      { id: '3', name: '' },
      { id: '4', name: 'x' },
    ]);
  });

  test.each([
    ['COMMA', ','],
    ['PIPE', '|'],
    ['SEMICOLON', ';'],
    ['SPACE', ' '],
    ['TAB', '\t'],
  ])('CSVHeaders and the delimiter %s', async (CSVDelimiter, delimiter) => {
    const config = { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a', 'b'], CSVDelimiter };
    expect(await itemsOf(getObject(config), { 'b/file': `ä${delimiter}2\n3${delimiter}4` })).toEqual([
      { a: 'ä', b: '2' },
      { a: '3', b: '4' },
    ]);
  });

  test('a name of a column may occur only once', async () => {
    expect(await causeOf(getObject(CSV), { 'b/file': 'a,b,a\n1,2,3' })).toBe(
      'CSV headers cannot contain duplicates.',
    );
  });
});

describe('JSON', () => {
  test('an array keeps its numbers, and ItemsPointer finds it', async () => {
    const { outcome } = await reading(getObject({ InputType: 'JSON', ItemsPointer: '/a~1b/1/list' }), {
      'b/file': '{"a/b": [0, {"list": [1.0, 12345678901234567890]}]}',
    });
    expect(outcome).toMatchObject({ output: '[1.0,12345678901234567890]' });
  });

  test('an object has pairs of Key and Value', async () => {
    expect(await itemsOf(getObject(), { 'b/file': '{"x": 1, "y": [2]}' })).toEqual([
      { Key: 'x', Value: 1 },
      { Key: 'y', Value: [2] },
    ]);
  });

  test.each([
    ['5', undefined, 'Attempting to map over non-iterable node.'],
    ['[1', undefined, 'The file is not valid JSON: '],
    ['{"a": []}', '/b', 'ItemsPointer does not exist in the file: /b'],
  ])('%s with the pointer %s fails', async (file, ItemsPointer, cause) => {
    const config = { InputType: 'JSON', ...(ItemsPointer && { ItemsPointer }) };
    expect(await causeOf(getObject(config), { 'b/file': file })).toContain(cause);
  });
});

test('JSONL has an item on each line', async () => {
  expect(await itemsOf(getObject({ InputType: 'JSONL' }), { 'b/file': '{"a": "ü"}\n\n[2]\r\n3' })).toEqual([
    { a: 'ü' },
    [2],
    3,
  ]);
  expect(await causeOf(getObject({ InputType: 'JSONL' }), { 'b/file': '1\n{"a"\n' })).toContain(
    'Line 2 is not valid JSON: ',
  );
});

test('GZIP is recognized', async () => {
  expect(await itemsOf(getObject(CSV), { 'b/file': gzipSync('a\n1\n') })).toEqual([{ a: '1' }]);
  expect(await causeOf(getObject(CSV), { 'b/file': gzipSync('a\n1\n').subarray(0, 15) })).toMatch(
    /unexpected end/,
  );
});

describe('more than one object', () => {
  const files = { 'b/p/': '', 'b/p/1.json': '[1, 2]', 'b/p/2.json': '[3]', 'b/q/3.json': '[4]' };

  test('listObjectsV2 has the objects as items', async () => {
    const keys = { ItemSelector: { 'key.$': '$$.Map.Item.Value.Key', 'source.$': '$$.Map.Item.Source' } };
    expect(await itemsOf(listObjects(), files, keys)).toEqual(
      ['p/', 'p/1.json', 'p/2.json'].map((key) => ({ key, source: 'S3://b' })),
    );
  });

  test('LOAD_AND_FLATTEN reads the items inside them', async () => {
    const config = { InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' };
    const more = {
      ItemSelector: {
        'value.$': '$$.Map.Item.Value',
        'index.$': '$$.Map.Item.Index',
        'source.$': '$$.Map.Item.Source',
      },
    };
    expect(await itemsOf(listObjects(config), files, more)).toEqual([
      { value: 1, index: 0, source: 'S3://b/p/1.json' },
      { value: 2, index: 1, source: 'S3://b/p/1.json' },
      { value: 3, index: 2, source: 'S3://b/p/2.json' },
    ]);
  });

  test('a MANIFEST of an S3 inventory names the files with the items', async () => {
    const manifest = {
      sourceBucket: 'source',
      destinationBucket: 'arn:aws:s3:::reports',
      fileFormat: 'CSV',
      fileSchema: 'Bucket, Key, Size',
      files: [{ key: 'data/1.csv.gz' }, { key: 'data/2.csv.gz' }],
    };
    const contents = {
      'b/file': JSON.stringify(manifest),
      'reports/data/1.csv.gz': gzipSync('"source","a","1"\n'),
      'reports/data/2.csv.gz': gzipSync('"source","b","2"\n'),
    };
    expect(await itemsOf(getObject({ InputType: 'MANIFEST' }), contents)).toEqual([
      { Bucket: 'source', Key: 'a', Size: '1' },
      { Bucket: 'source', Key: 'b', Size: '2' },
    ]);
    const orc = { 'b/file': JSON.stringify({ ...manifest, fileFormat: 'ORC' }) };
    expect(await causeOf(getObject({ InputType: 'MANIFEST' }), orc)).toContain('has the format ORC');
  });

  test('a manifest of Athena has an address on each line', async () => {
    const config = { InputType: 'JSONL', ManifestType: 'ATHENA_DATA' };
    const contents = { 'b/file': 's3://x/1\ns3://x/2\n', 'x/1': '1\n', 'x/2': '2\n' };
    expect(await itemsOf(getObject(config), contents)).toEqual([1, 2]);
    expect(await causeOf(getObject(config), { 'b/file': 'x/1' })).toContain('not an address of S3: x/1');
  });
});

describe('MaxItems', () => {
  test.each([
    [{ MaxItems: 2 }, [1, 2]],
    [{ MaxItems: 0 }, []],
    [{ MaxItemsPath: '$.most' }, [1]],
  ])('%j', async (most, items) => {
    const reader = getObject({ InputType: 'JSON', ...most });
    const { output } = await reading(reader, { 'b/file': '[1, 2, 3]' }, {}, { input: { most: '1' } });
    expect(output).toEqual(items);
  });

  test('what comes after the last item is not read', async () => {
    const reader = getObject({ InputType: 'JSONL', MaxItems: 1 });
    expect(await itemsOf(reader, { 'b/file': '1\nnot JSON' })).toEqual([1]);
  });

  test('it cannot be negative', async () => {
    const reader = getObject({ InputType: 'JSON', MaxItemsPath: '$.most' });
    const { outcome } = await reading(reader, { 'b/file': '[1]' }, {}, { input: { most: -1 } });
    expect(outcome).toMatchObject({ cause: expect.stringContaining('MaxItems cannot be negative.') });
  });
});

test('a JSONata state has Arguments', async () => {
  const { output } = await run(
    {
      QueryLanguage: 'JSONata',
      ...machine({
        Resource: 'arn:aws:states:::s3:getObject',
        Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' },
        ReaderConfig: { InputType: 'JSON', MaxItems: '{% 1 + 1 %}' },
      }),
    },
    { input: { key: 'k' }, objects: memoryObjects({ 'b/k': '[1, 2, 3]' }).store },
  );
  expect(output).toEqual([1, 2]);
});

test('items of the input have the source STATE_DATA', async () => {
  const definition = machine({}, { ItemReader: undefined, ItemSelector: { 'from.$': '$$.Map.Item.Source' } });
  expect((await run(JSON.parse(JSON.stringify(definition)), { input: [1] })).output).toEqual([
    { from: 'STATE_DATA' },
  ]);
});

test('a failure to read is in the history, and can be caught', async () => {
  const { types } = await reading(getObject(CSV), {});
  expect(types.slice(2)).toEqual([
    'MapStateStarted',
    'MapRunStarted',
    'MapRunFailed',
    'MapStateFailed',
    'ExecutionFailed',
  ]);
  const caught = machine(getObject(CSV), {
    Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'No' }],
  });
  const states = { ...caught.States, No: { Type: 'Pass', End: true } };
  const { output } = await run({ ...caught, States: states }, { objects: memoryObjects().store });
  expect(output).toEqual({
    Error: 'States.ItemReaderFailed',
    Cause: 'The specified key does not exist.',
  });
});

test.each([
  [getObject({ InputType: 'PARQUET' }), 'The InputType PARQUET cannot be read here.'],
  [getObject(undefined, ''), 'The ItemReader needs Bucket and Key'],
])('%j is refused', async (reader, cause) => {
  expect(await causeOf(reader, { 'b/file': 'PAR1' })).toContain(cause);
});

test('without an object store the Map fails', async () => {
  const { outcome } = await run(machine(getObject()));
  expect(outcome).toMatchObject({
    error: 'States.ItemReaderFailed',
    cause: 'This execution cannot reach Amazon S3.',
  });
});

test('no more is read than there is space for', async () => {
  let read = 0;
  const store = {
    ...memoryObjects().store,
    read: async () =>
      (async function* () {
        for (;;) {
          read++;
          yield Buffer.from('1\n');
        }
      })(),
  };
  const task = { One: { Type: 'Task', Resource: `${LAMBDA}x`, End: true } };
  const definition = machine(getObject({ InputType: 'JSONL' }), { MaxConcurrency: 3 }, task);
  let calls = 0;
  const execution = start(definition, {
    objects: store,
    tasks: {
      One: () => {
        if (++calls === 10) execution.stop();
        return { output: '1', takes: 1000 };
      },
    },
  });
  expect((await execution.outcome).status).toBe('ABORTED');
  expect(calls).toBe(10);
  expect(read).toBeLessThan(20);
});
