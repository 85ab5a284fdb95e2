import { SystemClock } from '../../../src/engine';
import { allow, machineArn, machineRole, statesHarness } from './harness';

const CHILDREN = 50;
const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:run`;
const definition = JSON.stringify({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      Label: 'Each',
      End: true,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Hour',
        States: { Hour: { Type: 'Wait', Seconds: 3600, End: true } },
      },
    },
  },
});

/** A clock on which every step of long work has a turn of its own. */
class SteppingClock extends SystemClock {
  turns = 0;

  override nextTurn(): Promise<void> {
    this.turns += 1;
    return new Promise((resolve) => setImmediate(resolve));
  }
}

test('the children of a Map Run end in turns, before StopExecution answers and before a redrive', async () => {
  const clock = new SteppingClock();
  const { states, iam } = statesHarness(undefined, { clock });
  allow(iam, 'states:StartExecution', machineArn);
  states.createStateMachine({ name: 'state', definition, roleArn: machineRole });
  const input = JSON.stringify(Array.from({ length: CHILDREN }, (_, index) => index));
  states.startExecution({ stateMachineArn: machineArn, name: 'run', input });
  const childrenOf = (statusFilter: 'RUNNING' | 'ABORTED') => {
    const { mapRunArn } = states.listMapRuns({ executionArn }).mapRuns[0] ?? {};
    return mapRunArn ? states.listExecutions({ mapRunArn, statusFilter }).executions.length : 0;
  };
  while (childrenOf('RUNNING') < CHILDREN) await clock.nextTurn();

  const before = clock.turns;
  const stopped = states.stopExecution({ executionArn });
  const redriven = states.redriveExecution({ executionArn });
  await stopped;
  // Each is stopped, and its end is kept.
  expect(clock.turns - before).toBeGreaterThanOrEqual(2 * CHILDREN);
  expect([childrenOf('RUNNING'), childrenOf('ABORTED')]).toEqual([0, CHILDREN]);
  await redriven;
  while (childrenOf('RUNNING') < CHILDREN) await clock.nextTurn();
  await states.close();
});
