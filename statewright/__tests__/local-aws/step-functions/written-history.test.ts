import fc from 'fast-check';
import type { HistoryEvent } from '../../../src/history/events';
import {
  detailsText,
  eventsText,
  readHistory,
  writtenHistory,
} from '../../../src/local-aws/step-functions/written-history';
import { machineArn, statesHarness, waiting } from './harness';

const failing = JSON.stringify({
  StartAt: 'First',
  States: {
    First: { Type: 'Pass', Result: { text: 'é → \ud83d\ude00 "quoted"\n' }, Next: 'Second' },
    Second: { Type: 'Fail', Error: 'E', Cause: 'no\nreason' },
  },
});

/** Both forms of the same answer, whose times differ in their unit. */
function bothForms({ states }: ReturnType<typeof statesHarness>, request: { executionArn: string }) {
  const { text, nextToken } = states.executionHistoryText(request);
  const { events, nextToken: token } = states.getExecutionHistory(request);
  expect(nextToken).toBe(token);
  return { text, events, nextToken };
}

test.each([
  {},
  { reverseOrder: true },
  { includeExecutionData: false },
  { maxResults: 2 },
  { maxResults: 2, reverseOrder: true },
])('the text of a history has its events: %p', async (request) => {
  const harness = statesHarness();
  harness.create(failing);
  const { executionArn } = harness.states.startExecution({
    stateMachineArn: machineArn,
    input: '{"a": "é"}',
  });
  const running = bothForms(harness, { executionArn, ...request });
  expect(running.text).toBe(eventsText(running.events));

  await harness.states.executionEnded(executionArn);
  const ended = bothForms(harness, { executionArn, ...request });
  expect(ended.text).toBe(eventsText(ended.events));
  expect(ended.nextToken === undefined).toBe(!('maxResults' in request));
  expect(JSON.parse(ended.text)[0]).toMatchObject({ timestamp: (ended.events[0]?.timestamp ?? 0) / 1000 });
});

test('the history of an execution that runs grows', async () => {
  const harness = statesHarness();
  harness.create(waiting);
  const { states } = harness;
  const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
  expect(bothForms(harness, { executionArn }).events).toHaveLength(2);
  await states.executionEnded(executionArn);
  expect(bothForms(harness, { executionArn }).events).toHaveLength(4);
});

test('times are the same after they were written', () => {
  const times = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(fc.array(times, { maxLength: 5 }), fc.string({ unit: 'binary' }), (timestamps, output) => {
      const events = timestamps.map(
        (timestamp, i): HistoryEvent => ({
          timestamp,
          type: 'ExecutionSucceeded',
          id: i + 1,
          previousEventId: i,
          executionSucceededEventDetails: { output, outputDetails: { truncated: false } },
        }),
      );
      const history = writtenHistory({ pieces: [7], events });
      expect(readHistory(history)).toEqual({ pieces: [7], events });
      const details = { input: output, history, invocations: [] };
      expect(detailsText.read(detailsText.write(details))).toEqual(details);
    }),
  );
});

test('details without a history are kept as text, too', () => {
  expect(detailsText.read(detailsText.write({ input: '"\\n"' }))).toEqual({ input: '"\\n"' });
});

test('accounts of earlier versions have histories as events', () => {
  const kept = {
    pieces: [],
    events: [{ timestamp: 1, type: 'ExecutionStarted', id: 1, previousEventId: 0 }],
  };
  expect(readHistory(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});
