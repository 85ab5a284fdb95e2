/** State machines and executions with every part of a diagram. */
import type { HistoryEvent } from '../src/history/events';
import { caught, failed, history, success } from './history/histories';

const lambda = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const toEnd = { Type: 'Pass', End: true };

/** The example's state machine. */
export const errorHandling = {
  StartAt: 'Test',
  States: {
    Test: {
      Type: 'Task',
      Resource: lambda('Test'),
      Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'] }],
      Catch: [{ ErrorEquals: ['TestError'], Next: 'HandleError' }],
      Next: 'SuccessState',
    },
    SuccessState: { Type: 'Pass', Result: 'success', End: true },
    HandleError: { Type: 'Task', Resource: lambda('Error'), Next: 'FailState' },
    FailState: { Type: 'Pass', Result: 'handled error', End: true },
  },
};

const choice = {
  StartAt: 'Triage',
  States: {
    Triage: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.priority', NumericGreaterThanEquals: 3, Next: 'Page' },
        {
          And: [
            { Variable: '$.customer', IsPresent: true },
            { Not: { Variable: '$.customer', StringMatches: 'test-*' } },
          ],
          Next: 'Reply',
        },
        { Variable: '$.kind', StringEquals: 'spam', Next: 'Discard' },
        { Variable: '$.kind', StringEqualsPath: '$.blocked', Next: 'Discard' },
      ],
      Default: 'Queue',
    },
    Page: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', Next: 'Queue' },
    Reply: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: `${lambda('Reply')}:live` },
      End: true,
    },
    Queue: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true },
    Discard: { Type: 'Fail', Error: 'Spam', Cause: 'spam is not read' },
  },
};

const polling = {
  QueryLanguage: 'JSONata',
  StartAt: 'Start job',
  States: {
    'Start job': { Type: 'Task', Resource: 'arn:aws:states:::batch:submitJob', Next: 'Pause' },
    Pause: { Type: 'Wait', Seconds: 30, Next: 'Look' },
    Look: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:batch:describeJobs',
      Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 5 }],
      Next: 'Done?',
    },
    'Done?': {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.status = 'SUCCEEDED' %}", Next: 'Done' },
        { Condition: "{% $states.input.status = 'FAILED' %}", Next: 'Job failed' },
      ],
      Default: 'Pause',
    },
    Done: { Type: 'Succeed' },
    'Job failed': { Type: 'Fail', Error: 'JobFailed' },
  },
};

const parallel = {
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Resize', States: { Resize: { ...toEnd, End: undefined, Next: 'Store' }, Store: toEnd } },
        {
          StartAt: 'Pages',
          States: {
            Pages: {
              Type: 'Map',
              ItemProcessor: {
                StartAt: 'Read page',
                States: {
                  'Read page': { Type: 'Task', Resource: lambda('ReadPage'), Next: 'Sides' },
                  Sides: {
                    Type: 'Parallel',
                    Branches: [
                      { StartAt: 'Front', States: { Front: toEnd } },
                      { StartAt: 'Back', States: { Back: toEnd } },
                    ],
                    End: true,
                  },
                },
              },
              End: true,
            },
          },
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Clean up' }],
      Next: 'Publish',
    },
    Publish: { Type: 'Succeed' },
    'Clean up': { Type: 'Task', Resource: lambda('CleanUp'), End: true },
  },
};

const map = {
  StartAt: 'Each order',
  States: {
    'Each order': {
      Type: 'Map',
      MaxConcurrency: 1,
      ItemProcessor: {
        StartAt: 'Charge',
        States: {
          Charge: {
            Type: 'Task',
            Resource: lambda('Charge'),
            Retry: [{ ErrorEquals: ['Declined'] }],
            Catch: [{ ErrorEquals: ['Declined'], Next: 'Remind' }],
            End: true,
          },
          Remind: { Type: 'Wait', SecondsPath: '$.delay', End: true },
        },
      },
      Next: 'Report',
    },
    Report: { Type: 'Pass', End: true },
  },
};

const orders = history(
  { type: 'ExecutionStarted', input: '[1,2]' },
  { type: 'MapStateEntered', name: 'Each order', input: '[1,2]' },
  { type: 'MapStateStarted', length: 2 },
  { type: 'MapIterationStarted', name: 'Each order', index: 0 },
  { type: 'TaskStateEntered', name: 'Charge', input: '1' },
  { type: 'LambdaFunctionScheduled', resource: lambda('Charge'), input: '1' },
  { type: 'LambdaFunctionFailed', error: 'Declined', cause: 'no funds' },
  { type: 'LambdaFunctionScheduled', resource: lambda('Charge'), input: '1' },
  { type: 'LambdaFunctionSucceeded', output: '"charged"' },
  { type: 'TaskStateExited', name: 'Charge', output: '"charged"' },
  { type: 'MapIterationSucceeded', name: 'Each order', index: 0 },
  { type: 'MapIterationStarted', name: 'Each order', index: 1, from: 10 },
  { type: 'TaskStateEntered', name: 'Charge', input: '2' },
  { type: 'LambdaFunctionScheduled', resource: lambda('Charge'), input: '2' },
  { type: 'LambdaFunctionFailed', error: 'Declined', cause: 'no funds' },
  { type: 'TaskStateExited', name: 'Charge', output: '{}' },
  { type: 'WaitStateEntered', name: 'Remind', input: '{}' },
  { type: 'WaitStateExited', name: 'Remind', output: '{}' },
  { type: 'MapIterationSucceeded', name: 'Each order', index: 1 },
  { type: 'MapStateSucceeded', from: 18 },
  { type: 'MapStateExited', name: 'Each order', output: '[]', from: 19 },
  { type: 'PassStateEntered', name: 'Report', input: '[]' },
  { type: 'PassStateExited', name: 'Report', output: '[]' },
  { type: 'ExecutionSucceeded', output: '[]' },
);

const abortedBranches = history(
  { type: 'ExecutionStarted', input: '{}' },
  { type: 'PassStateEntered', name: 'Prepare', input: '{}' },
  { type: 'PassStateExited', name: 'Prepare', output: '{}' },
  { type: 'ParallelStateEntered', name: 'Both', input: '{}' },
  { type: 'ParallelStateStarted' },
  { type: 'PassStateEntered', name: 'Resize', input: '{}', from: 5 },
  { type: 'PassStateExited', name: 'Resize', output: '{}' },
  { type: 'MapStateEntered', name: 'Pages', input: '[1]', from: 5 },
  { type: 'MapStateStarted', length: 1 },
  { type: 'MapIterationStarted', name: 'Pages', index: 0 },
  { type: 'TaskStateEntered', name: 'Read page', input: '1' },
  { type: 'PassStateEntered', name: 'Store', input: '{}', from: 7 },
  { type: 'LambdaFunctionScheduled', resource: lambda('ReadPage'), input: '1', from: 11 },
  { type: 'LambdaFunctionFailed', error: 'Unreadable', cause: 'ink' },
  { type: 'ParallelStateFailed', from: 14 },
  { type: 'ParallelStateExited', name: 'Both', output: '{}' },
  { type: 'TaskStateEntered', name: 'Clean up', input: '{}' },
  { type: 'LambdaFunctionScheduled', resource: lambda('CleanUp'), input: '{}' },
);

const script = "<script>alert('x')</script>";
const hostile = {
  StartAt: script,
  States: {
    [script]: {
      Type: 'Choice',
      Choices: [{ Variable: '$["a"]', StringEquals: ']]></style><b>&', Next: 'A "quoted" name & more' }],
      Default: 'バッチ処理を開始する',
    },
    'A "quoted" name & more': {
      Type: 'Task',
      Resource: lambda('x'),
      Catch: [{ ErrorEquals: ['<img src=x>'], Next: 'バッチ処理を開始する' }],
      End: true,
    },
    バッチ処理を開始する: { Type: 'Pass', Next: 'y'.repeat(80) },
    ['y'.repeat(80)]: { Type: 'Pass', End: true },
  },
};

/** `length` states in a row, each with a transition to the last. */
export function chain(length: number): { StartAt: string; States: Record<string, object> } {
  const name = (i: number) => `Step ${i + 1}`;
  const steps = Array.from({ length }, (_, i) => [
    name(i),
    i === length - 1
      ? { Type: 'Succeed' }
      : {
          Type: 'Task',
          Resource: lambda('Work'),
          Next: name(i + 1),
          ...(i % 20 === 0 &&
            i < length - 2 && { Catch: [{ ErrorEquals: ['Stop'], Next: name(length - 1) }] }),
        },
  ]);
  return { StartAt: name(0), States: Object.fromEntries(steps) };
}

/** `length` states in a row, each of which leads to one of two error handlers. */
export function guardedChain(length: number): { StartAt: string; States: Record<string, object> } {
  const name = (i: number) => (i < length ? `Step ${i + 1}` : 'Done');
  const steps = Array.from({ length }, (_, i) => [
    name(i),
    {
      Type: 'Task',
      Resource: lambda('Work'),
      Catch: [
        { ErrorEquals: ['Busy'], Next: 'Queue' },
        { ErrorEquals: ['States.ALL'], Next: 'Report' },
      ],
      Next: name(i + 1),
    },
  ]);
  return {
    StartAt: name(0),
    States: {
      ...Object.fromEntries(steps),
      Done: { Type: 'Succeed' },
      Queue: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true },
      Report: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true },
    },
  };
}

/** A Parallel with `count` branches. */
export function branches(count: number): object {
  const branch = (i: number) => ({ StartAt: `Branch ${i + 1}`, States: { [`Branch ${i + 1}`]: toEnd } });
  return {
    StartAt: 'All',
    States: {
      All: { Type: 'Parallel', Branches: Array.from({ length: count }, (_, i) => branch(i)), End: true },
    },
  };
}

const caughtInChain = history(
  { type: 'ExecutionStarted', input: '{}' },
  { type: 'TaskStateEntered', name: 'Step 1', input: '{}' },
  { type: 'LambdaFunctionScheduled', resource: lambda('Work'), input: '{}' },
  { type: 'LambdaFunctionSucceeded', output: '{}' },
  { type: 'TaskStateExited', name: 'Step 1', output: '{}' },
  { type: 'TaskStateEntered', name: 'Step 2', input: '{}' },
  { type: 'LambdaFunctionScheduled', resource: lambda('Work'), input: '{}' },
  { type: 'LambdaFunctionFailed', error: 'Boom' },
  { type: 'TaskStateExited', name: 'Step 2', output: '{}' },
  { type: 'TaskStateEntered', name: 'Report', input: '{}' },
  { type: 'TaskScheduled', resourceType: 'sns', resource: 'publish', parameters: '{}' },
);

interface Sample {
  readonly definition: object;
  readonly events?: readonly HistoryEvent[];
  readonly theme?: 'light' | 'dark';
}

/** The content of the golden files by name. */
export const samples: Readonly<Record<string, Sample>> = {
  'error-handling': { definition: errorHandling },
  'error-handling-success': { definition: errorHandling, events: success },
  'error-handling-caught': { definition: errorHandling, events: caught },
  'error-handling-failed-dark': { definition: errorHandling, events: failed, theme: 'dark' },
  'error-handling-running': { definition: errorHandling, events: caught.slice(0, 9), theme: 'light' },
  choice: { definition: choice },
  'choice-dark': { definition: choice, theme: 'dark' },
  'polling-jsonata': { definition: polling },
  parallel: { definition: parallel },
  'parallel-aborted': { definition: parallel, events: abortedBranches },
  map: { definition: map },
  'map-iterations': { definition: map, events: orders },
  'names-escaped': { definition: hostile },
  'chain-of-thirty': { definition: chain(30) },
  'one-error-handler': { definition: guardedChain(6), events: caughtInChain },
  'branches-in-rows': { definition: branches(18) },
};
