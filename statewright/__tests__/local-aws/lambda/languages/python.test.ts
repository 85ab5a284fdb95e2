import { describeWith } from '../../../support/tools';
import { localLambda, zip } from '../support';

const code = `
import logging
import os

logger = logging.getLogger("orders")
logger.setLevel("INFO")


def log(event, context):
    logger.debug("not shown")
    logger.info("order %s", 7, extra={"order": 7})
    logging.warning("of\\ntwo lines")
    try:
        {}["id"]
    except KeyError:
        logger.exception("failed")


def context(event, context):
    client = context.client_context
    return {
        "remaining": context.get_remaining_time_in_millis(),
        "name": context.function_name,
        "memory": context.memory_limit_in_mb,
        "arn": context.invoked_function_arn,
        "request": context.aws_request_id,
        "custom": client.custom if client else None,
        "trace": os.environ["_X_AMZN_TRACE_ID"],
        "folder": os.getcwd() == os.environ["LAMBDA_TASK_ROOT"],
    }


class Unprintable(Exception):
    def __str__(self):
        raise ValueError()


def unprintable(event, context):
    raise Unprintable()


def chained(event, context):
    try:
        {}["id"]
    except KeyError as error:
        raise ValueError("é ☃") from error


def unmarshalable(event, context):
    return {1, 2}


def decimal(event, context):
    import decimal
    return decimal.Decimal("1.10")
`;

describeWith(['python'], 'the Python runtime', () => {
  const { lambda, create, call } = localLambda();
  afterAll(() => lambda.close());
  const Code = zip({ 'index.py': code, 'sdk.py': 'import boto3.does_not_exist' });
  const run = async (handler: string, more: Parameters<typeof create>[2] = {}, request: object = {}) => {
    create(handler, Code, { Runtime: 'python3.13', Handler: `index.${handler}`, ...more });
    const answer = await call(handler, {}, request);
    lambda.deleteFunction({ FunctionName: handler });
    return answer;
  };

  test('writes records of logging with their level, time and request id', async () => {
    const { log } = await run('log');
    const [, id] = /START RequestId: (\S+)/.exec(log) ?? [];
    const lines = log.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
    expect(lines).toContain(`[INFO]\tTIME\t${id}\torder 7\n`);
    expect(lines).toContain(`[WARNING]\tTIME\t${id}\tof\ntwo lines\n`);
    expect(lines).toContain(`[ERROR]\tTIME\t${id}\tfailed\nTraceback (most recent call last):\n`);
    expect(lines).toContain('File "/var/task/index.py", line');
    expect(lines).not.toContain('not shown');
  });

  test('writes them as JSON, with what their call adds', async () => {
    const { log } = await run('log', { LoggingConfig: { LogFormat: 'JSON' } });
    const lines = log.split('\n').filter((line) => line.startsWith('{"timestamp"'));
    const records = lines.map((line) => JSON.parse(line));
    const requestId = expect.stringMatching(/^[-0-9a-f]{36}$/);
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/);
    expect(records).toEqual([
      { timestamp, level: 'INFO', message: 'order 7', logger: 'orders', requestId, order: 7 },
      { timestamp, level: 'WARNING', message: 'of\ntwo lines', logger: 'root', requestId },
      {
        timestamp,
        level: 'ERROR',
        message: 'failed',
        logger: 'orders',
        stackTrace: [expect.stringContaining('File "/var/task/index.py"')],
        errorType: 'KeyError',
        errorMessage: "'id'",
        requestId,
        location: expect.stringMatching(/^\/var\/task\/index\.py:log:\d+$/),
      },
    ]);
  });

  test('passes the context', async () => {
    const ClientContext = Buffer.from('{"custom":{"text":"é ☃"}}').toString('base64');
    const { value } = await run('context', { Timeout: 20 }, { ClientContext });
    expect(value).toEqual({
      remaining: expect.any(Number),
      name: 'context',
      memory: '128',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:context',
      request: expect.stringMatching(/^[-0-9a-f]{36}$/),
      custom: { text: 'é ☃' },
      trace: expect.stringMatching(/^Root=1-/),
      folder: true,
    });
    expect(value.remaining).toBeGreaterThan(0);
    expect(value.remaining).toBeLessThanOrEqual(20_000);
  });

  test.each([
    ['chained', 'ValueError', 'é ☃'],
    ['unprintable', 'Unprintable', '<unprintable Unprintable object>'],
    [
      'unmarshalable',
      'Runtime.MarshalError',
      'Unable to marshal response: Object of type set is not JSON serializable',
    ],
  ])('reports the error of %s', async (handler, errorType, errorMessage) => {
    expect((await run(handler)).value).toMatchObject({ errorType, errorMessage });
  });

  test('answers a Decimal with all of its digits', async () => {
    expect((await run('decimal')).Payload).toBe('1.10');
  });

  test('says how to install an SDK that AWS has and this Python does not', async () => {
    const { value } = await run('sdk', { Handler: 'sdk.handler' });
    expect(value.errorType).toBe('Runtime.ImportModuleError');
    expect(value.errorMessage).toMatch(
      /^Unable to import module 'sdk': No module named 'boto3(\.does_not_exist'|'\. AWS has it; here, install it: \S+ -m pip install boto3)$/,
    );
  });
});
