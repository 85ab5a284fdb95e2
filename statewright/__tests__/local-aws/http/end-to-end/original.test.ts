import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedCases } from '../../../seed-cases';
import { describeWith } from '../../../support/tools';
import { isEmpty, runCase, startWorkflow, terraformIn, type Workflow } from './workflow';

const EXAMPLE = join(__dirname, '..', '..', '..', '..', 'examples', 'original');

describeWith(
  ['terraformProviders', 'python'],
  'the example in plain Terraform, with Python functions',
  () => {
    let workflow: Workflow;
    let folder: string;
    beforeAll(async () => {
      workflow = await startWorkflow();
      folder = join(workflow.folder, 'original');
      cpSync(EXAMPLE, folder, { recursive: true });
      // The versions of the providers that can be had here.
      writeFileSync(join(folder, 'versions_override.tf.json'), workflow.requiredProviders);
      await terraform('init', '-input=false');
    });
    afterAll(() => workflow.close());

    const terraform = (...args: string[]) => terraformIn(folder, workflow, ...args);

    test('is applied, and the plan is empty afterwards', async () => {
      expect(await terraform('apply', '-auto-approve', '-input=false')).toMatch(
        /Apply complete! Resources: \d+ added, 0 changed, 0 destroyed\./,
      );
      expect(await terraform('plan', '-input=false', '-detailed-exitcode')).toContain('No changes.');
    });

    test.each(seedCases)('runs the execution $name', async (seedCase) => {
      const { status, output, events } = seedCase;
      const stateMachineArn = await terraform('output', '-raw', 'state_machine_arn');
      expect(await runCase({ ...workflow, stateMachineArn }, seedCase)).toEqual({ status, output, events });
    });

    test('logs that the error was handled', () => {
      const { events } = workflow.account.logs.filterLogEvents({ logGroupName: '/aws/lambda/Error' });
      expect(events.map(({ message }) => message)).toContain('called error_handler\n');
    });

    test('is destroyed, and leaves nothing behind', async () => {
      expect(await terraform('destroy', '-auto-approve', '-input=false')).toContain('Destroy complete!');
      expect(isEmpty(workflow)).toBe(true);
    });
  },
);
