import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedCases } from '../../../seed-cases';
import { describeWith } from '../../../support/tools';
import { isEmpty, runCase, startWorkflow, terraformIn, type Workflow } from './workflow';

describeWith(['terraformProviders'], 'terraform', () => {
  let workflow: Workflow;
  beforeAll(async () => {
    workflow = await startWorkflow();
    await terraform('init', '-input=false');
  });
  afterAll(() => workflow.close());

  const terraform = (...args: string[]) => terraformIn(workflow.stack, workflow, ...args);
  const apply = () => terraform('apply', '-auto-approve', '-input=false');
  /** A plan with changes exits with 2. */
  const planWithoutChanges = () => terraform('plan', '-input=false', '-detailed-exitcode');

  test('applies the stack, and the plan is empty afterwards', async () => {
    expect(await apply()).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed\./);
    expect(await planWithoutChanges()).toContain('No changes.');
  });

  test.each(seedCases)('runs the execution $name', async (seedCase) => {
    const { status, output, events } = seedCase;
    expect(await runCase(workflow, seedCase)).toEqual({ status, output, events });
  });

  test('replaces each resource, one at a time, and the plan is empty afterwards and the workflow runs', async () => {
    const addresses = (await terraform('state', 'list')).split('\n').filter((line) => /^aws_/.test(line));
    expect(addresses).toContain('aws_iam_role.test');

    for (const address of addresses) {
      const applied = await terraform('apply', '-auto-approve', '-input=false', `-replace=${address}`);
      expect({ address, applied }).toEqual({
        address,
        applied: expect.stringMatching(/Resources: ([1-9]\d*) added, \d+ changed, \1 destroyed\./),
      });
      expect({ address, plan: await planWithoutChanges() }).toMatchObject({
        plan: expect.stringContaining('No changes.'),
      });
      for (const seedCase of seedCases) {
        const { status, output, events } = seedCase;
        expect({ address, ...(await runCase(workflow, seedCase)) }).toEqual({
          address,
          status,
          output,
          events,
        });
      }
    }
  });

  test('updates code, configuration and definition, and the plan is empty afterwards', async () => {
    const file = join(workflow.stack, 'cdk.tf.json');
    const changed = readFileSync(file, 'utf8').replaceAll('handled error', 'handled the error');
    writeFileSync(file, changed);
    const { source_file: source } = JSON.parse(changed).data.archive_file.error;
    const bundle = source.replace(/^.*path\.module\}/, workflow.stack);
    writeFileSync(bundle, readFileSync(bundle, 'utf8').replace('called error_', 'called the new error_'));
    writeFileSync(
      join(workflow.stack, 'more_override.tf.json'),
      JSON.stringify({
        resource: {
          aws_lambda_function: {
            test: { timeout: 20, layers: [`\${aws_lambda_layer_version.shared.arn}`] },
          },
          aws_iam_role: { test: { description: 'changed', tags: { note: 'a & <b>' } } },
          aws_cloudwatch_log_group: { test: { retention_in_days: 7 } },
        },
      }),
    );
    writeFileSync(
      join(workflow.stack, 'layer.tf.json'),
      JSON.stringify({
        resource: {
          aws_lambda_layer_version: {
            shared: {
              layer_name: 'shared',
              filename: `\${data.archive_file.error.output_path}`,
              source_code_hash: `\${data.archive_file.error.output_base64sha256}`,
              description: 'used by both',
              license_info: 'MIT',
              compatible_runtimes: ['nodejs22.x'],
              compatible_architectures: ['x86_64'],
            },
          },
        },
      }),
    );
    expect(await apply()).toMatch(/Apply complete! Resources: 1 added, [1-9]\d* changed, 0 destroyed\./);
    expect(await planWithoutChanges()).toContain('No changes.');
    const failing = { ...seedCases[1], input: '{"fail": true}' } as (typeof seedCases)[number];
    expect((await runCase(workflow, failing)).output).toBe('"handled the error"');
    const { events } = workflow.account.logs.filterLogEvents({
      logGroupName: '/aws/lambda/Error',
      filterPattern: '"called the new error_handler"',
    });
    expect(events).toHaveLength(1);
  });

  test('destroys it, and leaves nothing behind', async () => {
    expect(await terraform('destroy', '-auto-approve', '-input=false')).toContain('Destroy complete!');
    expect(isEmpty(workflow)).toBe(true);
  });
});
