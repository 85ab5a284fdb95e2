import fc from 'fast-check';
import * as kit from '../../src/testing';
import type { Exploration } from '../../src/verify/explore';
import { arbitraryDeployable } from '../verify/explore/arbitrary-machine';

const { deployDefinition, explore, functionArn, never, returns, sequence, throws } = kit;

const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

/** Runs what a row prints as a test. */
async function runTest(text: string, definition: object): Promise<void> {
  const [, body = ''] = /async \(\) => \{\n(.*)\n\}\);\n$/s.exec(text) ?? [];
  expect(body).toContain('expect(');
  const names = { expect, definition, ...kit };
  await new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
}

/** Except for endless loops: such an execution has 25,000 events. */
async function runTests({ rows }: Exploration, definition: object): Promise<void> {
  for (const { test, end } of rows) if (end.because !== 'repeats') await runTest(test, definition);
}

test('the test of each row passes, for any state machine', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryDeployable, async (definition) => {
      const workflow = await deployDefinition(definition);
      const exploration = await explore(workflow, {
        inputs: [{ kept: 1, items: [1, 2] }],
        maxExecutions: 40,
      });
      await runTests(exploration, definition);
      await workflow.close();
    }),
    { numRuns: 25 },
  );
});

const approval = {
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token', 'order.$': '$.order.id' } },
      TimeoutSeconds: 600,
      HeartbeatSeconds: 60,
      ResultPath: '$.answer',
      Retry: [{ ErrorEquals: ['States.HeartbeatTimeout'], MaxAttempts: 2 }],
      Catch: [
        { ErrorEquals: ['Rejected'], ResultPath: '$.error', Next: 'Tell' },
        { ErrorEquals: ['States.Timeout'], Next: 'Tell' },
      ],
      Next: 'Ship',
    },
    Ship: {
      Type: 'Task',
      Resource: 'arn:aws:states:::ecs:runTask.sync',
      Parameters: { TaskDefinition: 'ship' },
      End: true,
    },
    Tell: {
      Type: 'Task',
      Resource: functionArn('Tell'),
      Parameters: { 'id.$': '$.order.id' },
      End: true,
    },
  },
};

test('a task token: an answer, an error, a timeout, a missed heartbeat, and a job that never ends', async () => {
  const workflow = await deployDefinition(approval);
  const exploration = await explore(workflow);

  const rows = exploration.rows.map(({ state, error, retries, continuesIn, end }) => [
    state,
    error,
    retries,
    continuesIn ?? '',
    `${end.status} ${end.state} ${end.error ?? ''}`.trim(),
  ]);
  expect(rows).toEqual([
    ['', '', 0, '', 'SUCCEEDED Ship'],
    ['Ask', 'Rejected', 0, 'Tell', 'SUCCEEDED Tell'],
    ['Ask', 'any other error', 0, '', 'FAILED Ask'],
    ['Ask', 'States.Timeout', 0, 'Tell', 'FAILED Tell States.Runtime'],
    ['Ask', 'States.HeartbeatTimeout', 2, 'Tell', 'FAILED Tell States.Runtime'],
    ['Ship', 'any error', 0, '', 'FAILED Ship'],
    ['Ship', 'no answer', 0, '', 'NEVER_ENDS Ship'],
    ['Tell', 'any error', 0, '', 'FAILED Tell'],
  ]);
  expect(exploration.findings.map(({ kind, location }) => `${kind} ${location}`)).toEqual([
    'INPUT_LOST /States/Ask/Catch[1]',
    'NO_TIMEOUT /States/Ship',
    'UNHANDLED /States/Ask',
    'UNHANDLED /States/Ship',
    'UNHANDLED /States/Tell',
    'SUCCEEDS_AFTER_FAILURE /States/Ask/Catch[0]',
  ]);
  await runTests(exploration, approval);
});

test('an activity: a worker that fails, one that is too late, and one that sends no heartbeats', async () => {
  const definition = {
    StartAt: 'Work',
    States: {
      Work: {
        Type: 'Task',
        Resource: 'arn:aws:states:us-east-1:000000000000:activity:work',
        TimeoutSeconds: 600,
        HeartbeatSeconds: 60,
        Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Lost' }],
        End: true,
      },
      Lost: { Type: 'Fail', Error: 'Lost' },
    },
  };
  const workflow = await deployDefinition(definition);
  const exploration = await explore(workflow);

  expect(exploration.rows.map(({ error, end }) => [error, end.status, end.error ?? ''])).toEqual([
    ['', 'SUCCEEDED', ''],
    ['any error', 'FAILED', ''],
    ['States.Timeout', 'FAILED', ''],
    ['States.HeartbeatTimeout', 'FAILED', 'Lost'],
  ]);
  await runTests(exploration, definition);
});

const polling = {
  StartAt: 'Status',
  States: {
    Status: { Type: 'Task', Resource: functionArn('Status'), Next: 'Done?' },
    'Done?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.status', StringEquals: 'DONE', Next: 'Done' }],
      Default: 'Wait',
    },
    Wait: { Type: 'Wait', Seconds: 60, Next: 'Status' },
    Done: { Type: 'Succeed' },
  },
};

test('the replacements say what a Task returns: each one of a sequence is possible', async () => {
  const workflow = await deployDefinition(polling);
  const ends = ({ rows }: Exploration) =>
    rows.filter(({ state }) => state === '').map(({ end }) => `${end.status} ${end.because ?? ''}`);

  workflow.replace('Status', returns({ status: 'RUNNING' }));
  const endless = await explore(workflow);
  expect(ends(endless)).toEqual(['NEVER_ENDS repeats']);
  await runTest(endless.rows[0]?.test ?? '', polling);

  workflow.replace('Status', sequence(returns({ status: 'RUNNING' }), returns({ status: 'DONE' })));
  const both = await explore(workflow);
  expect(ends(both)).toEqual(['SUCCEEDED ']);
  await runTests(both, polling);

  workflow.replace('Status', sequence(throws('Gone', 'no such job'), never()));
  const failing = await explore(workflow);
  expect(failing.rows.find(({ error }) => error === 'Gone')?.test).toContain("throws('Gone', 'no such job')");
});

test('a recorded execution says what its Tasks returned', async () => {
  const workflow = await deployDefinition(polling);
  const recorded = await workflow.replace('Status', returns({ status: 'DONE' })).run({ job: 7 });
  workflow.restore();

  const { rows } = await explore(workflow, { histories: [recorded] });

  expect(rows[0]?.end.status).toBe('SUCCEEDED');
  expect(rows[0]?.test).toContain('run({"job":7})');
  expect(rows[0]?.test).toContain('returns({"status":"DONE"})');
});
