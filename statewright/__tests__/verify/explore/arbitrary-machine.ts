import fc from 'fast-check';
import { scopeAt, transitionsOf } from '../../../src/asl/graph';
import { validateStateMachine } from '../../../src/asl/validate';

const LAMBDA = 'arn:aws:lambda:us-east-1:000000000000:function:';
const names = fc.constantFrom('Alpha', 'Beta', 'States.ALL', 'States.TaskFailed', 'States.Timeout');

const retry = fc.array(
  fc.record({
    ErrorEquals: fc.tuple(names),
    MaxAttempts: fc.integer({ min: 0, max: 1 }),
    IntervalSeconds: fc.constant(1),
  }),
  { maxLength: 1 },
);

/** States `S0` to `S5` at most, those inside a Parallel and a Map included. @param cycles whether states may be repeated */
export const arbitraryMachine = (cycles: boolean): fc.Arbitrary<object> =>
  fc.integer({ min: 1, max: 6 }).chain((count) => {
    const all = Array.from({ length: count }, (_, i) => `S${i}`);
    return fc.tuple(...all.map((_, i) => stateOf(all, i, cycles))).map((states) => ({
      StartAt: 'S0',
      States: Object.fromEntries(all.map((name, i) => [name, states[i]])),
    }));
  });

/** The same with cycles, without states that cannot be reached: Step Functions accepts it. */
export const arbitraryDeployable: fc.Arbitrary<object> = arbitraryMachine(true)
  .map((machine) => {
    const StartAt = 'S0';
    const states = new Map(scopeAt(machine).states.map((each) => [each.name, each]));
    const reached = new Set([StartAt]);
    for (const name of reached) {
      const state = states.get(name);
      if (state) for (const { target } of transitionsOf(state)) reached.add(String(target));
    }
    return {
      StartAt,
      States: Object.fromEntries([...reached].map((name) => [name, states.get(name)?.content])),
    };
  })
  .filter((machine) => !validateStateMachine(machine).some(({ severity }) => severity === 'ERROR'));

function stateOf(all: readonly string[], index: number, cycles: boolean): fc.Arbitrary<object> {
  const targets = cycles ? all : all.slice(index + 1);
  const end = fc.oneof(
    fc.constantFrom<object>({ Type: 'Succeed' }, { Type: 'Fail', Error: 'Alpha' }),
    fc.constant({ Type: 'Pass', Parameters: { 'read.$': '$.kept' }, End: true }),
    task(`T${index}`, [], fc.constant({ End: true })),
  );
  if (targets.length === 0) return end;
  const target = fc.constantFrom(...targets);
  const transition = fc.oneof(
    target.map((Next) => ({ Next })),
    fc.constant({ End: true }),
  );
  return fc.oneof(
    { weight: 4, arbitrary: task(`T${index}`, targets, transition) },
    transition.map((next) => ({ Type: 'Pass', ...next })),
    transition.map((next) => ({ Type: 'Wait', Seconds: 5, ...next })),
    fc.tuple(target, target).map(([Next, Default]) => ({
      Type: 'Choice',
      Choices: [{ Variable: '$.error', IsPresent: true, Next }],
      Default,
    })),
    container(index, targets, transition),
    end,
  );
}

function handlers(targets: readonly string[]): fc.Arbitrary<object> {
  if (targets.length === 0) return fc.record({ Retry: retry });
  return fc.record({
    Retry: retry,
    Catch: fc.array(
      fc
        .tuple(names, fc.constantFrom(...targets), fc.constantFrom('$', '$.error'))
        .map(([name, Next, ResultPath]) => ({
          ErrorEquals: [name],
          Next,
          ResultPath,
        })),
      { maxLength: 2 },
    ),
  });
}

function task(
  name: string,
  targets: readonly string[],
  transition: fc.Arbitrary<object>,
): fc.Arbitrary<object> {
  return fc
    .tuple(
      transition,
      handlers(targets),
      fc.constantFrom({}, { TimeoutSeconds: 3 }),
      fc.constantFrom('$', '$.made', null),
    )
    .map(([next, more, timeout, ResultPath]) => ({
      Type: 'Task',
      Resource: `${LAMBDA}${name}`,
      ...timeout,
      ResultPath,
      ...next,
      ...more,
    }));
}

/** A Parallel of two Tasks, or a Map over two items. */
function container(
  index: number,
  targets: readonly string[],
  transition: fc.Arbitrary<object>,
): fc.Arbitrary<object> {
  const inner = (name: string) =>
    task(name, [], fc.constant({ End: true })).map((state) => ({ StartAt: name, States: { [name]: state } }));
  return fc.oneof(
    fc
      .tuple(transition, handlers(targets), inner(`L${index}`), inner(`R${index}`))
      .map(([next, more, ...Branches]) => ({
        Type: 'Parallel',
        Branches,
        ResultPath: '$.made',
        ...next,
        ...more,
      })),
    fc.tuple(transition, handlers(targets), inner(`I${index}`)).map(([next, more, ItemProcessor]) => ({
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor,
      ResultPath: '$.made',
      ...next,
      ...more,
    })),
  );
}
