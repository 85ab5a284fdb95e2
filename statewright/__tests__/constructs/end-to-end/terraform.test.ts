import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { zipSync } from 'fflate';
import { defineStateMachine } from '../../../src/asl';
import { Deployment, LambdaFunction, StateMachine } from '../../../src/constructs';
import { startWorkflow, terraformIn, type Workflow } from '../../local-aws/http/end-to-end/workflow';
import { describeWith } from '../../support/tools';

const python = (text: string) => `def handler(event, context):\n    return {"${text}": event["name"]}\n`;

describeWith(['terraformProviders', 'python'], 'terraform, with functions in Python', () => {
  let workflow: Workflow;
  let folder: string;
  beforeAll(async () => {
    workflow = await startWorkflow();
    const code = join(workflow.folder, 'functions');
    mkdirSync(code);
    writeFileSync(join(code, 'app.py'), python('folder'));
    const zip = join(workflow.folder, 'zipped.zip');
    writeFileSync(zip, zipSync({ 'app.py': Buffer.from(python('zip')) }));

    const outdir = join(workflow.folder, 'constructs');
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, 'constructs');
    new AwsProvider(stack, 'aws', { region: 'us-east-1' });
    new ArchiveProvider(stack, 'archive');
    const deployment = new Deployment(stack, 'current', { region: 'us-east-1' });
    const runtime = { runtime: 'python3.11', handler: 'app.handler', deployment } as const;
    const inFolder = new LambdaFunction(stack, 'folder', { name: 'folder', code, ...runtime });
    const zipped = new LambdaFunction(stack, 'zip', { name: 'zip', code: zip, tracing: false, ...runtime });
    const definition = defineStateMachine({
      StartAt: 'Folder',
      States: {
        Folder: { Type: 'Task', Resource: inFolder.arn, ResultPath: '$.folder', Next: 'Zip' },
        Zip: { Type: 'Task', Resource: zipped.arn, ResultPath: '$.zip', End: true },
      },
    });
    new StateMachine(stack, 'greet', { name: 'greet', type: 'EXPRESS', definition, deployment });
    new StateMachine(stack, 'quiet', {
      name: 'quiet',
      logLevel: 'OFF',
      tracing: false,
      definition,
      deployment,
    });
    app.synth();
    folder = join(outdir, 'stacks', 'constructs');
    writeFileSync(join(folder, 'versions_override.tf.json'), workflow.requiredProviders);
  });
  afterAll(() => workflow.close());

  const terraform = (...args: string[]) => terraformIn(folder, workflow, ...args);

  test('an EXPRESS state machine deploys, runs and writes its log', async () => {
    await terraform('init', '-input=false');
    await terraform('apply', '-auto-approve', '-input=false');
    expect(await terraform('plan', '-input=false', '-detailed-exitcode')).toContain('No changes.');

    const { states, logs } = workflow.account;
    const stateMachineArn = workflow.stateMachineArn.replace(/[\w-]+$/, 'greet');
    const execution = await states.startSyncExecution({ stateMachineArn, input: '{"name": "Ada"}' });
    expect(execution).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"name":"Ada","folder":{"folder":"Ada"},"zip":{"zip":"Ada"}}',
    });
    const { events } = logs.filterLogEvents({ logGroupName: '/aws/vendedlogs/states/greet' });
    expect(JSON.parse(events.at(-1)?.message ?? '')).toMatchObject({ type: 'ExecutionSucceeded' });
  });
});
