import { join } from 'node:path';
import { copyProject } from '../../../fixture/synthesize';
import { seedCases } from '../../../seed-cases';
import { describeWith } from '../../../support/tools';
import { isEmpty, runCase, startWorkflow, type Workflow } from './workflow';

describeWith(['terraformProviders'], 'cdktf', () => {
  let workflow: Workflow;
  beforeAll(async () => {
    workflow = await startWorkflow();
    copyProject(workflow.folder);
  });
  afterAll(() => workflow.close());

  /** Runs a command of the CDKTF CLI that must succeed. */
  async function cdktf(command: string): Promise<void> {
    const cli = join(workflow.folder, 'node_modules/.bin/cdktf');
    const args = [command, '--auto-approve', '--output', workflow.outdir];
    const { exitCode, stdout, stderr } = await workflow.run(cli, args);
    expect({ exitCode, output: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, output: '' });
  }

  test('deploys the app', async () => {
    await cdktf('deploy');
  });

  test.each(seedCases)('runs the execution $name', async (seedCase) => {
    const { status, output, events } = seedCase;
    expect(await runCase(workflow, seedCase)).toEqual({ status, output, events });
  });

  test('destroys it, and leaves nothing behind', async () => {
    await cdktf('destroy');
    expect(isEmpty(workflow)).toBe(true);
  });
});
