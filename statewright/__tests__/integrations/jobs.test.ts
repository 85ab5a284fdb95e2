/** Jobs (.sync) of services at an endpoint. A small package replaces the SDK's client of AWS Batch. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allow, calling, machineArn, statesHarness } from '../local-aws/step-functions/harness';

/** A client with schemas, whose jobs are in the states of `global.jobStates`, one after the other. */
const PACKAGE = `
const stack = { add() {} };
class SubmitJobCommand { constructor(input) { this.input = input; this.middlewareStack = stack; } }
class DescribeJobsCommand extends SubmitJobCommand {}
class TerminateJobCommand extends SubmitJobCommand {}
class BatchServiceException extends Error {}
class BatchClient {
  async send(command) {
    global.jobCalls.push([command.constructor.name.replace('Command', ''), command.input]);
    if (command instanceof DescribeJobsCommand) {
      const status = global.jobStates.shift() ?? 'RUNNING';
      return { $metadata: {}, jobs: [{ jobId: 'j-1', status, createdAt: 5 }] };
    }
    return { $metadata: {}, jobId: 'j-1', jobName: command.input.jobName };
  }
}
const struct = (members) => [3, 'n', 'S', 0, Object.keys(members), Object.values(members)];
const job = struct({ jobId: 0, status: 0, createdAt: 1 });
module.exports = {
  BatchClient, BatchServiceException, SubmitJobCommand, DescribeJobsCommand, TerminateJobCommand,
  SubmitJob$: [9, 'n', 'SubmitJob', 0, () => struct({ jobName: 0, jobQueue: 0, jobDefinition: 0 }), () => struct({ jobId: 0, jobName: 0 })],
  DescribeJobs$: [9, 'n', 'DescribeJobs', 0, () => struct({ jobs: 64 | 0 }), () => struct({ jobs: [1, 'n', 'Jobs', 0, () => job] })],
  TerminateJob$: [9, 'n', 'TerminateJob', 0, () => struct({ jobId: 0, reason: 0 }), () => struct({})],
};`;

const shared = globalThis as unknown as { jobStates: string[]; jobCalls: [string, object][] };
const before = process.cwd();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  const place = join(folder, 'node_modules', '@aws-sdk', 'client-batch');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{"name":"@aws-sdk/client-batch","main":"index.js"}');
  writeFileSync(join(place, 'index.js'), PACKAGE);
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

function harness(states: string[], more: object = {}) {
  shared.jobStates = states;
  shared.jobCalls = [];
  const made = statesHarness(undefined, {}, [], () => ({
    endpoint: 'http://127.0.0.1:1',
    credentials: undefined,
  }));
  allow(made.iam, ['batch:*', 'events:*'], '*');
  const definition = calling('arn:aws:states:::batch:submitJob.sync', {
    Parameters: { JobName: 'n', JobQueue: 'q', JobDefinition: 'd' },
    ...more,
  });
  return { ...made, definition, calls: () => shared.jobCalls.map(([name]) => name) };
}

const typesOf = (events: readonly { type: string }[]) =>
  events.map(({ type }) => type).filter((type) => /^Task(?!State)/.test(type));

test('a job is asked for its state until it ends, and its description is the result', async () => {
  const { run, states, definition, calls } = harness(['SUBMITTED', 'RUNNING', 'SUCCEEDED']);
  const ended = await run(definition);
  expect(JSON.parse(ended.output ?? '')).toEqual({ CreatedAt: 5, JobId: 'j-1', Status: 'SUCCEEDED' });
  expect(calls()).toEqual(['SubmitJob', 'DescribeJobs', 'DescribeJobs', 'DescribeJobs']);
  const { events } = states.getExecutionHistory({ executionArn: ended.executionArn });
  expect(typesOf(events)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
  expect(events.find(({ type }) => type === 'TaskSubmitted')).toMatchObject({
    taskSubmittedEventDetails: { output: expect.stringContaining('"JobId":"j-1","JobName":"n"') },
  });
});

test('a job that fails, fails the Task with its description', async () => {
  const { run, definition } = harness(['FAILED']);
  const ended = await run(definition);
  expect(ended.error).toBe('States.TaskFailed');
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({ JobId: 'j-1', Status: 'FAILED' });
});

test('the timeout of the state cancels the job', async () => {
  const { run, definition, calls } = harness([], { TimeoutSeconds: 5 });
  expect(await run(definition)).toMatchObject({ error: 'States.Timeout' });
  await new Promise(setImmediate);
  expect(calls().at(-1)).toBe('TerminateJob');
});

test('a job whose token is returned is not cancelled', async () => {
  const { create, states, definition, calls } = harness([], {
    Parameters: { 'JobName.$': '$$.Task.Token', JobQueue: 'q', JobDefinition: 'd' },
  });
  create(definition);
  states.listen((_, { type }) => {
    if (type !== 'TaskSubmitted') return;
    const [[, input]] = shared.jobCalls as [[string, { jobName: string }]];
    queueMicrotask(() => states.sendTaskSuccess({ taskToken: input.jobName, output: '1' }));
  });
  const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
  expect(await states.executionEnded(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
  await new Promise(setImmediate);
  expect(calls()).not.toContain('TerminateJob');
});

test('the role needs the permission to ask for the state', async () => {
  const { run, iam, definition } = harness(['SUCCEEDED']);
  iam.deleteRolePolicy({ RoleName: 'machine', PolicyName: 'batch-all,events-all' });
  allow(iam, ['batch:SubmitJob', 'events:*'], '*');
  expect((await run(definition)).cause).toContain('is not authorized to perform: batch:DescribeJobs');
});
