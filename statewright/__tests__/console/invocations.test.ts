import { eventsByRequest, type LogEvent } from '../../src/console/invocations';

const line = (message: string, logStream = 'one', logGroup = '/aws/lambda/Test'): LogEvent => ({
  logGroup,
  logStream,
  timestamp: 0,
  message,
});
const byRequest = (...events: LogEvent[]) =>
  Object.fromEntries(
    [...eventsByRequest(events)].map(([requestId, own]) => [requestId, own.map(({ message }) => message)]),
  );

const A = 'aaaaaaaa-0000-4000-8000-000000000000';
const B = 'bbbbbbbb-0000-4000-8000-000000000000';
const said = (requestId: string, text: string) => `2026-01-02T00:00:00.000Z\t${requestId}\tINFO\t${text}\n`;

test('an invocation goes from START to REPORT', () => {
  const first = [`START RequestId: ${A} Version: $LATEST`, said(A, 'hello'), 'raw', `END RequestId: ${A}`];
  const second = [`START RequestId: ${B} Version: $LATEST`, `REPORT RequestId: ${B}\tDuration`];
  expect(
    byRequest(...[...first, `REPORT RequestId: ${A}\tDuration`, ...second].map((message) => line(message))),
  ).toEqual({ [A]: [...first, `REPORT RequestId: ${A}\tDuration`], [B]: second });
});

test('concurrent streams are kept apart', () => {
  expect(
    byRequest(
      line(`START RequestId: ${A} Version`),
      line(`START RequestId: ${B} Version`, 'two'),
      line('from-a'),
      line('from-b', 'two'),
      line('START RequestId: c Version', 'one', '/aws/lambda/Error'),
    ),
  ).toEqual({
    [A]: [`START RequestId: ${A} Version`, 'from-a'],
    [B]: [`START RequestId: ${B} Version`, 'from-b'],
    c: ['START RequestId: c Version'],
  });
});

test('the start-up of an environment belongs to its first invocation, that of the next to the next', () => {
  expect(
    byRequest(
      line('INIT_START Runtime Version'),
      line('loading'),
      line(`START RequestId: ${A} Version`),
      line(`REPORT RequestId: ${A}\tDuration`),
      line('INIT_START again'),
      line(`START RequestId: ${B} Version`),
    ),
  ).toEqual({
    [A]: [
      'INIT_START Runtime Version',
      'loading',
      `START RequestId: ${A} Version`,
      `REPORT RequestId: ${A}\tDuration`,
    ],
    [B]: ['INIT_START again', `START RequestId: ${B} Version`],
  });
});

test('an invocation that never reported ends with the next', () => {
  expect(
    byRequest(line('START RequestId: a Version'), line('START RequestId: b Version'), line('b says')),
  ).toEqual({
    a: ['START RequestId: a Version'],
    b: ['START RequestId: b Version', 'b says'],
  });
});

test('an invocation that Lambda retried is one invocation', () => {
  const tries = [
    'START RequestId: a 1',
    'REPORT RequestId: a 1',
    'START RequestId: a 2',
    'REPORT RequestId: a 2',
  ];
  expect(byRequest(...tries.map((message) => line(message)))).toEqual({ a: tries });
});

test('a timeout names its request', () => {
  const timeout = `2026-01-02T00:00:03.000Z ${A} Task timed out after 3.00 seconds`;
  expect(
    byRequest(line(`START RequestId: ${A} V`), line(timeout), line(`RequestId: ${A} Error: exited`))[A],
  ).toHaveLength(3);
});

test('JSON lines contain their request id, so they need no START', () => {
  const own = '{"timestamp":"t","level":"INFO","requestId":"a","message":"called"}';
  const report = '{"time":"t","type":"platform.report","record":{"requestId":"a"}}';
  const start = '{"time":"t","type":"platform.start","record":{"requestId":"b"}}';
  expect(byRequest(line(own), line(report), line('{"not": "its"}'), line('{no json'), line(start))).toEqual({
    a: [own, report],
    b: ['{"not": "its"}', '{no json', start],
  });
});
