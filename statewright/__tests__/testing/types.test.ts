/** Errors of the compiler in tests. Nothing here is run. */
import { defineStateMachine } from '../../src/asl';
import {
  calls,
  definitionFile,
  returns,
  sequence,
  type TestExecution,
  type TestedState,
  takes,
  testState,
  throws,
  type Workflow,
} from '../../src/testing';

declare const workflow: Workflow;
declare const execution: TestExecution;
declare const tested: TestedState;

function refused() {
  // @ts-expect-error: a value is not an answer
  workflow.replace('Test', { a: 1 });
  // @ts-expect-error: an answer is needed
  workflow.replace('Test');
  // @ts-expect-error: not a kind of target
  workflow.replace({ function: 'Test' }, returns(1));
  // @ts-expect-error: a sequence needs at least one answer
  sequence();
  // @ts-expect-error: a value is not an answer
  sequence(throws('A'), 'done');
  // @ts-expect-error: the time comes first
  takes(returns(1), 1000);
  // @ts-expect-error: an error is a name or an Error
  throws(500);
  // @ts-expect-error: misspelt
  takes(1, returns(1), { heartbeats: 5 });

  // @ts-expect-error: needs an output
  expect(execution).toHaveSucceededWith();
  // @ts-expect-error: needs an error
  expect(execution).toHaveFailedWith();
  // @ts-expect-error: an error's name is text
  expect(execution).toHaveFailedWith(404);
  // @ts-expect-error: a cause is text, a pattern or a matcher
  expect(execution).toHaveFailedWith('Declined', { reason: 'no money' });
  // @ts-expect-error: needs a state
  expect(execution).toHaveVisited();
  // @ts-expect-error: each state is an argument
  expect(execution).toHaveVisited(['Test', 'HandleError']);
  // @ts-expect-error: needs a target
  expect(execution).not.toHaveInvoked();
  // @ts-expect-error: a number of times
  expect(execution).toHaveInvoked('Test', { times: 'twice' });
  // @ts-expect-error: misspelt
  expect(execution).toHaveInvoked('Test', { time: 2 });
  // @ts-expect-error: the names are in an object
  expect(execution).toHaveInvoked('Test', 2);

  const machine = defineStateMachine({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
  // @ts-expect-error: the name of a state is needed
  testState(machine, { mock: { result: 1 } });
  // @ts-expect-error: a mock has a result or an error
  testState(machine, { stateName: 'A', mock: {} });
  // @ts-expect-error: an error has a name
  testState({}, { mock: { errorOutput: { cause: 'x' } } });
  // @ts-expect-error: misspelt
  testState({}, { stateConfiguration: { retryCount: 1 } });
  // @ts-expect-error: not a mode
  testState({}, { mock: { result: 1, fieldValidationMode: 'LAX' } });
  // @ts-expect-error: a number of seconds
  expect(tested).toBeRetriable('2 s');
  // @ts-expect-error: needs an error
  expect(tested).toHaveCaughtError();
  // @ts-expect-error: not a status
  tested.status satisfies 'ABORTED';
}

function acceptedTests() {
  const machine = defineStateMachine({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
  testState(machine, { stateName: 'A' });
  testState(machine, { stateName: 'inside a Map' });
  testState({ StartAt: 'A', States: {} }, { stateName: 'A' });
  testState(definitionFile('states.json'), { stateName: 'A', mock: { errorOutput: { error: 'E' } } });
  testState({ Type: 'Succeed' });
  expect(tested).toHaveCaughtError(expect.stringMatching(/^A/), 'B');
}

function accepted() {
  workflow
    .replace('Test', (input: { id: string }) => input.id)
    .replace({ state: 'Test' }, jest.fn())
    .replace(
      { lambda: 'Test' },
      calls(async (_input: unknown, { retryCount }) => retryCount),
    )
    .replace(
      { resource: 'sqs:*' },
      sequence(
        () => 1,
        throws(new Error('x')),
        takes(5, () => 2),
      ),
    );
  expect(execution).toHaveSucceededWith(expect.objectContaining({ id: 1 }));
  expect(execution).toHaveFailedWith(expect.stringMatching(/^A/), expect.stringContaining('b'));
  expect(execution).not.toHaveFailedWith('A', /b/);
  expect(execution).toHaveVisited('A', 'B');
  expect(execution).toHaveInvoked({ state: 'A' }, { times: 0, with: expect.anything() });
}

test('is checked by the compiler', () => {
  expect([refused, accepted, acceptedTests]).toHaveLength(3);
});
