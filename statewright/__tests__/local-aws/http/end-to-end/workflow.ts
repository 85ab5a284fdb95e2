import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { Account, type AccountOptions } from '../../../../src/local-aws/account';
import { startServer } from '../../../../src/local-aws/server';
import { synthesize } from '../../../fixture/synthesize';
import { eventLine, type SeedCase } from '../../../seed-cases';

/** How a command ended. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The synthesized stack in its own folder, an empty local AWS, and functions that run the real tools against it. */
export async function startWorkflow(options: AccountOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'));
  const outdir = join(folder, 'cdktf.out');
  const stack = synthesize(outdir);
  // Without access to the registry, this pins the versions of the local mirror.
  const override = process.env.TERRAFORM_OVERRIDE;
  if (override) copyFileSync(override, join(stack, 'override.tf.json'));

  const account = new Account(options);
  const server = await startServer(account);
  const region = 'us-east-1';
  const environment = {
    ...process.env,
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
  };
  const client = {
    endpoint: server.url,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };

  return {
    folder,
    outdir,
    stack,
    account,
    /** As Terraform JSON: the providers that the stack needs, in the versions available here. */
    requiredProviders: requiredProviders(stack, override),
    /** The configuration of the SDK's clients. */
    client,
    sfn: new SFNClient(client),
    stateMachineArn: `arn:aws:states:${region}:${account.accountId}:stateMachine:error-handling`,
    /** Asynchronous, because the server runs in this process. */
    run: (command: string, args: readonly string[], cwd = folder) =>
      new Promise<Ran>((resolve) => {
        execFile(command, args, { cwd, env: environment, maxBuffer: 1e8 }, (error, stdout, stderr) =>
          resolve({ exitCode: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
        );
      }),
    close: async () => {
      await server.close();
      await account.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function requiredProviders(stack: string, override: string | undefined): string {
  const { terraform } = JSON.parse(readFileSync(override ?? join(stack, 'cdk.tf.json'), 'utf8'));
  return JSON.stringify({ terraform: { required_providers: terraform.required_providers } });
}

export type Workflow = Awaited<ReturnType<typeof startWorkflow>>;

/** Runs a command of Terraform in a folder. It must succeed, and print no error; its output is returned. */
export async function terraformIn(folder: string, workflow: Workflow, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await workflow.run('terraform', [...args, '-no-color'], folder);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: expect.anything(), stderr: '' });
  return stdout;
}

/** Runs one of the example's executions with the SDK, and returns the result in the case's own members. */
export async function runCase({ sfn, account, stateMachineArn }: Workflow, { input }: SeedCase) {
  const { executionArn = '' } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, ...(input !== undefined && { input }) }),
  );
  await account.states.executionEnded(executionArn);
  const { status, output } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  return { status, output, events: events.map(eventLine) };
}

/** Whether all resources of a deployment are deleted. */
export function isEmpty({ account }: Workflow): boolean {
  return (
    account.states.listStateMachines().stateMachines.length === 0 &&
    account.lambda.listFunctions().Functions.length === 0 &&
    account.lambda.listLayers().Layers.length === 0 &&
    account.iam.listRoles().Roles.length === 0 &&
    account.logs.describeLogGroups().logGroups.length === 0
  );
}
