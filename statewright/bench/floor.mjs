// The floor: a bare node:http server that reads the benchmark's requests, and answers them with constants: the same
// headers as the local AWS, and as many bytes. Its argument is the port.
import { createServer } from 'node:http';

const arn = (kind) => `arn:aws:states:us-east-1:000000000000:${kind}`;
const payload = '{"order":7}';
const truncated = { truncated: false };
const events = [
  {
    type: 'ExecutionStarted',
    executionStartedEventDetails: {
      input: payload,
      inputDetails: truncated,
      roleArn: 'arn:aws:iam::000000000000:role/bench-states',
    },
  },
];
for (let i = 0; i < 10; i++) {
  const name = `Pass${i}`;
  events.push(
    { type: 'PassStateEntered', stateEnteredEventDetails: { name, input: payload, inputDetails: truncated } },
    { type: 'PassStateExited', stateExitedEventDetails: { name, output: payload, outputDetails: truncated } },
  );
}
events.push({
  type: 'ExecutionSucceeded',
  executionSucceededEventDetails: { output: payload, outputDetails: truncated },
});
const numbered = ({ type, ...details }, index) => ({
  timestamp: 1_700_000_000.123,
  type,
  id: index + 1,
  previousEventId: index,
  ...details,
});
const answers = {
  CreateStateMachine: { stateMachineArn: arn('stateMachine:bench'), creationDate: 1_700_000_000.123 },
  StartExecution: { executionArn: arn('execution:bench:run'), startDate: 1_700_000_000.123 },
  DescribeExecution: {
    executionArn: arn('execution:bench:run'),
    stateMachineArn: arn('stateMachine:bench'),
    name: 'run',
    status: 'SUCCEEDED',
    startDate: 1_700_000_000.123,
    stopDate: 1_700_000_000.125,
    input: '{"order":7}',
    inputDetails: { included: true },
    output: '{"order":7}',
    outputDetails: { included: true },
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  },
  GetExecutionHistory: { events: events.map(numbered) },
};
const texts = Object.fromEntries(
  Object.entries(answers).map(([name, answer]) => [name, JSON.stringify(answer)]),
);

createServer((incoming, outgoing) => {
  const chunks = [];
  incoming.on('data', (chunk) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    const operation = incoming.headers['x-amz-target']?.split('.')[1];
    const text = texts[operation] ?? (body === '' ? '' : '<Arn>arn:aws:iam::000000000000:role/bench</Arn>');
    outgoing.writeHead(200, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(text),
      'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
    });
    outgoing.end(text);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
