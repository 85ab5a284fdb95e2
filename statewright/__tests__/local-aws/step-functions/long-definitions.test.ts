import { setImmediate as nextTurn } from 'node:timers/promises';
import { statesOperations } from '../../../src/local-aws/http/states-operations';
import { machineArn, machineRole, statesHarness } from './harness';

/** A definition that is nearly all one state, with many templates. */
const wide = (count: number, path: (index: number) => string) => {
  const Parameters = Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}.$`, path(i)]));
  return JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Parameters, End: true } } });
};

/** Calls an operation, and counts the turns that other work gets before it answers. */
async function turnsDuring(name: string, members: object) {
  const { states } = statesHarness();
  let isDone = false;
  const answer = Promise.resolve(statesOperations(states)[name]?.(members, 'json'))
    .catch((error: Error) => error)
    .finally(() => {
      isDone = true;
    });
  let turns = 0;
  for (; !isDone; turns++) await nextTurn();
  return { states, turns, answer: await answer };
}

const request = (definition: string) => ({ name: 'state', roleArn: machineRole, definition });

describe('a definition whose single state is long', () => {
  test('is checked while others continue', async () => {
    const { states, turns } = await turnsDuring('CreateStateMachine', request(wide(3000, (i) => `$.a${i}`)));
    expect(states.describeStateMachine({ stateMachineArn: machineArn }).status).toBe('ACTIVE');
    // A check in this thread has one turn.
    expect(turns).toBeGreaterThan(2);
  });

  test('is refused in the same words', async () => {
    const faulty = wide(3000, (i) => (i === 7 ? '$.a[' : `$.a${i}`));
    const { answer } = await turnsDuring('CreateStateMachine', request(faulty));
    expect(() => statesHarness().states.createStateMachine(request(faulty))).toThrow(
      (answer as Error).message,
    );
    expect(answer).toMatchObject({ code: 'InvalidDefinition', message: expect.stringContaining('p7.$') });
  });
});
