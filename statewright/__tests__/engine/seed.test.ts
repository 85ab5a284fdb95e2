import { definition } from '../fixture/src/definition';
import { eventLine, seedCases } from '../seed-cases';
import { eventsOf, LAMBDA, run } from './run';

const machine = definition({ test: `${LAMBDA}Test`, error: `${LAMBDA}Error` });

describe('the example state machine', () => {
  test.each(seedCases)('$name', async ({ input = '{}', status, output, events }) => {
    const fails = JSON.parse(input).fail === true;
    const result = await run(machine, {
      inputText: input,
      tasks: {
        Test: fails ? { error: 'TestError', cause: '{"errorType":"TestError"}' } : { output: 'null' },
        HandleError: { output: 'null' },
      },
    });
    expect(result.outcome).toEqual({ status, output });
    expect(result.events.map(eventLine)).toEqual(events);
  });

  test('an error of Lambda itself is retried, and the execution takes the same path', async () => {
    const { output, events } = await run(machine, {
      tasks: {
        Test: [{ error: 'Lambda.ServiceException' }, { error: 'Lambda.ServiceException' }, { output: '1' }],
      },
    });
    expect(output).toBe('success');
    expect(eventsOf(events, 'LambdaFunctionScheduled')).toHaveLength(3);
  });

  test('another error of the function is not caught', async () => {
    const { outcome } = await run(machine, { tasks: { Test: { error: 'TypeError', cause: 'undefined' } } });
    expect(outcome).toEqual({ status: 'FAILED', error: 'TypeError', cause: 'undefined' });
  });
});
