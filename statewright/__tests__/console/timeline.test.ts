import type { Invocation } from '../../src/console/invocations';
import { type TimelineRow, timelineRows } from '../../src/console/timeline';
import { inTreeOrder, visitGroups } from '../../src/console/visit-tree';
import type { HistoryEvent } from '../../src/history/events';
import { executionPath } from '../../src/history/execution-path';
import { type EventSpec, history, START } from '../history/histories';

function rowsOf(events: readonly HistoryEvent[], invocations: readonly Invocation[] = []) {
  const path = executionPath(events);
  const groups = visitGroups(path);
  return timelineRows(inTreeOrder(path, groups), groups, invocations);
}

const outline = (rows: readonly TimelineRow[]) =>
  rows.map(({ level, label, status }) => `${'  '.repeat(level)}${label} ${status}`);

type Kind = 'Pass' | 'Task' | 'Map' | 'Parallel';

const after = (from: number | undefined) => (from === undefined ? {} : { from });
const enter = (name: string, type: Kind = 'Pass', from?: number): EventSpec => ({
  type: `${type}StateEntered`,
  name,
  input: '{}',
  ...after(from),
});
const exit = (name: string, type: Kind = 'Pass', from?: number): EventSpec => ({
  type: `${type}StateExited`,
  name,
  output: '{}',
  ...after(from),
});

test('what ran at the same time is told apart: each item has its own rows', () => {
  const rows = rowsOf(
    history(
      { type: 'ExecutionStarted', input: '{}' },
      enter('Each', 'Map'),
      { type: 'MapStateStarted', length: 2 },
      { type: 'MapIterationStarted', name: 'Each', index: 0, from: 3 },
      enter('Look', 'Pass', 4),
      { type: 'MapIterationStarted', name: 'Each', index: 1, from: 3 },
      enter('Look', 'Pass', 6),
      exit('Look', 'Pass', 5),
      enter('Keep', 'Pass', 8),
      exit('Look', 'Pass', 7),
    ),
  );
  expect(outline(rows)).toEqual([
    'Each IN_PROGRESS',
    '  Item 1 IN_PROGRESS',
    '    Look SUCCEEDED',
    '    Keep IN_PROGRESS',
    '  Item 2 SUCCEEDED',
    '    Look SUCCEEDED',
  ]);
});

test('attempts have rows, with the invocations in them; a cold start is known by the log', () => {
  const line = (at: number, message: string) => ({
    logGroup: '/aws/lambda/Test',
    logStream: 's',
    timestamp: START + at,
    message,
  });
  const invocation = (scheduledEventId: number, ...events: Invocation['events']): Invocation => ({
    requestId: `r${scheduledEventId}`,
    functionName: 'Test',
    scheduledEventId,
    logGroup: '/aws/lambda/Test',
    events,
  });
  const rows = rowsOf(
    history(
      { type: 'ExecutionStarted', input: '{}' },
      enter('Test', 'Task'),
      { type: 'LambdaFunctionScheduled', resource: 'Test', input: '{}', at: 10 },
      { type: 'LambdaFunctionStarted' },
      { type: 'LambdaFunctionFailed', error: 'Busy', at: 300 },
      { type: 'LambdaFunctionScheduled', resource: 'Test', input: '{}', at: 1300 },
      { type: 'LambdaFunctionStarted' },
      { type: 'LambdaFunctionSucceeded', output: '{}', at: 1400 },
      exit('Test', 'Task'),
    ),
    [
      invocation(
        3,
        line(20, 'INIT_START Runtime Version: nodejs:24.1.0'),
        line(170, 'START RequestId: r3 Version: $LATEST'),
        line(290, 'REPORT RequestId: r3\tDuration: 120 ms\tInit Duration: 140.5 ms'),
      ),
      invocation(6, line(1310, 'START RequestId: r6 Version: $LATEST')),
    ],
  );
  expect(outline(rows)).toEqual([
    'Test SUCCEEDED',
    '  Attempt 1 FAILED',
    '    Test FAILED',
    '  Attempt 2 SUCCEEDED',
    '    Test SUCCEEDED',
  ]);
  expect(rows[1]).toMatchObject({ error: 'Busy', startedAt: START + 10, endedAt: START + 300 });
  expect(rows[2]).toMatchObject({ coldStart: 140.5, startedAt: START + 20, endedAt: START + 290 });
  // No report so far: the Task says when it ended.
  expect(rows[4]).toMatchObject({ startedAt: START + 1310, endedAt: START + 1400 });
  expect(rows[4]).not.toHaveProperty('coldStart');
});

test('a call has ended when its function has, though its Task waits for the token', () => {
  const line = { logGroup: '/aws/lambda/Ask', logStream: 's' };
  const rows = rowsOf(
    history(
      { type: 'ExecutionStarted', input: '{}' },
      enter('Ask', 'Task'),
      {
        type: 'TaskScheduled',
        resourceType: 'lambda',
        resource: 'invoke.waitForTaskToken',
        region: 'us-east-1',
        parameters: '{}',
      },
      { type: 'TaskStarted', resourceType: 'lambda', resource: 'invoke.waitForTaskToken' },
    ),
    [
      {
        requestId: 'r3',
        functionName: 'Ask',
        scheduledEventId: 3,
        logGroup: line.logGroup,
        events: [
          { ...line, timestamp: START + 10, message: 'START RequestId: r3 Version: $LATEST' },
          { ...line, timestamp: START + 12, message: 'REPORT RequestId: r3\tDuration: 2 ms' },
        ],
      },
    ],
  );
  expect(outline(rows)).toEqual(['Ask IN_PROGRESS', '  Ask SUCCEEDED']);
});

test('a part of the visits has the states and items around it, once', () => {
  const path = executionPath(
    history(
      { type: 'ExecutionStarted', input: '{}' },
      enter('Each', 'Map'),
      { type: 'MapStateStarted', length: 1 },
      { type: 'MapIterationStarted', name: 'Each', index: 0 },
      enter('One'),
      exit('One'),
      enter('Two'),
      exit('Two'),
      enter('Three'),
    ),
  );
  const groups = visitGroups(path);
  const rows = timelineRows(inTreeOrder(path, groups).slice(2), groups, []);
  expect(rows.map(({ label }) => label)).toEqual(['Each', 'Item 1', 'Two', 'Three']);
});

test('each attempt of a Parallel has the branches that ran in it', () => {
  const rows = rowsOf(
    history(
      { type: 'ExecutionStarted', input: '{}' },
      enter('Both', 'Parallel'),
      { type: 'ParallelStateStarted' },
      enter('A'),
      { type: 'EvaluationFailed', state: 'A', error: 'E', from: 4 },
      { type: 'ParallelStateFailed', from: 5 },
      { type: 'ParallelStateStarted', from: 6 },
      enter('A'),
      exit('A'),
      { type: 'ParallelStateSucceeded' },
      exit('Both', 'Parallel'),
    ),
  );
  expect(outline(rows)).toEqual([
    'Both SUCCEEDED',
    '  Attempt 1 FAILED',
    '    Branch 1 FAILED',
    '      A FAILED',
    '  Attempt 2 SUCCEEDED',
    '    Branch 1 SUCCEEDED',
    '      A SUCCEEDED',
  ]);
});
