import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toAwsHistoryJson } from '../../../src/history/aws-history';
import { deployDefinition, readHistories, type TestExecution } from '../../../src/testing';

let execution: TestExecution;
let folder: string;
beforeAll(async () => {
  const workflow = await deployDefinition({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } },
  });
  execution = await workflow.run();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'histories-'));
});

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const eventsIn = (path: string) => readHistories(path).map(({ events }) => events);
const printed = () => JSON.parse(toAwsHistoryJson(execution.events)) as { events: object[] };

test('what the AWS CLI prints, in version 1 as in version 2', () => {
  expect(eventsIn(file('2.json', toAwsHistoryJson(execution.events)))).toEqual([execution.events]);
  const seconds = execution.events.map((event) => ({ ...event, timestamp: event.timestamp / 1000 }));
  expect(eventsIn(file('1.json', JSON.stringify({ events: seconds })))).toEqual([execution.events]);
});

test('pages in one array, and events in reverse order, are one history', () => {
  const { events } = printed();
  const pages = [{ events: events.slice(0, 2), nextToken: 'next' }, { events: events.slice(2) }];
  expect(eventsIn(file('pages.json', JSON.stringify(pages)))).toEqual([execution.events]);
  expect(eventsIn(file('reverse.json', JSON.stringify({ events: events.toReversed() })))).toEqual([
    execution.events,
  ]);
});

test('a folder is read with the folders in it, but not its definitions', () => {
  file('definition.asl.json', '{}');
  file('a.json', toAwsHistoryJson(execution.events));
  expect(readHistories(folder).map(({ name }) => name)).toEqual([join(folder, 'a.json')]);
});

test('child executions of a distributed Map alone are not replayed, and that is an error', () => {
  const child = {
    execution: { executionArn: 'arn:aws:states:us-east-1:000000000000:execution:orders/Each:one' },
    ...printed(),
  };
  expect(() => readHistories(file('child.json', JSON.stringify(child)))).toThrow(/only child executions/);
});

test.each([
  ['empty.json', '', /empty\.json has no execution history: neither events nor lines of an execution log\./],
  ['other.json', '{"StartAt": "A"}', /other\.json has no execution history/],
  ['broken.json', '{"events": [{"type": "ExecutionStarted"}]}', /broken\.json: \/events\/0 is not an event/],
])('%s is not a history', (name, text, message) => {
  expect(() => readHistories(file(name, text))).toThrow(message);
});
