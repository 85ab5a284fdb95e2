import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { deployTerraformJson } from '../../../../src/local/terraform';
import { seedCases } from '../../../seed-cases';
import { runCase, startWorkflow, type Workflow } from './workflow';

let workflow: Workflow;
beforeAll(async () => {
  workflow = await startWorkflow();
  await deployTerraformJson(workflow.account, workflow.stack);
});
afterAll(() => workflow.close());

test.each(seedCases)('the SDK sees the execution $name', async (seedCase) => {
  const { status, output, events } = seedCase;
  expect(await runCase(workflow, seedCase)).toEqual({ status, output, events });
});

test('the handler of errors has logged that it was called', async () => {
  const logs = new CloudWatchLogsClient(workflow.client);
  const { events } = await logs.send(
    new FilterLogEventsCommand({
      logGroupName: '/aws/lambda/Error',
      filterPattern: '"called error_handler"',
    }),
  );
  expect(events).toHaveLength(1);
});
