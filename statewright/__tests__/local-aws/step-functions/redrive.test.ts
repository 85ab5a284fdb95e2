import { awsErrorOf } from '../context';
import { answering, calling, functionArn, logGroupArn, machineArn, passing, statesHarness } from './harness';

const executionArn = (name: string) => `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

const BROKEN = answering('{"errorType":"Broken","errorMessage":"no answer"}', { FunctionError: 'Unhandled' });

/** An execution whose Task has failed, and fails until it is repaired. */
async function failedExecution(more: object = {}) {
  let works = false;
  const harness = statesHarness((request) => (works ? answering('"done"') : BROKEN)(request));
  harness.create(calling(functionArn), more);
  const { states, context } = harness;
  states.startExecution({ stateMachineArn: machineArn, name: 'one' });
  const arn = executionArn('one');
  await states.executionEnded(arn);
  return {
    ...harness,
    arn,
    repair: () => {
      works = true;
    },
    pass: (hours: number) => new Promise<void>((done) => context.clock.setTimer(hours * 3_600_000, done)),
  };
}

const redrivable = { redriveStatus: 'REDRIVABLE' };

describe('RedriveExecution', () => {
  test('continues the execution, whose description and history say so', async () => {
    const { states, arn, repair, pass } = await failedExecution();
    expect(states.describeExecution({ executionArn: arn })).toMatchObject({ redriveCount: 0, ...redrivable });
    await pass(1);
    const redriveDate = new Date(Date.UTC(2024, 0, 1, 1));
    repair();
    expect(states.redriveExecution({ executionArn: arn })).toEqual({ redriveDate });
    const running = states.describeExecution({ executionArn: arn });
    expect(running).toMatchObject({
      status: 'RUNNING',
      redriveCount: 1,
      redriveDate,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    });
    for (const absent of ['stopDate', 'error', 'cause']) expect(running).not.toHaveProperty(absent);

    expect(await states.executionEnded(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '"done"',
      startDate: new Date(Date.UTC(2024, 0, 1)),
      stopDate: redriveDate,
      redriveCount: 1,
      redriveDate,
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    const { events } = states.getExecutionHistory({ executionArn: arn });
    expect(
      events.map(({ id, previousEventId, type }) => `${id}<-${previousEventId} ${type}`).slice(5),
    ).toEqual([
      '6<-5 ExecutionFailed',
      '7<-6 ExecutionRedriven',
      '8<-2 LambdaFunctionScheduled',
      '9<-8 LambdaFunctionStarted',
      '10<-9 LambdaFunctionSucceeded',
      '11<-10 TaskStateExited',
      '12<-11 ExecutionSucceeded',
    ]);
    expect(states.listExecutions({ stateMachineArn: machineArn }).executions).toMatchObject([
      { name: 'one', redriveCount: 1, redriveDate },
    ]);
    expect(states.listLambdaInvocations({ executionArn: arn })).toHaveLength(2);
  });

  test('with the definition that the execution started with', async () => {
    const { states, arn, repair } = await failedExecution();
    states.updateStateMachine({ stateMachineArn: machineArn, definition: passing });
    repair();
    states.redriveExecution({ executionArn: arn });
    expect(await states.executionEnded(arn)).toMatchObject({ output: '"done"' });
  });

  test('a client token of the last 15 minutes returns the same answer, whatever has become of the execution', async () => {
    const { states, arn, repair, pass } = await failedExecution();
    const redrive = (clientToken: string) => states.redriveExecution({ executionArn: arn, clientToken });
    const first = redrive('a');
    expect(redrive('a')).toEqual(first);
    expect(await awsErrorOf(() => redrive('b'))).toBe(
      `ExecutionNotRedrivable: Execution ${arn} invalid for redrive as: Execution is RUNNING and cannot be redriven`,
    );
    await states.executionEnded(arn);
    await pass(0.1);
    expect(redrive('a')).toEqual(first);
    repair();
    redrive('b');
    await states.executionEnded(arn);
    expect(redrive('a')).toEqual(first);
    await pass(1);
    expect(await awsErrorOf(() => redrive('a'))).toMatch(/Execution is SUCCEEDED and cannot be redriven$/);
  });

  test.each([
    [14 * 24, 'Execution redrivable period exceeded'],
    [365 * 24, 'Execution has exceeded the max execution time'],
  ])('is refused after %i hours', async (hours, reason) => {
    const { states, arn, pass } = await failedExecution();
    await pass(hours - 1);
    expect(states.describeExecution({ executionArn: arn })).toMatchObject(
      hours === 14 * 24 ? redrivable : { redriveStatus: 'NOT_REDRIVABLE' },
    );
    await pass(1);
    expect(states.describeExecution({ executionArn: arn })).toMatchObject({ redriveStatusReason: reason });
    expect(await awsErrorOf(() => states.redriveExecution({ executionArn: arn }))).toBe(
      `ExecutionNotRedrivable: Execution ${arn} invalid for redrive as: ${reason}`,
    );
  });

  test.each([
    [executionArn('none'), `ExecutionDoesNotExist: Execution Does Not Exist: '${executionArn('none')}'`],
    [
      'arn:aws:states:us-east-1:123456789012:express:state:one:id',
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
    ],
    [
      'arn:aws:states:us-east-1:123456789012:execution:state/Map:one',
      'ValidationException: Labeled Execution ARNs are not supported for this API',
    ],
  ])('of %s is refused', async (arn, error) => {
    const { states } = statesHarness();
    expect(await awsErrorOf(() => states.redriveExecution({ executionArn: arn }))).toBe(error);
  });

  test('its log lines have the number of the redrive', async () => {
    const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn } }];
    const { states, logs, arn } = await failedExecution({
      loggingConfiguration: { level: 'FATAL', destinations },
    });
    states.redriveExecution({ executionArn: arn });
    await states.executionEnded(arn);
    const { events } = logs.filterLogEvents({ logGroupName: '/aws/vendedlogs/states/state' });
    expect(events.map(({ message = '' }) => JSON.parse(message).redrive_count)).toEqual(['0', '1']);
  });
});
