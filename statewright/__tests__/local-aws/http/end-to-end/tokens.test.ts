import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { TokenStack } from '../../../constructs/token-stack';
import { describeWith } from '../../../support/tools';
import { startWorkflow, terraformIn, type Workflow } from './workflow';

describeWith(
  ['terraformProviders'],
  'terraform, with values that only Terraform knows in definitions',
  () => {
    let workflow: Workflow;
    let folder: string;
    beforeAll(async () => {
      workflow = await startWorkflow();
      const outdir = join(workflow.folder, 'tokens');
      const app = new App({ outdir, stackTraces: false });
      new TokenStack(app, 'tokens');
      app.synth();
      folder = join(outdir, 'stacks', 'tokens');
      // The provider versions that the workflow's own stack is tested with.
      writeFileSync(join(folder, 'versions_override.tf.json'), workflow.requiredProviders);
    });
    afterAll(() => workflow.close());

    const terraform = (...args: string[]) => terraformIn(folder, workflow, ...args);

    test('a typed definition is valid, deploys, runs, and is what Fn.jsonencode makes of it', async () => {
      await terraform('init', '-input=false');
      expect(await terraform('validate')).toBe('Success! The configuration is valid.\n\n');
      await terraform('apply', '-auto-approve', '-input=false');
      expect(await terraform('plan', '-input=false', '-detailed-exitcode')).toContain('No changes.');

      const { states } = workflow.account;
      const [typed, plain, template] = ['typed', 'plain', 'template'].map((name) =>
        workflow.stateMachineArn.replace(/[\w-]+$/, name),
      ) as [string, string, string];
      const definitionOf = (stateMachineArn: string) =>
        JSON.parse(states.describeStateMachine({ stateMachineArn }).definition);
      expect(definitionOf(typed)).toEqual(definitionOf(plain));
      expect(definitionOf(template)).toEqual(definitionOf(plain));
      expect(definitionOf(typed)).toMatchObject({
        Comment: 'say "hi" \\ to <all>\n{% not this %}',
        TimeoutSeconds: 7200,
        States: {
          Wait: { Seconds: 1 },
          Pick: { Choices: [{ NumericEquals: 7 }, { BooleanEquals: true }, {}, {}] },
          Both: { Parameters: { names: ['TestError', 'Quoted"Error'], labels: { team: 'a' } } },
        },
      });

      const { executionArn } = states.startExecution({ stateMachineArn: typed, input: '{"days": 7}' });
      const ended = await states.executionEnded(executionArn);
      expect(ended).toMatchObject({ status: 'SUCCEEDED' });
      expect(JSON.parse(ended.output ?? '')).toMatchObject({ days: 7, joined: 'TestError,Quoted"Error' });
      await terraform('destroy', '-auto-approve', '-input=false');
    });
  },
);
