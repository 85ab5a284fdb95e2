/** The state machines that both engines run: definitions, inputs, and Lambda stand-ins by state name. */
export interface Scenario {
  readonly name: string;
  readonly definition: { readonly StartAt: string; readonly States: Record<string, object> };
  readonly input: object;
  /** Results of Task states; a thrown error fails the task with the error's name. */
  readonly tasks: Readonly<Record<string, (input: unknown) => unknown>>;
  /** States whose retry delays the peer has to be configured to skip; our virtual clock always skips them. */
  readonly retried: readonly string[];
}

const functionArn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

function passes(count: number): Scenario['definition'] {
  const states = Array.from({ length: count }, (_, i) => {
    const next = i + 1 < count ? { Next: `Pass${i + 1}` } : { End: true };
    return [`Pass${i}`, { Type: 'Pass', ...next }] as const;
  });
  return { StartAt: 'Pass0', States: Object.fromEntries(states) };
}

/** Created once: the time to capture a stack is not an engine's. */
const testError = Object.assign(new Error('not yet'), { name: 'TestError' });

export const scenarios: readonly Scenario[] = [
  { name: '10 Pass states', definition: passes(10), input: { order: 7 }, tasks: {}, retried: [] },
  {
    name: 'Map of 1,000 items',
    definition: {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemsPath: '$.items',
          ItemProcessor: {
            ProcessorConfig: { Mode: 'INLINE' },
            StartAt: 'One',
            States: { One: { Type: 'Pass', End: true } },
          },
          End: true,
        },
      },
    },
    input: { items: Array.from({ length: 1000 }, (_, i) => i) },
    tasks: {},
    retried: [],
  },
  {
    name: 'retry chain: 5 retries, then caught',
    definition: {
      StartAt: 'Flaky',
      States: {
        Flaky: {
          Type: 'Task',
          Resource: functionArn('Flaky'),
          Retry: [{ ErrorEquals: ['TestError'], IntervalSeconds: 1, MaxAttempts: 5, BackoffRate: 2 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Handled' }],
          End: true,
        },
        Handled: { Type: 'Pass', End: true },
      },
    },
    input: {},
    tasks: {
      Flaky: () => {
        throw testError;
      },
    },
    retried: ['Flaky'],
  },
  {
    name: 'the example: Test fails, Error handles',
    definition: {
      StartAt: 'Test',
      States: {
        Test: {
          Type: 'Task',
          Resource: functionArn('Test'),
          Catch: [{ ErrorEquals: ['TestError'], Next: 'HandleError' }],
          Next: 'SuccessState',
        },
        SuccessState: { Type: 'Pass', Result: 'success', End: true },
        HandleError: { Type: 'Task', Resource: functionArn('Error'), Next: 'FailState' },
        FailState: { Type: 'Pass', Result: 'handled error', End: true },
      },
    },
    input: { fail: true },
    tasks: {
      Test: () => {
        throw testError;
      },
      HandleError: () => 'handled',
    },
    retried: [],
  },
];
