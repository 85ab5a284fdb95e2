import { logGroupArn, machineArn, passing, statesHarness } from './harness';

const failing = JSON.stringify({
  StartAt: 'No',
  States: { No: { Type: 'Fail', Error: 'Nope', Cause: 'because' } },
});

/** Runs a state machine that logs at a level, and returns the lines of its log group. */
async function logOf(
  definition: string,
  level: string,
  includeExecutionData = false,
  prepare = (_: ReturnType<typeof statesHarness>) => {},
) {
  const harness = statesHarness();
  harness.create(definition, {
    loggingConfiguration: {
      level,
      includeExecutionData,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
    },
  });
  prepare(harness);
  const { executionArn } = harness.states.startExecution({ stateMachineArn: machineArn });
  await harness.states.executionEnded(executionArn);
  const { events } = harness.logs.filterLogEvents({ logGroupName: '/aws/vendedlogs/states/state' });
  return {
    executionArn,
    lines: events.map(({ message }) => JSON.parse(message ?? '') as Record<string, unknown>),
  };
}

test('ALL writes a line for every event', async () => {
  const { executionArn, lines } = await logOf(passing, 'ALL');
  expect(lines.map(({ id, type, previous_event_id }) => [id, type, previous_event_id])).toEqual([
    ['1', 'ExecutionStarted', '0'],
    ['2', 'PassStateEntered', '0'],
    ['3', 'PassStateExited', '2'],
    ['4', 'ExecutionSucceeded', '3'],
  ]);
  expect(lines[1]).toEqual({
    id: '2',
    type: 'PassStateEntered',
    details: { name: 'Only' },
    redrive_count: '0',
    previous_event_id: '0',
    event_timestamp: String(Date.UTC(2024, 0, 1)),
    execution_arn: executionArn,
  });
});

test('execution data only on request', async () => {
  const { lines } = await logOf(passing, 'ALL', true);
  expect(lines[1]?.details).toEqual({ name: 'Only', input: '{}', inputDetails: { truncated: false } });
});

test.each<[string, string[]]>([
  ['ERROR', ['FailStateEntered', 'ExecutionFailed']],
  ['FATAL', ['ExecutionFailed']],
  ['OFF', []],
])('%s writes only what it names', async (level, types) => {
  const { lines } = await logOf(failing, level);
  expect(lines.map(({ type }) => type)).toEqual(types);
  expect((await logOf(passing, level)).lines).toEqual([]);
});

test('errors are not execution data', async () => {
  const { lines } = await logOf(failing, 'FATAL');
  expect(lines[0]?.details).toEqual({ error: 'Nope', cause: 'because' });
});

test('without permission nothing is written', async () => {
  const { lines } = await logOf(passing, 'ALL', false, ({ iam }) =>
    iam.deleteRolePolicy({ RoleName: 'machine', PolicyName: 'permissions' }),
  );
  expect(lines).toEqual([]);
});

test('an execution runs even if its log group was deleted', async () => {
  const { states, logs, create } = statesHarness();
  create(passing, {
    loggingConfiguration: { level: 'ALL', destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] },
  });
  logs.deleteLogGroup({ logGroupName: '/aws/vendedlogs/states/state' });
  const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
  expect(await states.executionEnded(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
});
