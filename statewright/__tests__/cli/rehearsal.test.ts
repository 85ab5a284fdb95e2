import { rehearse } from '../../src/cli/rehearsal/rehearse';

test('the stack of the rehearsal is deployed, and its execution calls a function and handles the error', async () => {
  const { events, outcome } = await rehearse();

  expect(outcome.status).toBe('SUCCEEDED');
  expect(events.map(({ type }) => type)).toContain('LambdaFunctionFailed');
});
