/** The workflow with its real handlers, deployed to a local AWS and run in simulated time. */
import { Testing } from 'cdktf';
import { deployStack, explore, returns, sequence, throws, type Workflow } from 'statewright/testing';
import { ErrorHandlingStack } from '../src/stack';

let workflow: Workflow;

beforeAll(async () => {
  const stack = new ErrorHandlingStack(Testing.app(), 'error-handling');
  workflow = await deployStack(Testing.fullSynth(stack));
});

afterEach(() => workflow.restore());

test('without input, Test succeeds', async () => {
  const execution = await workflow.run();

  expect(execution).toHaveSucceededWith('success');
  expect(execution).toHaveVisited('Test', 'SuccessState');
  expect(execution).not.toHaveInvoked('Error');
});

test('when Test raises its error, Error handles it, and the execution still succeeds', async () => {
  const execution = await workflow.run({ fail: true });

  expect(execution).toHaveSucceededWith('handled error');
  expect(execution).toHaveVisited('Test', 'HandleError', 'FailState');
  expect(execution.logs).toContainEqual(
    expect.objectContaining({ lambda: 'Error', message: expect.stringContaining('called error_handler') }),
  );
});

test('any other error of Test fails the execution', async () => {
  workflow.replace('Test', throws('TypeError', 'event is undefined'));

  const execution = await workflow.run();

  expect(execution).toHaveFailedWith('TypeError', /event is undefined/);
  expect(execution).not.toHaveInvoked('Error');
});

test.each(['Test', 'Error'])('%s is called again when Lambda is busy or fails', async (name) => {
  workflow.replace(
    name,
    sequence(throws('Lambda.TooManyRequestsException'), throws('Lambda.ServiceException'), returns(null)),
  );

  const execution = await workflow.run({ fail: name === 'Error' });

  expect(execution.status).toBe('SUCCEEDED');
  expect(execution).toHaveInvoked(name, { times: 3 });
});

test('after six retries the execution fails', async () => {
  workflow.replace('Test', throws('Lambda.ServiceException', 'out of order'));

  const execution = await workflow.run();

  expect(execution).toHaveFailedWith('Lambda.ServiceException', 'out of order');
  expect(execution).toHaveInvoked('Test', { times: 7 });
});

test('of all errors, only TestError is handled: any other error fails the execution, as does an error of Error', async () => {
  const { rows } = await explore(workflow);

  const handled = rows.filter(({ caughtBy }) => caughtBy !== undefined);
  expect(handled.map(({ state, error, end }) => [state, error, end.status, end.state])).toEqual([
    ['Test', 'TestError', 'SUCCEEDED', 'FailState'],
  ]);
  const failed = rows.filter(({ end }) => end.status === 'FAILED' && end.error === undefined);
  expect(new Set(failed.map(({ state }) => state))).toEqual(new Set(['Test', 'HandleError']));
  expect(rows).toHaveLength(1 + handled.length + failed.length);
});
