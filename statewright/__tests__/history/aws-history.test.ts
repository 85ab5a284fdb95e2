import { HistoryFormatError, parseAwsHistoryJson, toAwsHistoryJson } from '../../src/history/aws-history';
import type { HistoryEvent } from '../../src/history/events';
import { caught, START } from './histories';

test('prints a history as the AWS CLI does', () => {
  const json = toAwsHistoryJson(caught);
  expect(json.split('\n').slice(-15).join('\n')).toBe(
    `\
        },
        {
            "timestamp": "2026-01-02T00:00:01.260000+00:00",
            "type": "ExecutionSucceeded",
            "id": 14,
            "previousEventId": 13,
            "executionSucceededEventDetails": {
                "output": "\\"handled error\\"",
                "outputDetails": {
                    "truncated": false
                }
            }
        }
    ]
}`,
  );
  expect(JSON.parse(json).events).toHaveLength(14);
});

test('the members are in the API’s order, regardless of their own order', () => {
  const event: HistoryEvent = {
    previousEventId: 2,
    id: 3,
    lambdaFunctionScheduledEventDetails: {
      timeoutInSeconds: 5,
      inputDetails: { truncated: false },
      input: '{}',
      resource: 'arn',
    },
    type: 'LambdaFunctionScheduled',
    timestamp: START,
  };
  expect(toAwsHistoryJson([event])).toBe(`\
{
    "events": [
        {
            "timestamp": "2026-01-02T00:00:00+00:00",
            "type": "LambdaFunctionScheduled",
            "id": 3,
            "previousEventId": 2,
            "lambdaFunctionScheduledEventDetails": {
                "resource": "arn",
                "input": "{}",
                "inputDetails": {
                    "truncated": false
                },
                "timeoutInSeconds": 5
            }
        }
    ]
}`);
});

test('an empty history', () => {
  expect(JSON.parse(toAwsHistoryJson([]))).toEqual({ events: [] });
});

describe('parseAwsHistoryJson', () => {
  test('parses its own output', () => {
    expect(parseAwsHistoryJson(toAwsHistoryJson(caught))).toEqual(caught);
  });

  test('parses the seconds of version 1 of the CLI', () => {
    const text = JSON.stringify({
      events: [{ timestamp: START / 1000 + 0.25, type: 'ExecutionStarted', id: 1 }],
    });
    expect(parseAwsHistoryJson(text)).toEqual([
      { timestamp: START + 250, type: 'ExecutionStarted', id: 1, previousEventId: 0 },
    ]);
  });

  test.each([
    ['{', /^The execution history is not valid JSON: line 1, column 2: /],
    ['null', 'This is not an execution history: it has no list of events under "events"'],
    ['{"events": {}}', 'This is not an execution history: it has no list of events under "events"'],
    ['{"events": [{"id": 1}]}', '/events/0 is not an event: it needs timestamp, type and id'],
    ['{"events": [null]}', '/events/0 is not an event: it needs timestamp, type and id'],
  ])('%s is rejected', (text, message) => {
    expect(() => parseAwsHistoryJson(text)).toThrow(HistoryFormatError);
    expect(() => parseAwsHistoryJson(text)).toThrow(message);
  });
});
