// The floor: a bare node:http server that answers the benchmark's requests with constants, as large as the real answers.
// Its argument is the port.
import { createServer } from 'node:http';

const arn = (kind) => `arn:aws:states:us-east-1:000000000000:${kind}`;
const details = { name: 'Pass0', input: '{"order":7}', inputDetails: { truncated: false } };
const event = (_, index) => ({
  timestamp: 1_700_000_000.123,
  type: 'PassStateEntered',
  id: index + 1,
  previousEventId: index,
  stateEnteredEventDetails: details,
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
  GetExecutionHistory: { events: Array.from({ length: 22 }, event) },
};
const texts = Object.fromEntries(
  Object.entries(answers).map(([name, answer]) => [name, JSON.stringify(answer)]),
);

createServer((incoming, outgoing) => {
  incoming.resume();
  incoming.on('end', () => {
    const operation = incoming.headers['x-amz-target']?.split('.')[1];
    const text = texts[operation] ?? '<Arn>arn:aws:iam::000000000000:role/bench</Arn>';
    outgoing.writeHead(200, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(text),
    });
    outgoing.end(text);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
