/** Executions of one workflow that are started together. */
import { deployDefinition, functionArn, never, sequence, throws } from '../../src/testing';

const resting = {
  StartAt: 'Rest',
  States: {
    Rest: { Type: 'Wait', SecondsPath: '$.rest', Next: 'Work' },
    Work: {
      Type: 'Task',
      Resource: functionArn('Work'),
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10 }],
      End: true,
    },
  },
};
const rests = [30, 20, 10].map((rest) => ({ rest }));

test('run at the same time, each with its own calls and answers', async () => {
  const workflow = await deployDefinition(resting);
  const order: number[] = [];
  workflow.replace(
    'Work',
    sequence(throws('Busy'), ({ rest }: { rest: number }) => {
      order.push(rest);
      return rest;
    }),
  );
  const executions = await Promise.all(rests.map((input) => workflow.run(input)));
  expect(order).toEqual([10, 20, 30]);
  expect(executions.map(({ output }) => output)).toEqual([30, 20, 10]);
  expect(executions.map(({ duration }) => duration)).toEqual([40_000, 30_000, 20_000]);
  expect(new Set(executions.map(({ path }) => path.startedAt)).size).toBe(1);
  for (const [index, execution] of executions.entries()) {
    expect(execution).toHaveInvoked('Work', { times: 2, with: rests[index] });
    expect(execution.visited).toEqual(['Rest', 'Work']);
  }
});

test('can affect each other', async () => {
  const workflow = await deployDefinition(resting);
  let taken = false;
  workflow.replace('Work', () => {
    if (taken) throw Object.assign(new Error('taken'), { name: 'Taken' });
    taken = true;
  });
  const [late, early] = await Promise.all([{ rest: 2 }, { rest: 1 }].map((input) => workflow.run(input)));
  expect(early).toHaveSucceededWith(null);
  expect(late).toHaveFailedWith('Taken');
});

test.each([
  ['EXPRESS', 'EXPRESS', resting, (input: object) => input],
  [
    'distributed Maps',
    'STANDARD',
    {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }, ...resting },
          End: true,
        },
      },
    },
    (input: object) => [input],
  ],
] as const)('also with %s', async (_, type, definition, inputOf) => {
  const workflow = await deployDefinition(definition, { type });
  workflow.replace('Work', ({ rest }: { rest: number }) => rest);
  const executions = await Promise.all(rests.map((input) => workflow.run(inputOf(input))));
  expect(executions.map(({ invocations }) => invocations.map(({ input }) => input))).toEqual(
    rests.map((input) => [input]),
  );
});

test('an error of the test in one of them does not affect the others', async () => {
  const workflow = await deployDefinition(resting);
  workflow.replace('Work', ({ rest }: { rest: number }) => (rest === 20 ? 1n : rest));
  const results = await Promise.allSettled(rests.map((input) => workflow.run(input)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('all that wait forever get an error', async () => {
  const workflow = await deployDefinition(resting);
  workflow.replace('Work', never());
  const results = await Promise.allSettled(rests.map((input) => workflow.run(input)));
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StuckExecutionError' } });
  }
});

test('one after the other, each begins when the one before has ended', async () => {
  const workflow = await deployDefinition(resting);
  workflow.replace('Work', () => 1);
  const first = await workflow.run({ rest: 5 });
  const second = await workflow.run({ rest: 5 });
  expect(second.path.startedAt).toBe(first.path.endedAt);
});
