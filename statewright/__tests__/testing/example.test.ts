import { Testing } from 'cdktf';
import { deployStack, never, returns, sequence, throws, type Workflow } from 'statewright/testing';
import { ErrorHandlingStack } from '../fixture/src/stack';

let workflow: Workflow;

beforeAll(async () => {
  const stack = new ErrorHandlingStack(Testing.app(), 'error-handling');
  workflow = await deployStack(Testing.fullSynth(stack));
});

afterEach(() => workflow.restore());

test('without input, the real function succeeds', async () => {
  const execution = await workflow.run();

  expect(execution).toHaveSucceededWith('success');
  expect(execution).toHaveInvoked('Test', { times: 1, with: {} });
  expect(execution).not.toHaveVisited('HandleError');
});

test('a TestError is caught, and the real handler logs it', async () => {
  workflow.replace('Test', throws('TestError', 'boom'));

  const execution = await workflow.run();

  expect(execution).toHaveSucceededWith('handled error');
  expect(execution).toHaveVisited('Test', 'HandleError', 'FailState');
  expect(execution.logs).toContainEqual(
    expect.objectContaining({ lambda: 'Error', message: expect.stringContaining('boom') }),
  );
});

test('when Lambda is busy, the call is retried without delay', async () => {
  workflow.replace('Test', sequence(throws('Lambda.TooManyRequestsException'), returns('ok')));

  const execution = await workflow.run();

  expect(execution).toHaveSucceededWith('success');
  expect(execution).toHaveInvoked('Test', { times: 2 });
});

test('any other error fails the execution', async () => {
  workflow.replace('Test', throws('OutOfStock', 'none left'));

  expect(await workflow.run()).toHaveFailedWith('OutOfStock', /none left/);
});

test('a call that never ends is an error, since the state has no TimeoutSeconds', async () => {
  workflow.replace('Test', never());

  await expect(workflow.run()).rejects.toThrow('no answer comes to "Test"');
});
