import * as sfn from '@aws-sdk/client-sfn';
import { type LocalAws, startLocalAws } from './harness';

type AnyCommand = new (input: object) => sfn.ListStateMachinesCommand;

/** The operations of the Step Functions API, as the newest SDK has them, with their commands. */
const operations = Object.entries(sfn).flatMap(([name, command]) => {
  const [, operation] = /^([A-Z]\w+)Command$/.exec(name) ?? [];
  return operation === undefined ? [] : [[operation, command as unknown as AnyCommand] as const];
});

let aws: LocalAws;
let client: sfn.SFNClient;
beforeAll(async () => {
  aws = await startLocalAws();
  client = new sfn.SFNClient({ ...aws.client, disableHostPrefix: true, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await aws.close();
});

test('the SDK has the operations', () => {
  expect(operations.map(([name]) => name)).toContain('StartExecution');
  expect(operations.length).toBeGreaterThanOrEqual(37);
});

test.each(operations)('%s is implemented', async (_name, Command) => {
  // Most requests lack a required member: that is another answer than 501.
  const status = await client.send(new Command({})).then(
    ({ $metadata }) => $metadata.httpStatusCode,
    (error) => (error as sfn.SFNServiceException).$metadata.httpStatusCode,
  );
  expect([200, 400]).toContain(status);
});
