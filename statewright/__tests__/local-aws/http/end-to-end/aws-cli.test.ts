import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployTerraformJson } from '../../../../src/local-aws/deployment';
import { eventLine, seedCases } from '../../../seed-cases';
import { describeWith } from '../../../support/tools';
import { startWorkflow, type Workflow } from './workflow';

describeWith(['aws'], 'the AWS CLI', () => {
  let workflow: Workflow;
  beforeAll(async () => {
    workflow = await startWorkflow();
    await deployTerraformJson(workflow.account, workflow.stack);
  });
  afterAll(() => workflow.close());

  /** Runs a command that must succeed, and returns its output. */
  async function aws(...args: string[]) {
    const { exitCode, stdout, stderr } = await workflow.run('aws', args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return JSON.parse(stdout);
  }
  const ended = (executionArn: string) => workflow.account.states.executionEnded(executionArn);

  test.each(seedCases)('an execution $name', async ({ input, output, events }) => {
    const { stateMachines } = await aws('stepfunctions', 'list-state-machines');
    const [{ stateMachineArn }] = stateMachines;
    expect(stateMachineArn).toBe(workflow.stateMachineArn);

    const given = input === undefined ? [] : ['--input', input];
    const { executionArn } = await aws(
      'stepfunctions',
      'start-execution',
      '--state-machine-arn',
      stateMachineArn,
      ...given,
    );
    await ended(executionArn);
    expect(await aws('stepfunctions', 'describe-execution', '--execution-arn', executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output,
      startDate: expect.any(Number),
    });
    const history = await aws('stepfunctions', 'get-execution-history', '--execution-arn', executionArn);
    expect(history.events.map(eventLine)).toEqual(events);
  });

  test('an execution from an edited skeleton', async () => {
    const skeleton = await aws('stepfunctions', 'start-execution', '--generate-cli-skeleton');
    const file = join(workflow.folder, 'input.json');
    const { traceHeader: _, ...members } = skeleton;
    writeFileSync(
      file,
      JSON.stringify({
        ...members,
        stateMachineArn: workflow.stateMachineArn,
        name: 'edited',
        input: '{"fail": true}',
      }),
    );
    const { executionArn } = await aws(
      'stepfunctions',
      'start-execution',
      '--cli-input-json',
      `file://${file}`,
    );
    await ended(executionArn);
    const last = await aws(
      'stepfunctions',
      'get-execution-history',
      '--execution-arn',
      executionArn,
      '--reverse-order',
      '--max-items',
      '2',
    );
    expect(last.events.map(eventLine)).toEqual([
      '14<-13 ExecutionSucceeded',
      '13<-12 PassStateExited FailState',
    ]);
    const { executions } = await aws(
      'stepfunctions',
      'list-executions',
      '--state-machine-arn',
      workflow.stateMachineArn,
    );
    expect(executions[0]).toMatchObject({ name: 'edited', status: 'SUCCEEDED' });
  });

  test('the log of the error handler', async () => {
    const { logStreams } = await aws('logs', 'describe-log-streams', '--log-group-name', '/aws/lambda/Error');
    expect(logStreams.length).toBeGreaterThan(0);
    const { events } = await aws(
      'logs',
      'filter-log-events',
      '--log-group-name',
      '/aws/lambda/Error',
      '--filter-pattern',
      'called',
    );
    expect(events[0].message).toContain('called error_handler');
  });

  test('a function, its identity, its role', async () => {
    const file = join(workflow.folder, 'answer.json');
    expect(await aws('lambda', 'invoke', '--function-name', 'Test', file)).toEqual({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
    });
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: workflow.account.accountId });
    const { Configuration } = await aws('lambda', 'get-function', '--function-name', 'Test');
    const { Role } = await aws('iam', 'get-role', '--role-name', Configuration.Role.split('/').at(-1));
    expect(Role.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ Service: 'lambda.amazonaws.com' });
  });

  test('a state alone', async () => {
    const { stateMachineArn } = workflow;
    const described = ['stepfunctions', 'describe-state-machine', '--state-machine-arn', stateMachineArn];
    const { definition } = await aws(...described);
    const mock = { errorOutput: { error: 'TestError', cause: 'boom' } };
    const given = ['--definition', definition, '--state-name', 'Test', '--mock', JSON.stringify(mock)];
    expect(await aws('stepfunctions', 'test-state', ...given)).toEqual({
      status: 'CAUGHT_ERROR',
      error: 'TestError',
      cause: 'boom',
      output: '{"Error":"TestError","Cause":"boom"}',
      nextState: 'HandleError',
    });
  });

  test('an error has its code and its message, and fails the command', async () => {
    const { exitCode, stderr } = await workflow.run('aws', [
      'stepfunctions',
      'describe-execution',
      '--execution-arn',
      'x',
    ]);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(
      "An error occurred (InvalidArn) when calling the DescribeExecution operation: Invalid Arn: 'Invalid ARN prefix: x'",
    );
  });

  test('an unsupported operation fails at once', async () => {
    const { exitCode, stderr } = await workflow.run('aws', ['logs', 'describe-export-tasks']);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('The local AWS does not implement logs:DescribeExportTasks.');
  });
});
