/** State machines whose executions, pages or checks are expensive, and inputs for them. */

export const pass = (definition: object = {}) => ({
  StartAt: 'A',
  States: { A: { Type: 'Pass', End: true, ...definition } },
});
export const jsonata = (expression: string) => ({
  QueryLanguage: 'JSONata',
  ...pass({ Output: `{% ${expression} %}` }),
});

/** A chain of Pass states, each with a wrong Next. */
export const misspelt = (count: number) => ({
  StartAt: 's0',
  States: Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`s${i}`, { Type: 'Pass', Next: `t${i + 1}` }]),
  ),
});
export const chain = (count: number) => ({
  StartAt: 's0',
  States: Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `s${i}`,
      { Type: 'Pass', ...(i + 1 < count ? { Next: `s${i + 1}` } : { End: true }) },
    ]),
  ),
});
export const connected = (count: number) => {
  const names = Array.from({ length: count }, (_, i) => `c${i}`);
  const Choices = names.map((Next, i) => ({ Variable: '$.x', NumericEquals: i, Next }));
  const choices = names.map((name) => [name, { Type: 'Choice', Choices, Default: 'end' }]);
  return { StartAt: 'c0', States: { ...Object.fromEntries(choices), end: { Type: 'Succeed' } } };
};
/** One state that is nearly all of the definition. */
export const wide = (count: number) =>
  pass({
    Parameters: Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}.$`, '$.items[0]'])),
    ResultPath: null,
  });
export const choice = (count: number) => ({
  StartAt: 'A',
  States: {
    A: {
      Type: 'Choice',
      Choices: Array.from({ length: count }, (_, i) => ({ Variable: '$.x', NumericEquals: i, Next: 'End' })),
      Default: 'End',
    },
    End: { Type: 'Succeed' },
  },
});
/** It never ends by itself: an execution fails with its event number 25,000. */
export const loop = {
  StartAt: 'A',
  States: {
    A: { Type: 'Pass', Next: 'B' },
    B: { Type: 'Choice', Choices: [{ Variable: '$.end', IsPresent: true, Next: 'End' }], Default: 'A' },
    End: { Type: 'Succeed' },
  },
};
export const largeInput = JSON.stringify({ text: 'x'.repeat(30_000) });
export const distributed = (more: object = {}, item: object = { Type: 'Pass', Result: 1 }) => ({
  StartAt: 'Map',
  States: {
    Map: {
      Type: 'Map',
      End: true,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Item',
        States: { Item: { ...item, End: true } },
      },
      ResultPath: null,
      ...more,
    },
  },
});
export const ones = (count: number) => `[${Array(count).fill(1)}]`;
export const numbers = (count: number) =>
  JSON.stringify({ items: Array.from({ length: count }, (_, i) => i) });
