import { reportedCalls, usageTexts } from '../../src/cli/usage';
import { usageOf } from '../../src/verify/costs';

const line = (name: string, message: string) => ({ logGroup: `/aws/lambda/${name}`, timestamp: 0, message });
const report = (duration: number) =>
  `REPORT RequestId: 1\tDuration: 1.00 ms\tBilled Duration: ${duration} ms\tMemory Size: 128 MB\t\n`;
const json = (type: string, record: object) => JSON.stringify({ time: '', type: `platform.${type}`, record });

const memory = { charge: 1024, price: 128 };

const logs = [
  line('charge', 'START RequestId: 1 Version: $LATEST\n'),
  line('charge', 'the REPORT RequestId: 1\tBilled Duration: 9 ms\n'),
  line('charge', report(40)),
  line('charge', report(2)),
  // A log group of several functions.
  line('shared', report(5)),
  line('price', json('runtimeDone', { metrics: { durationMs: 1.5 } })),
  line('price', json('report', { requestId: '1', metrics: { durationMs: 1.5, billedDurationMs: 70 } })),
];

test('the billed duration of each call is that of its report, as text or as JSON', () => {
  expect(reportedCalls(logs, memory)).toEqual({ charge: [40, 2], price: [70] });
});

test('the functions that Lambda has reported are billed as reported', () => {
  const usage = usageOf([], { charge: 1024 }, reportedCalls(logs, memory));

  expect(usageTexts(usage).filter((text) => text.startsWith('Lambda'))).toEqual([
    'Lambda charge: 2 calls, 42 ms, 0.042 GB-seconds',
    'Lambda price: 1 call, 70 ms',
  ]);
});
