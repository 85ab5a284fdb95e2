import { localLambda, until } from './support';

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const FAILING = "throw new TypeError('no')";
const RECORDING = 'console.log(JSON.stringify(event))';

/** What a function logs as JSON, without the platform's lines. */
const jsonLines = (lines: readonly string[]) =>
  lines.filter((line) => line.includes('{')).map((line) => JSON.parse(line.slice(line.indexOf('{'))));

describe('the configuration of asynchronous invocations', () => {
  const { lambda, create } = localLambda();
  const named = { FunctionName: 'Test' };
  beforeAll(() => {
    create('Test', '', { Publish: true });
    create('Other', '');
  });
  afterAll(() => lambda.close());

  test('is put, updated, listed and deleted, by qualifier', () => {
    const onFailure = { OnFailure: { Destination: arn('Other') } };
    const put = lambda.putFunctionEventInvokeConfig({ ...named, MaximumRetryAttempts: 0 });
    expect(put).toEqual({
      FunctionArn: `${arn('Test')}:$LATEST`,
      LastModified: expect.any(Date),
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnSuccess: {}, OnFailure: {} },
    });
    lambda.updateFunctionEventInvokeConfig({ ...named, DestinationConfig: onFailure });
    expect(lambda.getFunctionEventInvokeConfig(named)).toMatchObject({
      MaximumRetryAttempts: 0,
      DestinationConfig: onFailure,
    });
    lambda.putFunctionEventInvokeConfig({ ...named, MaximumEventAgeInSeconds: 60 });
    expect(lambda.getFunctionEventInvokeConfig(named)).not.toHaveProperty('MaximumRetryAttempts');
    lambda.putFunctionEventInvokeConfig({ ...named, Qualifier: '1', MaximumRetryAttempts: 1 });
    const { FunctionEventInvokeConfigs } = lambda.listFunctionEventInvokeConfigs(named);
    expect(FunctionEventInvokeConfigs.map(({ FunctionArn }) => FunctionArn)).toEqual([
      `${arn('Test')}:1`,
      `${arn('Test')}:$LATEST`,
    ]);
    lambda.deleteFunctionEventInvokeConfig({ ...named, Qualifier: '1' });
    expect(() => lambda.getFunctionEventInvokeConfig({ ...named, Qualifier: '1' })).toThrow(
      `The function ${arn('Test')}:1 doesn't have an EventInvokeConfig`,
    );
  });

  const to = (Destination: string) => ({ DestinationConfig: { OnFailure: { Destination } } });
  test.each([
    ['nothing', {}, 'You must specify at least one of error handling or destination setting.'],
    ['three retries', { MaximumRetryAttempts: 3 }, "Value '3' at 'maximumRetryAttempts'"],
    ['an age of 59 seconds', { MaximumEventAgeInSeconds: 59 }, "Value '59' at 'maximumEventAgeInSeconds'"],
    ['itself', to(arn('Test')), "You can't specify the function as a destination for itself."],
    ['a missing function', to(arn('Nope')), `The destination ARN ${arn('Nope')} is invalid.`],
    [
      'another service',
      to('arn:aws:states:us-east-1:123456789012:stateMachine:m'),
      'DestinationConfig(onSuccess=null, onFailure=OnFailure(destination=arn:aws:states:us-east-1:123456789012:stateMachine:m)) is invalid.',
    ],
    ['a name', to('Other'), "at 'destinationConfig.onFailure.destination'"],
    [
      'a version that does not exist',
      { Qualifier: '7', MaximumRetryAttempts: 1 },
      "The function doesn't exist.",
    ],
  ])('is refused with %s', (_, settings, message) => {
    expect(() => lambda.putFunctionEventInvokeConfig({ ...named, ...settings })).toThrow(message);
  });

  test('needs a role that may send to the destination', async () => {
    const strict = localLambda({ authorize: () => ({ allowed: false, message: 'no' }) });
    strict.create('Test', '');
    expect(() =>
      strict.lambda.putFunctionEventInvokeConfig({
        ...named,
        ...to('arn:aws:sqs:us-east-1:123456789012:failures'),
      }),
    ).toThrow(
      "The function's execution role does not have permissions to call SendMessage on arn:aws:sqs:us-east-1:123456789012:failures",
    );
    await strict.lambda.close();
  });
});

describe('the outcome of an asynchronous invocation', () => {
  let close: () => Promise<void>;
  afterEach(() => close());

  const harness = () => {
    const aws = localLambda();
    close = () => aws.lambda.close();
    for (const name of ['Test', 'Record']) aws.logs.createLogGroup({ logGroupName: `/aws/lambda/${name}` });
    aws.create('Record', RECORDING);
    const start = (Payload: string, Qualifier?: string) =>
      aws.lambda.invoke({
        FunctionName: 'Test',
        InvocationType: 'Event',
        Payload,
        ...(Qualifier !== undefined && { Qualifier }),
      });
    /** The record, when it has arrived. */
    const record = async () => {
      await until(() => jsonLines(aws.logged('Record')).length > 0);
      return jsonLines(aws.logged('Record'))[0];
    };
    const reports = () => aws.logged('Test').filter((line) => line.startsWith('REPORT')).length;
    return { ...aws, start, record, reports };
  };

  test('is sent to a function that is its destination, when it succeeded', async () => {
    const { lambda, create, start, record } = harness();
    create('Test', 'return event.a');
    lambda.putFunctionEventInvokeConfig({
      FunctionName: 'Test',
      DestinationConfig: { OnSuccess: { Destination: arn('Record') } },
    });
    await start('{"a": [1]}');
    expect(await record()).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      requestContext: {
        requestId: expect.any(String),
        functionArn: `${arn('Test')}:$LATEST`,
        condition: 'Success',
        approximateInvokeCount: 1,
      },
      requestPayload: { a: [1] },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: [1],
    });
  });

  test('is sent when the retries are used up', async () => {
    const { lambda, create, start, record, timers, reports } = harness();
    create('Test', FAILING);
    lambda.putFunctionEventInvokeConfig({
      FunctionName: 'Test',
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: arn('Record') } },
    });
    await start('{}');
    await until(() => reports() === 1);
    await until(() => timers.fire().includes(60_000));
    expect(await record()).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorType: 'TypeError', errorMessage: 'no' },
    });
    expect([reports(), timers.fire()]).toEqual([2, []]);
  });

  test('is sent when the event is too old', async () => {
    const { lambda, create, start, record, timers, reports } = harness();
    create('Test', FAILING);
    lambda.putFunctionEventInvokeConfig({
      FunctionName: 'Test',
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: arn('Record') } },
    });
    await start('{}');
    await until(() => reports() === 1);
    const minute = Date.now() + 60_000;
    const now = jest.spyOn(Date, 'now').mockImplementation(() => minute);
    await until(() => timers.fire().includes(60_000));
    now.mockRestore();
    expect(await record()).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 1 },
    });
  });

  test('is sent at once when the function may not run at all', async () => {
    const { lambda, create, start, record } = harness();
    create('Test', '');
    lambda.putFunctionConcurrency({ FunctionName: 'Test', ReservedConcurrentExecutions: 0 });
    lambda.putFunctionEventInvokeConfig({
      FunctionName: 'Test',
      DestinationConfig: { OnFailure: { Destination: arn('Record') } },
    });
    await start('{}');
    const sent = await record();
    expect(sent.requestContext).toMatchObject({ condition: 'ZeroReservedConcurrency' });
    expect(sent).not.toHaveProperty('responseContext');
  });

  test('follows the configuration of the alias that was invoked', async () => {
    const { lambda, create, start, record } = harness();
    create('Test', '', { Publish: true });
    lambda.createAlias({ FunctionName: 'Test', Name: 'live', FunctionVersion: '1' });
    lambda.putFunctionEventInvokeConfig({
      FunctionName: 'Test',
      Qualifier: 'live',
      DestinationConfig: { OnSuccess: { Destination: arn('Record') } },
    });
    await start('{"from":"latest"}');
    await start('{"from":"live"}', 'live');
    expect(await record()).toMatchObject({
      requestContext: { functionArn: `${arn('Test')}:live` },
      requestPayload: { from: 'live' },
      responseContext: { executedVersion: '1' },
    });
  });

  test('is not sent to a service without an endpoint, and a warning says so', async () => {
    const { lambda, create, start } = harness();
    create('Test', '');
    const Destination = 'arn:aws:sqs:us-east-1:123456789012:done';
    lambda.putFunctionEventInvokeConfig({
      FunctionName: 'Test',
      DestinationConfig: { OnSuccess: { Destination } },
    });
    const warnings = jest.spyOn(process, 'emitWarning').mockReturnValue();
    await start('{}');
    await until(() => warnings.mock.calls.length > 0);
    expect(warnings).toHaveBeenCalledWith(
      `The outcome of Test was not sent to ${Destination}: the local AWS does not have sqs. Pass the address of an emulator that has it with --upstream.`,
    );
    warnings.mockRestore();
  });
});
