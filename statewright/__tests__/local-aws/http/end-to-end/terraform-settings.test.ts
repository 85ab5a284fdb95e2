import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '../../../support/tools';
import { wideStack } from './wide-stack';
import { isEmpty, startWorkflow, terraformIn, type Workflow } from './workflow';

describeWith(['terraformProviders'], 'terraform, with every setting', () => {
  let workflow: Workflow;
  let folder: string;
  beforeAll(async () => {
    workflow = await startWorkflow();
    folder = join(workflow.folder, 'wide');
    mkdirSync(folder);
    // The provider versions that the workflow's own stack is tested with.
    writeFileSync(join(folder, 'versions.tf.json'), workflow.requiredProviders);
  });
  afterAll(() => workflow.close());

  const terraform = (...args: string[]) => terraformIn(folder, workflow, ...args);

  /** A plan with changes exits with 2. */
  async function applyVariant(variant: 1 | 2): Promise<string> {
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(wideStack(variant)));
    const applied = await terraform('apply', '-auto-approve', '-input=false');
    expect(await terraform('plan', '-input=false', '-detailed-exitcode')).toContain('No changes.');
    return applied;
  }

  test('are applied and changed, and the plan is empty afterwards', async () => {
    await terraform('init', '-input=false');
    expect(await applyVariant(1)).toMatch(/Resources: 51 added, 0 changed, 0 destroyed\..*answer = "1"/s);
    expect(await applyVariant(2)).toMatch(/Apply complete!.*answer = "2"/s);

    const { stateMachineArn, states } = { ...workflow, ...workflow.account };
    const prod = stateMachineArn.replace(/error-handling$/, 'wide:prod');
    const { executionArn } = states.startExecution({ stateMachineArn: prod });
    expect(await states.executionEnded(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '2' });

    await applyVariant(1);
    expect(await terraform('destroy', '-auto-approve', '-input=false')).toContain('Destroy complete!');
    expect(isEmpty(workflow)).toBe(true);
    const { iam, logs } = workflow.account;
    expect(states.listActivities().activities).toEqual([]);
    expect(logs.describeResourcePolicies().resourcePolicies).toEqual([]);
    expect(iam.listPolicies({ Scope: 'Local' }).Policies).toEqual([]);
    expect([iam.listUsers().Users, iam.listGroups().Groups]).toEqual([[], []]);
    expect(iam.listInstanceProfiles().InstanceProfiles).toEqual([]);
    expect(iam.listOpenIDConnectProviders().OpenIDConnectProviderList).toEqual([]);
    expect(iam.listAccountAliases().AccountAliases).toEqual([]);
    expect(logs.describeQueryDefinitions().queryDefinitions).toEqual([]);
  });
});
