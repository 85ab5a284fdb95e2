import fc from 'fast-check';
import { LAMBDA } from './run';

/** The errors of tasks in random state machines. */
export const ERRORS = ['Alpha', 'Beta', 'States.Timeout'] as const;

const errorNames = fc.constantFrom(...ERRORS, 'States.ALL', 'States.TaskFailed');
const retry = fc.array(
  fc.record({
    ErrorEquals: fc.array(errorNames, { minLength: 1, maxLength: 2 }),
    IntervalSeconds: fc.integer({ min: 1, max: 5 }),
    MaxAttempts: fc.integer({ min: 0, max: 3 }),
    BackoffRate: fc.constantFrom(1, 1.5, 2),
    JitterStrategy: fc.constantFrom('FULL', 'NONE'),
  }),
  { maxLength: 2 },
);

/** A random scope: a state machine, a branch or an item processor. It has cycles only if `cycles` is true. */
const scope = (depth: number, cycles: boolean): fc.Arbitrary<object> =>
  fc.integer({ min: 1, max: 5 }).chain((count) => {
    const names = Array.from({ length: count }, (_, index) => `S${depth}${index}`);
    const states = names.map((_, index) => stateOf(depth, cycles, names, index));
    return fc.tuple(...states).map((made) => ({
      StartAt: names[0],
      States: Object.fromEntries(names.map((name, index) => [name, made[index]])),
    }));
  });

function stateOf(
  depth: number,
  cycles: boolean,
  names: readonly string[],
  index: number,
): fc.Arbitrary<object> {
  const targets = cycles ? names : names.slice(index + 1);
  if (targets.length === 0)
    return fc.constantFrom<object>({ Type: 'Succeed' }, { Type: 'Pass', End: true }, { Type: 'Fail' });
  const target = fc.constantFrom(...targets);
  const transition = fc.oneof(
    target.map((Next) => ({ Next })),
    fc.constant({ End: true }),
  );
  const handlers = fc.record({
    Retry: retry,
    Catch: fc.array(
      fc.record({
        ErrorEquals: fc.array(errorNames, { minLength: 1, maxLength: 2 }),
        Next: target,
        ResultPath: fc.constant('$.error'),
      }),
      { maxLength: 2 },
    ),
  });
  const working = fc.tuple(transition, handlers).map(([next, more]) => ({ ...next, ...more }));
  const flat: fc.Arbitrary<object>[] = [
    transition.map((next) => ({ Type: 'Pass', ...next })),
    fc
      .tuple(transition, fc.jsonValue())
      .map(([next, Result]) => ({ Type: 'Pass', Result, ResultPath: '$.made', ...next })),
    transition.map((next) => ({
      Type: 'Pass',
      Assign: { 'was.$': '$' },
      Parameters: { 'n.$': '$.n' },
      ...next,
    })),
    fc
      .tuple(transition, fc.integer({ min: 0, max: 100 }))
      .map(([next, Seconds]) => ({ Type: 'Wait', Seconds, ...next })),
    fc.tuple(target, target).map(([Next, Default]) => ({
      Type: 'Choice',
      Choices: [{ Variable: '$.n', IsPresent: true, Next }],
      Default,
    })),
    fc.constant({ Type: 'Succeed' }),
    fc.constant({ Type: 'Fail', Error: 'Alpha', Cause: 'random' }),
    working.map((more) => ({ Type: 'Task', Resource: `${LAMBDA}random`, TimeoutSeconds: 5, ...more })),
  ];
  const nested: fc.Arbitrary<object>[] =
    depth >= 2
      ? []
      : [
          fc
            .tuple(working, fc.array(scope(depth + 1, false), { minLength: 1, maxLength: 3 }))
            .map(([more, Branches]) => ({ Type: 'Parallel', Branches, ...more })),
          fc
            .tuple(working, scope(depth + 1, false), fc.integer({ min: 0, max: 2 }))
            .map(([more, ItemProcessor, MaxConcurrency]) => ({
              Type: 'Map',
              ItemsPath: '$.items',
              ItemSelector: { 'n.$': '$$.Map.Item.Value', items: [1] },
              ItemProcessor,
              MaxConcurrency,
              ...more,
            })),
        ];
  return fc.oneof(...flat, ...nested);
}

/** A state machine with valid fields whose execution may take any path. */
export const arbitraryMachine = scope(0, false);

/** The same, but it may never end. */
export const arbitraryLoop = scope(0, true);

/** An input, with or without the members that random state machines read. */
export const arbitraryInput = fc.oneof(
  fc.record({ n: fc.integer(), items: fc.array(fc.integer(), { maxLength: 4 }) }),
  fc.record({ items: fc.jsonValue() }),
  fc.jsonValue(),
);
