/** jest's fake timers stop neither simulated time nor real functions. */
import { Testing } from 'cdktf';
import { deployDefinition, deployStack } from '../../src/testing';
import { ErrorHandlingStack } from '../fixture/src/stack';

afterEach(() => jest.useRealTimers());

test('a Wait', async () => {
  jest.useFakeTimers();
  const workflow = await deployDefinition({
    StartAt: 'Day',
    States: { Day: { Type: 'Wait', Seconds: 86_400, End: true } },
  });
  expect((await workflow.run()).duration).toBe(86_400_000);
});

test('a function', async () => {
  jest.useFakeTimers();
  const stack = new ErrorHandlingStack(Testing.app(), 'error-handling');
  const workflow = await deployStack(Testing.fullSynth(stack));
  expect(await workflow.run({ fail: true })).toHaveSucceededWith('handled error');
});
