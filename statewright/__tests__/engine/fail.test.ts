import { machineOf, run } from './run';

const fail = (fields: object) => machineOf({ Type: 'Fail', ...fields });

test('the error and the cause may come from the input', async () => {
  const { lines, outcome } = await run(
    fail({ ErrorPath: '$.code', CausePath: "States.Format('No {}', $.n)" }),
    {
      input: { code: 'OutOfStock', n: 1.5 },
    },
  );
  expect(outcome).toEqual({ status: 'FAILED', error: 'OutOfStock', cause: 'No 1.5' });
  expect(lines.slice(1)).toEqual(['2<-0 FailStateEntered State', '3<-2 ExecutionFailed']);
});

test.each([
  [null, 'null'],
  [404, '404'],
  [{ code: [1, 2] }, '{"code":[1,2]}'],
])('ErrorPath and CausePath have to find a string, not %j', async (value, text) => {
  for (const field of ['ErrorPath', 'CausePath']) {
    const { outcome } = await run(fail({ [field]: '$.v' }), { input: { v: value } });
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'State' (entered at the event id #2). " +
        `The ${field} parameter does not reference a string value: $.v == ${text}`,
    });
  }
});
