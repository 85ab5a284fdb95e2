/** What the deployed state machine does when Lambda itself is at fault; testing/example.test.ts has the rest. */
import { Testing } from 'cdktf';
import { deployStack, returns, sequence, throws, type Workflow } from 'statewright/testing';
import { ErrorHandlingStack } from '../src/stack';

let workflow: Workflow;

beforeAll(async () => {
  workflow = await deployStack(Testing.fullSynth(new ErrorHandlingStack(Testing.app(), 'error-handling')));
});

afterEach(() => workflow.restore());

test.each(['Test', 'Error'])('a call of %s that Lambda had no room for is made again', async (name) => {
  workflow
    .replace('Test', throws('TestError'))
    .replace('Error', returns(null))
    .replace(
      name,
      sequence(throws('Lambda.TooManyRequestsException'), throws('Lambda.ServiceException'), returns(1)),
    );

  const execution = await workflow.run();

  expect(execution.status).toBe('SUCCEEDED');
  expect(execution).toHaveInvoked(name, { times: 3 });
});

test('after six more tries the execution fails', async () => {
  workflow.replace('Test', throws('Lambda.ServiceException', 'out of order'));

  const execution = await workflow.run();

  expect(execution).toHaveFailedWith('Lambda.ServiceException', 'out of order');
  expect(execution).toHaveInvoked('Test', { times: 7 });
});
