import type { TaskCall } from '../../src/engine';
import { eventsOf, LAMBDA, machineOf, NAMES, run } from './run';

const lambda = (more: object = {}) =>
  machineOf({ Type: 'Task', Resource: `${LAMBDA}Work`, End: true, ...more });
const integration = (resource: string, more: object = {}) =>
  machineOf({ Type: 'Task', Resource: `arn:aws:states:::${resource}`, End: true, ...more });

describe('a Lambda function by its ARN', () => {
  test('receives the state input, and its text is the state output', async () => {
    const { events, outcome } = await run(lambda(), {
      inputText: '{ "n": 1.0 }',
      tasks: { State: { output: '{"m" :2.0}' } },
    });
    expect(eventsOf(events, 'LambdaFunctionScheduled')[0]?.lambdaFunctionScheduledEventDetails).toEqual({
      resource: `${LAMBDA}Work`,
      input: '{ "n": 1.0 }',
      inputDetails: { truncated: false },
    });
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: '{"m" :2.0}' });
  });

  test('fails with its error and cause, in the event and in the outcome', async () => {
    const failure = { error: 'Boom', cause: '{"errorMessage": "b"}' };
    const { lines, events, outcome } = await run(lambda(), { tasks: { State: failure } });
    expect(lines.slice(3)).toEqual([
      '4<-3 LambdaFunctionStarted',
      '5<-4 LambdaFunctionFailed',
      '6<-5 ExecutionFailed',
    ]);
    expect(eventsOf(events, 'LambdaFunctionFailed')[0]?.lambdaFunctionFailedEventDetails).toEqual(failure);
    expect(eventsOf(events, 'ExecutionFailed')[0]?.executionFailedEventDetails).toEqual(failure);
    expect(outcome).toEqual({ status: 'FAILED', ...failure });
  });

  test('that could not be started has a StartFailed event in place of Started', async () => {
    const { lines } = await run(lambda(), {
      tasks: { State: { error: 'Lambda.AWSLambdaException', stage: 'start' } },
    });
    expect(lines.slice(2)).toEqual([
      '3<-2 LambdaFunctionScheduled',
      '4<-3 LambdaFunctionStartFailed',
      '5<-4 ExecutionFailed',
    ]);
  });

  test('that returns more than 256 KiB fails with States.DataLimitExceeded', async () => {
    const output = JSON.stringify('é'.repeat(131_072));
    const { events } = await run(lambda(), { tasks: { State: { output } } });
    expect(eventsOf(events, 'LambdaFunctionFailed')[0]?.lambdaFunctionFailedEventDetails).toEqual({
      error: 'States.DataLimitExceeded',
      cause: `The state/task '${LAMBDA}Work' returned a result with a size exceeding the maximum number of bytes service limit.`,
    });
  });

  test('an invoker that throws fails the task', async () => {
    const throwing = (): never => {
      throw new Error('out of order');
    };
    const { outcome } = await run(lambda(), { tasks: { State: throwing } });
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
  });

  test('an invoker may return a promise', async () => {
    const { output } = await run(lambda(), { tasks: { State: async () => ({ output: '"later"' }) } });
    expect(output).toBe('later');
  });
});

describe('the invoker receives', () => {
  test('the function, the input, the state, the role, the number of retries and the id of its event', async () => {
    const calls: TaskCall[] = [];
    await run(lambda({ Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] }), {
      input: { a: 1 },
      tasks: {
        State: (call) => {
          calls.push(call);
          return { error: 'Again' };
        },
      },
    });
    expect(calls.map(({ retryCount }) => retryCount)).toEqual([0, 1]);
    expect(calls.map(({ scheduledEventId }) => scheduledEventId)).toEqual([3, 6]);
    expect(calls[0]).toMatchObject({
      resource: `${LAMBDA}Work`,
      target: { kind: 'lambda', functionArn: `${LAMBDA}Work` },
      input: '{"a":1}',
      stateName: 'State',
      executionArn: NAMES.executionArn,
      roleArn: NAMES.roleArn,
    });
  });

  test.each([
    ['lambda:invoke', 'lambda', 'invoke', 'requestResponse'],
    ['sqs:sendMessage.waitForTaskToken', 'sqs', 'sendMessage.waitForTaskToken', 'waitForTaskToken'],
    ['states:startExecution.sync:2', 'states', 'startExecution.sync:2', 'sync'],
    ['aws-sdk:dynamodb:getItem', 'aws-sdk:dynamodb', 'getItem', 'requestResponse'],
  ])('what %s means', async (name, resourceType, resource, pattern) => {
    let target: TaskCall['target'] | undefined;
    const answer = (call: TaskCall) => {
      target = call.target;
      return { error: 'Enough' };
    };
    await run(integration(name), { tasks: { State: answer } });
    expect(target).toEqual({ kind: 'integration', resourceType, resource, pattern });
  });

  test('the role of the Credentials, which the events show too', async () => {
    const roleArn = 'arn:aws:iam::210987654321:role/other';
    let seen: string | undefined;
    const { events } = await run(lambda({ Credentials: { 'RoleArn.$': '$.role' } }), {
      input: { role: roleArn },
      tasks: {
        State: (call) => {
          seen = call.roleArn;
          return { output: '1' };
        },
      },
    });
    expect(seen).toBe(roleArn);
    const [scheduled] = eventsOf(events, 'LambdaFunctionScheduled');
    expect(scheduled?.lambdaFunctionScheduledEventDetails.taskCredentials).toEqual({ roleArn });
  });
});

describe('an integration', () => {
  test('is scheduled with its parameters, region and times', async () => {
    const { lines, events, output } = await run(
      integration('lambda:invoke', {
        Parameters: { FunctionName: 'f', 'Payload.$': '$' },
        TimeoutSeconds: 9,
        HeartbeatSeconds: 3,
      }),
      { input: { a: 1 }, tasks: { State: { output: '{"StatusCode":200}' } } },
    );
    expect(lines.slice(2)).toEqual([
      '3<-2 TaskScheduled',
      '4<-3 TaskStarted',
      '5<-4 TaskSucceeded',
      '6<-5 TaskStateExited State',
      '7<-6 ExecutionSucceeded',
    ]);
    expect(eventsOf(events, 'TaskScheduled')[0]?.taskScheduledEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'us-east-1',
      parameters: '{"FunctionName":"f","Payload":{"a":1}}',
      timeoutInSeconds: 9,
      heartbeatInSeconds: 3,
    });
    expect(output).toEqual({ StatusCode: 200 });
  });

  test('that waits for the job (.sync) is submitted first, and ends with the job', async () => {
    const { lines, events, output } = await run(integration('glue:startJobRun.sync'), {
      tasks: { State: { output: '{"State":"DONE"}', submitted: '{"RunId":"1"}' } },
    });
    expect(lines.slice(3, 6)).toEqual(['4<-3 TaskStarted', '5<-4 TaskSubmitted', '6<-5 TaskSucceeded']);
    expect(eventsOf(events, 'TaskSubmitted')[0]?.taskSubmittedEventDetails.output).toBe('{"RunId":"1"}');
    expect(output).toEqual({ State: 'DONE' });
  });

  test.each([
    ['ends', { output: '1', submitted: '0', takes: 9000 }, 'TaskSucceeded', 9000],
    ['fails', { error: 'States.TaskFailed', submitted: '0', takes: 9000 }, 'TaskFailed', 9000],
    ['exceeds the timeout', { output: '1', submitted: '0', takes: 11_000 }, 'TaskTimedOut', 10_000],
    ['never ends', { output: '1', takes: Number.POSITIVE_INFINITY }, 'TaskTimedOut', 10_000],
  ])('is submitted at its start, though the job %s later', async (_, answer, end, after) => {
    for (const State of [answer, async () => answer]) {
      const { events } = await run(integration('glue:startJobRun.sync', { TimeoutSeconds: 10 }), {
        tasks: { State },
      });
      const start = events[0]?.timestamp ?? 0;
      expect(events.slice(3, 6).map(({ type, timestamp }) => [type, timestamp - start])).toEqual([
        ['TaskStarted', 0],
        ['TaskSubmitted', 0],
        [end, after],
      ]);
    }
  });

  test('that rejects the job has a SubmitFailed event', async () => {
    const { types } = await run(integration('glue:startJobRun.sync'), {
      tasks: { State: { error: 'Glue.AccessDenied', stage: 'submit' } },
    });
    expect(types.slice(2)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitFailed', 'ExecutionFailed']);
  });
});
