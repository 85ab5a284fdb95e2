import { awsErrorOf } from '../context';
import { answering, functionArn, logGroupArn, machineArn, machineRole, statesHarness } from './harness';

const parentArn = `${machineArn.replace(':stateMachine:', ':execution:')}:run`;
const childMachineArn = `${machineArn}/Each`;

const processor = (type: string, before: object = {}) => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
  StartAt: 'Wait',
  States: {
    Wait: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Work' },
    Work: { Type: 'Task', Resource: functionArn, End: true, ...before },
  },
});

const machine = (map: object = {}, type = 'STANDARD') =>
  JSON.stringify({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Label: 'Each',
        ItemProcessor: processor(type),
        End: true,
        MaxConcurrency: 2,
        ...map,
      },
    },
  });

/** Items that wait for so many seconds; a negative number fails at first. */
const itemsOf = (...seconds: number[]) =>
  JSON.stringify(seconds.map((each, id) => ({ id, seconds: Math.abs(each), fails: each < 0 })));

interface Item {
  readonly id: number;
  readonly fails: boolean;
}

/** Runs a distributed Map whose items fail until it is repaired. */
function mapHarness(definition = machine(), more: object = {}) {
  let works = false;
  const calls: number[] = [];
  const harness = statesHarness((request) => {
    const { id, fails } = JSON.parse(String(request.Payload)) as Item;
    calls.push(id);
    const broken = answering('{"errorType":"Broken"}', { FunctionError: 'Unhandled' });
    return (fails && !works ? broken : answering(`"done ${id}"`))(request);
  });
  harness.states.createStateMachine({ name: 'state', definition, roleArn: machineRole, ...more });
  const { states, context } = harness;
  const children = (more: object = {}) => {
    const [run] = states.listMapRuns({ executionArn: parentArn }).mapRuns;
    return states.listExecutions({ mapRunArn: run?.mapRunArn ?? '', ...more }).executions.reverse();
  };
  return {
    ...harness,
    calls,
    children,
    start: (input: string) => states.startExecution({ stateMachineArn: machineArn, name: 'run', input }),
    ended: () => states.executionEnded(parentArn),
    mapRun: () => {
      const [run] = states.listMapRuns({ executionArn: parentArn }).mapRuns;
      return states.describeMapRun({ mapRunArn: run?.mapRunArn ?? '' });
    },
    redrive: () => {
      works = true;
      return states.redriveExecution({ executionArn: parentArn });
    },
    pass: (seconds: number) => new Promise<void>((done) => context.clock.setTimer(seconds * 1000, done)),
    types: (executionArn: string) =>
      states
        .getExecutionHistory({ executionArn })
        .events.map(({ id, previousEventId, type }) => `${id}<-${previousEventId} ${type}`),
  };
}

const counts = (more: object) => ({
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  aborted: 0,
  total: 0,
  resultsWritten: 0,
  failuresNotRedrivable: 0,
  pendingRedrive: 0,
  ...more,
});

describe('a Map Run', () => {
  test('is listed and described with its counts, while it runs and afterwards', async () => {
    const { start, states, mapRun, ended, pass } = mapHarness();
    start(itemsOf(1, 10, 20));
    await pass(5);
    const { mapRuns } = states.listMapRuns({ executionArn: parentArn });
    const mapRunArn = mapRuns[0]?.mapRunArn ?? '';
    expect(mapRunArn).toMatch(/^arn:aws:states:us-east-1:123456789012:mapRun:state\/Each:[0-9a-f-]{36}$/);
    const startDate = new Date(Date.UTC(2024, 0, 1));
    expect(mapRuns).toEqual([
      { executionArn: parentArn, mapRunArn, stateMachineArn: childMachineArn, startDate },
    ]);
    const running = counts({ running: 2, succeeded: 1, total: 3 });
    expect(mapRun()).toEqual({
      mapRunArn,
      executionArn: parentArn,
      status: 'RUNNING',
      startDate,
      maxConcurrency: 2,
      toleratedFailureCount: 0,
      toleratedFailurePercentage: 0,
      executionCounts: running,
      itemCounts: running,
      redriveCount: 0,
    });
    await ended();
    expect(mapRun()).toMatchObject({
      status: 'SUCCEEDED',
      stopDate: new Date(Date.UTC(2024, 0, 1, 0, 0, 21)),
      executionCounts: counts({ succeeded: 3, total: 3 }),
    });
  });

  test('counts the items of batches', async () => {
    const batch = { Batch: { Type: 'Pass', End: true } };
    const ItemProcessor = { ...processor('STANDARD'), StartAt: 'Batch', States: batch };
    const { start, mapRun, ended, children } = mapHarness(
      machine({ ItemProcessor, ItemBatcher: { MaxItemsPerBatch: 2 } }),
    );
    start(itemsOf(0, 0, 0));
    await ended();
    expect(mapRun()).toMatchObject({
      executionCounts: counts({ succeeded: 2, total: 2 }),
      itemCounts: counts({ succeeded: 3, total: 3 }),
    });
    expect(children().map(({ itemCount }) => itemCount)).toEqual([2, 1]);
  });

  test('has child executions, which can be read by their ARNs', async () => {
    const { start, states, ended, children, types, mapRun } = mapHarness();
    start(itemsOf(1));
    await ended();
    const [child] = children();
    const { mapRunArn } = mapRun();
    expect(child).toEqual({
      executionArn: expect.stringMatching(/:execution:state\/Each:[0-9a-f-]{36}$/),
      stateMachineArn: childMachineArn,
      name: child?.executionArn.split(':')[7],
      status: 'SUCCEEDED',
      startDate: new Date(Date.UTC(2024, 0, 1)),
      stopDate: new Date(Date.UTC(2024, 0, 1, 0, 0, 1)),
      mapRunArn,
      itemCount: 1,
      redriveCount: 0,
    });
    const executionArn = child?.executionArn ?? '';
    expect(states.describeExecution({ executionArn })).toMatchObject({
      input: '{"id":0,"seconds":1,"fails":false}',
      output: '"done 0"',
      mapRunArn,
      redriveStatus: 'NOT_REDRIVABLE',
    });
    expect(types(executionArn)).toEqual([
      '1<-0 ExecutionStarted',
      '2<-0 WaitStateEntered',
      '3<-2 WaitStateExited',
      '4<-3 TaskStateEntered',
      '5<-4 LambdaFunctionScheduled',
      '6<-5 LambdaFunctionStarted',
      '7<-6 LambdaFunctionSucceeded',
      '8<-7 TaskStateExited',
      '9<-8 ExecutionSucceeded',
    ]);
    const { StartAt, States } = processor('STANDARD');
    expect(states.describeStateMachineForExecution({ executionArn })).toMatchObject({
      stateMachineArn: childMachineArn,
      name: 'state',
      definition: JSON.stringify({ StartAt, States }),
      mapRunArn,
      label: 'Each',
    });
    expect(states.listExecutions({ stateMachineArn: machineArn }).executions).toHaveLength(1);
  });

  test('has log lines of its child executions', async () => {
    const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn } }];
    const { start, ended, logs, children } = mapHarness(machine(), {
      loggingConfiguration: { level: 'ALL', destinations },
    });
    start(itemsOf(0));
    await ended();
    const { events } = logs.filterLogEvents({ logGroupName: '/aws/vendedlogs/states/state' });
    const [child] = children();
    const lines = events.map(({ message = '' }) => JSON.parse(message));
    expect(lines.filter((line) => line.execution_arn === child?.executionArn)).toHaveLength(9);
  });

  test('changes its limits while it runs', async () => {
    const { start, states, mapRun, pass, ended } = mapHarness(machine({ MaxConcurrency: 1 }));
    start(itemsOf(-10, 100, 100, 100));
    await pass(5);
    const { mapRunArn } = mapRun();
    states.updateMapRun({ mapRunArn, maxConcurrency: 4, toleratedFailureCount: 1 });
    await pass(1);
    expect(mapRun()).toMatchObject({
      maxConcurrency: 4,
      toleratedFailureCount: 1,
      executionCounts: { running: 4, pending: 0 },
    });
    expect(await ended()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await awsErrorOf(() => states.updateMapRun({ mapRunArn, maxConcurrency: 1 }))).toBe(
      'ValidationException: Map Run is SUCCEEDED and cannot be updated',
    );
  });

  test('aborts its child executions when it fails or is stopped', async () => {
    const { start, states, mapRun, children, ended, types } = mapHarness();
    start(itemsOf(-1, 100, 100));
    await ended();
    expect(mapRun()).toMatchObject({
      status: 'FAILED',
      executionCounts: counts({ failed: 1, aborted: 1, pending: 1, total: 3 }),
    });
    const { mapRunArn } = mapRun();
    const [failed, aborted] = children();
    const described = (arn = '') => states.describeExecution({ executionArn: arn });
    expect(described(failed?.executionArn)).toMatchObject({
      status: 'FAILED',
      redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
    });
    expect(described(aborted?.executionArn)).toMatchObject({
      status: 'ABORTED',
      cause: `The map run execution [${mapRunArn}] which was managing this resource was aborted`,
    });
    expect(types(aborted?.executionArn ?? '').at(-1)).toBe('3<-0 ExecutionAborted');

    const stopped = mapHarness();
    stopped.start(itemsOf(100));
    await stopped.pass(1);
    await stopped.states.stopExecution({ executionArn: parentArn });
    expect(stopped.mapRun()).toMatchObject({ status: 'ABORTED', executionCounts: { aborted: 1, total: 1 } });
  });

  test('a child execution can be stopped', async () => {
    const { start, states, children, pass, ended } = mapHarness(machine({ ToleratedFailureCount: 1 }));
    start(itemsOf(100, 10));
    await pass(1);
    await states.stopExecution({ executionArn: children()[0]?.executionArn ?? '', error: 'Enough' });
    expect(await ended()).toMatchObject({ status: 'SUCCEEDED' });
    expect(children({ statusFilter: 'ABORTED' })).toHaveLength(1);
  });

  test('keeps the histories of 10,000 successful child executions', async () => {
    const pass = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'P',
      States: { P: { Type: 'Pass', End: true } },
    };
    const { start, ended, children, states } = mapHarness(
      machine({ ItemProcessor: pass, MaxConcurrency: 0 }),
    );
    start(JSON.stringify(Array(10_001).fill(1)));
    expect((await ended()).status).toBe('SUCCEEDED');
    const [before = '', last = ''] = children({ maxResults: 2 }).map(({ executionArn }) => executionArn);
    expect(states.getExecutionHistory({ executionArn: before }).events).toHaveLength(4);
    expect(states.describeExecution({ executionArn: last })).toMatchObject({ output: '1' });
    expect(await awsErrorOf(() => states.getExecutionHistory({ executionArn: last }))).toMatch(
      /^ExecutionDoesNotExist: The history of '.*' is not kept: those of 10000 successful child executions/,
    );
  });

  test('is deleted with its state machine', async () => {
    const { start, states, mapRun, children, ended } = mapHarness();
    start(itemsOf(0));
    await ended();
    const { mapRunArn } = mapRun();
    const executionArn = children()[0]?.executionArn ?? '';
    states.deleteStateMachine({ stateMachineArn: machineArn });
    expect(await awsErrorOf(() => states.describeMapRun({ mapRunArn }))).toMatch(/^ResourceNotFound/);
    expect(await awsErrorOf(() => states.describeExecution({ executionArn }))).toMatch(
      /^ExecutionDoesNotExist/,
    );
  });
});

describe('the redrive of a Map Run', () => {
  test('continues the child executions that were not successful, and starts those that were not started', async () => {
    const { start, states, mapRun, children, ended, redrive, types, calls, pass } = mapHarness();
    start(itemsOf(0, -1, 100, 3, 4));
    await ended();
    expect(calls).toEqual([0, 1]);
    redrive();
    await pass(1);
    expect(mapRun()).toMatchObject({
      status: 'RUNNING',
      redriveCount: 1,
      executionCounts: counts({ succeeded: 2, running: 2, pending: 1, total: 5 }),
    });
    expect(types(parentArn).slice(7)).toEqual(['8<-7 ExecutionRedriven', '9<-3 MapRunRedriven']);
    expect(await ended()).toMatchObject({
      status: 'SUCCEEDED',
      output: '["done 0","done 1","done 2","done 3","done 4"]',
      redriveCount: 1,
    });
    expect(calls.filter((id) => id === 0)).toHaveLength(1);
    expect(mapRun()).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      executionCounts: counts({ succeeded: 5, total: 5 }),
    });
    const [, failed, aborted] = children();
    expect(types(failed?.executionArn ?? '').slice(7)).toEqual([
      '8<-7 ExecutionFailed',
      '9<-8 ExecutionRedriven',
      '10<-4 LambdaFunctionScheduled',
      '11<-10 LambdaFunctionStarted',
      '12<-11 LambdaFunctionSucceeded',
      '13<-12 TaskStateExited',
      '14<-13 ExecutionSucceeded',
    ]);
    expect(types(aborted?.executionArn ?? '').slice(2, 5)).toEqual([
      '3<-0 ExecutionAborted',
      '4<-3 ExecutionRedriven',
      '5<-2 WaitStateExited',
    ]);
    expect(children().map(({ redriveCount }) => redriveCount)).toEqual([0, 1, 1, 0, 0]);
    expect(children({ redriveFilter: 'REDRIVEN' })).toHaveLength(2);
    expect(children({ redriveFilter: 'NOT_REDRIVEN' })).toHaveLength(3);
    expect(
      await awsErrorOf(() => states.redriveExecution({ executionArn: failed?.executionArn ?? '' })),
    ).toBe('ValidationException: Labeled Execution ARNs are not supported for this API');
  });

  test('lets child executions wait for their redrive', async () => {
    const { start, states, children, ended, redrive, mapRun, pass } = mapHarness();
    start(itemsOf(100, 100, 100));
    await pass(1);
    states.updateMapRun({ mapRunArn: mapRun().mapRunArn, maxConcurrency: 3 });
    await pass(1);
    await states.stopExecution({ executionArn: parentArn });
    redrive();
    await pass(1);
    expect(mapRun()).toMatchObject({ executionCounts: counts({ running: 2, pendingRedrive: 1, total: 3 }) });
    expect(children({ statusFilter: 'PENDING_REDRIVE' })).toHaveLength(1);
    await ended();
    expect(children({ statusFilter: 'PENDING_REDRIVE' })).toHaveLength(0);
  });

  test('starts Express child executions again, under the same ARNs', async () => {
    const { start, states, children, ended, redrive, calls } = mapHarness(machine({}, 'EXPRESS'));
    start(itemsOf(0, -1));
    await ended();
    const [, failed] = children();
    const executionArn = failed?.executionArn ?? '';
    expect(executionArn).toMatch(/:express:state\/Each:[0-9a-f-]{36}:[0-9a-f-]{36}$/);
    expect(states.describeExecution({ executionArn })).toMatchObject({
      name: executionArn.split(':').slice(7).join(':'),
      status: 'FAILED',
      redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
    });
    expect(await awsErrorOf(() => states.getExecutionHistory({ executionArn }))).toBe(
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
    );
    redrive();
    expect(await ended()).toMatchObject({ output: '["done 0","done 1"]' });
    expect(children()[1]).toMatchObject({ executionArn, status: 'SUCCEEDED' });
    expect(calls).toEqual([0, 1, 1]);
  });

  test('is a new Map Run where the first one had succeeded, but not the Map', async () => {
    const { start, states, ended, redrive } = mapHarness(machine({ ResultSelector: { 'none.$': '$.none' } }));
    start(itemsOf(0));
    await ended();
    redrive();
    await ended();
    expect(states.listMapRuns({ executionArn: parentArn }).mapRuns).toHaveLength(2);
  });
});

describe('ListExecutions', () => {
  const mapRunArn = 'arn:aws:states:us-east-1:123456789012:mapRun:state/Each:none';

  test.each<[object, string]>([
    [{}, 'ValidationException: Either a StateMachine ARN or a MapRun ARN must be specified'],
    [
      { stateMachineArn: machineArn, mapRunArn },
      'ValidationException: Either a StateMachine ARN or a MapRun ARN must be specified',
    ],
    [
      { stateMachineArn: machineArn, redriveFilter: 'REDRIVEN' },
      'ValidationException: RedriveFilter cannot be applied to ListExecutions call with StateMachine ARN',
    ],
    [{ mapRunArn }, 'ResourceNotFound: Request references a resource that does not exist.'],
    [
      { mapRunArn: machineArn },
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: stateMachine'",
    ],
  ])('refuses %j', async (request, error) => {
    const { states } = mapHarness();
    expect(await awsErrorOf(() => states.listExecutions(request))).toBe(error);
  });
});
