import { localLambda } from './support';

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:Test';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:queue';
const STREAM = 'arn:aws:kinesis:us-east-1:123456789012:stream/s';

describe('event source mappings', () => {
  let aws: ReturnType<typeof localLambda>;
  let warnings: jest.SpyInstance;
  beforeEach(() => {
    aws = localLambda();
    warnings = jest.spyOn(process, 'emitWarning').mockReturnValue();
    aws.create('Test', '', { Publish: true });
  });
  afterEach(async () => {
    warnings.mockRestore();
    await aws.lambda.close();
  });
  const mapping = { FunctionName: 'Test', EventSourceArn: QUEUE };

  test('are kept with the defaults of a queue, and a warning says that it is not read', () => {
    const { lambda } = aws;
    const created = lambda.createEventSourceMapping({ ...mapping, Tags: { a: '1' } });
    expect(created).toEqual({
      UUID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${created.UUID}`,
      EventSourceArn: QUEUE,
      FunctionArn: FUNCTION,
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: [],
      LastModified: expect.any(Date),
      State: 'Creating',
      StateTransitionReason: 'USER_INITIATED',
    });
    expect(lambda.getEventSourceMapping(created).State).toBe('Enabled');
    expect(lambda.listTags({ Resource: created.EventSourceMappingArn })).toEqual({ Tags: { a: '1' } });
    expect(warnings).toHaveBeenCalledWith(
      `Lambda does not read ${QUEUE} here: its event source mapping is kept without effect. Pass the address of an emulator that has SQS with --upstream.`,
    );
  });

  test('are kept with the defaults of a stream', () => {
    expect(
      aws.lambda.createEventSourceMapping({
        ...mapping,
        EventSourceArn: STREAM,
        StartingPosition: 'LATEST',
        Enabled: false,
      }),
    ).toMatchObject({ BatchSize: 100, MaximumRetryAttempts: -1, ParallelizationFactor: 1 });
  });

  test('are changed, listed and deleted', () => {
    const { lambda } = aws;
    const { UUID } = lambda.createEventSourceMapping(mapping);
    const change = { UUID, Enabled: false, BatchSize: 5, FunctionName: 'Test:1' };
    expect(lambda.updateEventSourceMapping(change).State).toBe('Disabling');
    const listed = { UUID, State: 'Disabled', BatchSize: 5, FunctionArn: `${FUNCTION}:1` };
    const list = (filter: object) => lambda.listEventSourceMappings(filter).EventSourceMappings;
    expect(list({ FunctionName: 'Test' })).toMatchObject([listed]);
    expect(list({ EventSourceArn: QUEUE })).toMatchObject([listed]);
    expect(list({ EventSourceArn: STREAM })).toEqual([]);
    expect(lambda.deleteEventSourceMapping({ UUID }).State).toBe('Deleting');
    expect(() => lambda.getEventSourceMapping({ UUID })).toThrow(
      'The resource you requested does not exist.',
    );
  });

  test.each([
    ['a missing function', { FunctionName: 'Nope' }, 'Function does not exist'],
    ['another source', { EventSourceArn: 'arn:aws:s3:::bucket' }, 'Unrecognized event source'],
    ['a stream without a position', { EventSourceArn: STREAM }, "Value null at 'startingPosition'"],
    ['a large batch without a window', { BatchSize: 11 }, 'Maximum batch window in seconds must be greater'],
    ['a batch of 0', { BatchSize: 0 }, "Value '0' at 'batchSize'"],
    ['a FIFO queue and 11 messages', { EventSourceArn: `${QUEUE}.fifo`, BatchSize: 11 }, 'between 1 and 10'],
  ])('are refused for %s', (_, more, message) => {
    expect(() => aws.lambda.createEventSourceMapping({ ...mapping, ...more })).toThrow(message);
  });

  test('exist once for a source and a function', () => {
    aws.lambda.createEventSourceMapping(mapping);
    expect(() => aws.lambda.createEventSourceMapping(mapping)).toThrow('already exists');
  });

  test('need a role that may read the source', async () => {
    const strict = localLambda({ authorize: () => ({ allowed: false, message: 'no' }) });
    strict.create('Test', '');
    expect(() => strict.lambda.createEventSourceMapping(mapping)).toThrow(
      'The function execution role does not have permissions to call ReceiveMessage on SQS',
    );
    await strict.lambda.close();
  });
});
