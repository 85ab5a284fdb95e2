import { layoutWorkflow } from '../../src/diagram/layout';
import { readWorkflow } from '../../src/diagram/workflow';
import { branches, chain, guardedChain, samples } from '../machines';
import { faults } from './geometry';

test.each([
  ...Object.entries(samples).map(([name, { definition }]) => [name, definition] as const),
  ['a chain of two hundred', chain(200)] as const,
  ['a chain with one error handler', guardedChain(20)] as const,
  ['many branches', branches(50)] as const,
])('%s: nothing lies over anything else', (_, definition) => {
  expect(faults(layoutWorkflow(readWorkflow(definition), 24))).toEqual([]);
});

test('a transition from a state to itself goes around it', () => {
  const loop = {
    StartAt: 'A',
    States: {
      A: { Type: 'Choice', Choices: [{ Condition: '{% $a %}', Next: 'A' }], Default: 'B' },
      B: { Type: 'Succeed' },
    },
  };
  const scope = layoutWorkflow(readWorkflow(loop), 24);
  expect(faults(scope)).toEqual([]);
  const self = scope.transitions.find(({ routes: [route] }) => route?.from === 'A' && route.to === 'A');
  expect(self?.points.length).toBeGreaterThan(2);
});

test('error handlers of a whole chain do not make the drawing wide', () => {
  const { box } = layoutWorkflow(readWorkflow(guardedChain(20)), 24);
  expect(box.width).toBeLessThan(1200);
});

test('many branches are placed in rows', () => {
  const { states } = layoutWorkflow(readWorkflow(branches(50)), 24);
  const { width, height } = states[0]?.box ?? { width: 0, height: 0 };
  expect(width / height).toBeGreaterThan(0.5);
  expect(width / height).toBeLessThan(3);
});

describe('what is high and narrow', () => {
  const plainChain = (length: number) => {
    const { StartAt, States } = chain(length);
    const withoutCatch = Object.entries(States).map(([name, state]) => [name, { ...state, Catch: [] }]);
    return { StartAt, States: Object.fromEntries(withoutCatch) };
  };
  const inMap = (definition: object) => ({
    StartAt: 'Each',
    States: { Each: { Type: 'Map', ItemProcessor: definition, End: true } },
  });

  test.each([
    ['a chain', chain(60), {}],
    ['a chain in a Map', inMap(chain(60)), {}],
    ['a chain with error handlers', guardedChain(60), {}],
    [
      'a chain that is too large to be laid out well',
      plainChain(60),
      { limit: { states: 10, transitions: 10 } },
    ],
  ])('continues in columns, from left to right: %s', (_what, definition, options) => {
    const whole = layoutWorkflow(readWorkflow(definition), 24, options);
    const { states } = whole.states[0]?.scopes[0] ?? whole;
    const steps = states.filter(({ state }) => /^Step /.test(state.name));
    const columns = steps.filter(({ box }, i) => {
      const before = steps[i - 1]?.box;
      if (before && box.y > before.y) return false;
      expect(box.x).toBeGreaterThan(before ? before.x + before.width : 0);
      return true;
    });
    expect(columns.length).toBeGreaterThanOrEqual(3);
    expect(new Set(columns.slice(1).map(({ box }) => box.y)).size).toBe(1);
    expect(whole.box.height / whole.box.width).toBeLessThan(2);
    expect(faults(whole)).toEqual([]);
  });

  test.each([
    ['while it is lower than two screens', 20, {}],
    ['in a frame that scrolls', 60, { scrolls: true }],
  ])('is one column %s', (_when, length, options) => {
    const { states } = layoutWorkflow(readWorkflow(plainChain(length)), 24, options);
    expect(new Set(states.map(({ box }) => box.x + box.width / 2)).size).toBe(1);
  });
});

describe('what is too large to be laid out well', () => {
  const dense = (size: number) => {
    const names = Array.from({ length: size }, (_, i) => `choice ${i}`);
    const choices = names.map((Next, i) => ({ Variable: '$.x', NumericEquals: i, Next }));
    const states = names.map((name) => [name, { Type: 'Choice', Choices: choices, Default: 'end' }]);
    return { StartAt: names[0], States: { ...Object.fromEntries(states), end: { Type: 'Succeed' } } };
  };

  test.each([
    ['2,000 states, many of which lead to the last', chain(2000), 2000],
    ['60 Choices that lead to each other', dense(60), 61],
  ])('is one column: %s', (_what, definition, states) => {
    const placed = layoutWorkflow(readWorkflow(definition), 24);
    expect(placed.states).toHaveLength(states);
    expect(new Set(placed.states.map(({ box }) => box.x + box.width / 2)).size).toBe(1);
    const transitions = placed.transitions.filter((_, i) => i % 40 === 0);
    expect(faults({ ...placed, states: placed.states.slice(0, 100), transitions })).toEqual([]);
    expect(placed.transitions.length).toBeGreaterThanOrEqual(states);
  });

  test('is so by the limit that it is given', () => {
    const branched = readWorkflow(dense(4));
    const columns = (limit?: { readonly states: number; readonly transitions: number }) =>
      new Set(layoutWorkflow(branched, 24, limit && { limit }).states.map(({ box }) => box.x + box.width / 2))
        .size;
    expect(columns()).toBeGreaterThan(1);
    expect(columns({ states: 5, transitions: 3 })).toBe(1);
  });
});
