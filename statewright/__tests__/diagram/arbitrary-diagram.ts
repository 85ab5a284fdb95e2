import fc from 'fast-check';

/** Sizes of names and conditions that differ as in real state machines. */
const words = fc.array(
  fc.constantFrom('a', 'order', 'Notify', 'customerRecord', 'WaitForTheAnswer', 'x_y', '注文'),
  {
    minLength: 1,
    maxLength: 7,
  },
);
const text = words.map((parts) => parts.join(' '));

/** A random definition to draw: what decides the geometry is how many states of what size lead where. */
export const arbitraryDiagram = fc.integer({ min: 1, max: 10 }).chain((count) => scope(count, 0));

function scope(
  count: number,
  depth: number,
): fc.Arbitrary<{ StartAt: string; States: Record<string, object> }> {
  return fc
    .tuple(fc.array(text, { minLength: count, maxLength: count }))
    .map(([texts]) => texts.map((name, i) => `${name} ${depth}.${i}`))
    .chain((names) =>
      fc.tuple(...names.map((_, i) => state(names, i, depth))).map((states) => ({
        StartAt: names[0] as string,
        States: Object.fromEntries(names.map((name, i) => [name, states[i] as object])),
      })),
    );
}

function state(names: readonly string[], index: number, depth: number): fc.Arbitrary<object> {
  const anywhere = fc.constantFrom(...names);
  const following = fc.constant(names[index + 1] ?? names[0]);
  const next = fc.oneof(
    { weight: 4, arbitrary: following.map((Next) => ({ Next })) },
    { weight: 2, arbitrary: anywhere.map((Next) => ({ Next })) },
    { weight: 1, arbitrary: fc.constant({ End: true }) },
  );
  // Many states often have the same error handler.
  const handler = fc.oneof(fc.constant(names.at(-1)), anywhere);
  const handlers = fc.record({
    Retry: fc.constantFrom([], [{ ErrorEquals: ['States.ALL'] }]),
    Catch: fc.array(
      handler.map((Next) => ({ ErrorEquals: ['States.ALL'], Next })),
      { maxLength: 2 },
    ),
  });
  const task = fc
    .tuple(next, handlers)
    .map(([target, more]) => ({ Type: 'Task', Resource: 'work', ...target, ...more }));
  const choice = fc
    .tuple(
      fc.array(
        fc.tuple(anywhere, text).map(([Next, Condition]) => ({ Condition: `{% ${Condition} %}`, Next })),
        { minLength: 1, maxLength: 6 },
      ),
      anywhere,
    )
    .map(([Choices, Default]) => ({ Type: 'Choice', Choices, Default }));
  const wait = next.map((target) => ({ Type: 'Wait', Seconds: 30, ...target }));
  if (depth >= 2) return fc.oneof(task, choice, wait);
  const inner = fc.integer({ min: 1, max: 4 }).chain((count) => scope(count, depth + 1));
  const parallel = fc
    .tuple(fc.array(inner, { minLength: 1, maxLength: 4 }), next, handlers)
    .map(([Branches, target, more]) => ({ Type: 'Parallel', Branches, ...target, ...more }));
  const map = fc
    .tuple(inner, next, handlers)
    .map(([ItemProcessor, target, more]) => ({ Type: 'Map', ItemProcessor, ...target, ...more }));
  return fc.oneof(
    { weight: 6, arbitrary: task },
    { weight: 4, arbitrary: choice },
    { weight: 2, arbitrary: wait },
    { weight: 1, arbitrary: parallel },
    { weight: 1, arbitrary: map },
  );
}
