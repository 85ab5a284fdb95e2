import { groupInvocations, type LogEvent } from '../../src/report/invocations';

const line = (message: string, logGroup = '/aws/lambda/Test', logStream = 'one'): LogEvent => ({
  logGroup,
  logStream,
  timestamp: 0,
  message,
});
const grouped = (...events: LogEvent[]) =>
  groupInvocations(events).map(({ logGroup, requestId, events: own }) => [
    logGroup,
    requestId,
    own.map(({ message }) => message.split(' ')[0]),
  ]);

test('an invocation goes from START to REPORT', () => {
  expect(
    grouped(
      line('START RequestId: a Version: $LATEST'),
      line('hello'),
      line('END RequestId: a'),
      line('REPORT RequestId: a\tDuration'),
      line('START RequestId: b Version: $LATEST'),
      line('REPORT RequestId: b\tDuration'),
    ),
  ).toEqual([
    ['/aws/lambda/Test', 'a', ['START', 'hello', 'END', 'REPORT']],
    ['/aws/lambda/Test', 'b', ['START', 'REPORT']],
  ]);
});

test('streams that write at once are kept apart', () => {
  expect(
    grouped(
      line('START RequestId: a Version'),
      line('START RequestId: b Version', '/aws/lambda/Test', 'two'),
      line('from-a'),
      line('from-b', '/aws/lambda/Test', 'two'),
      line('START RequestId: c Version', '/aws/lambda/Error'),
    ),
  ).toEqual([
    ['/aws/lambda/Test', 'a', ['START', 'from-a']],
    ['/aws/lambda/Test', 'b', ['START', 'from-b']],
    ['/aws/lambda/Error', 'c', ['START']],
  ]);
});

test('the start-up of an environment belongs to its first invocation', () => {
  expect(grouped(line('INIT_START Runtime Version'), line('START RequestId: a Version'))).toEqual([
    ['/aws/lambda/Test', 'a', ['INIT_START', 'START']],
  ]);
});

test('an invocation that never reported ends with the next', () => {
  expect(grouped(line('START RequestId: a Version'), line('START RequestId: b Version'))).toEqual([
    ['/aws/lambda/Test', 'a', ['START']],
    ['/aws/lambda/Test', 'b', ['START']],
  ]);
});
