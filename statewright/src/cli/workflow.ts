import type { ExecutionOutcome } from '../engine';
import type { HistoryEvent } from '../history/events';
import type { Account } from '../local-aws/account';
import { UserError } from '../user-error';
import { sourceMapper } from './source-map';
import { synthesizeProject } from './synthesize-project';
import type { LogLine, Progress } from './terminal';

/** What the project's workflow is known to do: its two executions, each with its short name. */
export const demonstration = [
  { name: 'success', title: 'Execution without input', input: '{}', output: '"success"' },
  {
    name: 'fail',
    title: 'Execution with {"fail": true}',
    input: '{"fail": true}',
    output: '"handled error"',
  },
] as const;

/** The project's workflow, deployed to a local account. */
export interface DeployedWorkflow {
  /** The state machine in the Amazon States Language, JSON text. */
  readonly definition: string;
  /** Runs one execution to its end, with the input as JSON text; `title` is for the progress. */
  run(input: string, title: string): Promise<EndedExecution>;
}

export interface EndedExecution {
  readonly input: string;
  readonly events: readonly HistoryEvent[];
  readonly outcome: ExecutionOutcome;
  /** What the Lambda functions logged meanwhile. Like the outcome it is for a person, and names the user's sources. */
  readonly logs: readonly LogLine[];
}

/** Brings the workflow up in an account of its own, hands it over, and takes it all down again. */
export async function withWorkflow<T>(
  progress: Progress | undefined,
  use: (workflow: DeployedWorkflow) => Promise<T>,
): Promise<T> {
  const step = <R>(label: string, work: () => Promise<R>, blocking = false): Promise<R> =>
    progress ? progress.run(label, work, blocking) : work();
  const { folder, local } = await step('Synthesize the stack', loadAndSynthesize);
  const { Account, deployTerraformJson, regionOf, variablesIn } = local;
  const variables = variablesIn(process.env);
  const region = regionOf(folder, variables);
  const account = new Account(region === undefined ? {} : { region });
  try {
    const deployment = await step('Deploy cdk.tf.json to the local AWS', () =>
      deployTerraformJson(account, folder, {
        variables,
        onProgress: ({ mode, status, address }) => {
          if (mode === 'resource' && status === 'done') progress?.step(address);
        },
      }),
    );
    const stateMachineArn = String(deployment.outputs.state_machine_arn);
    const toSources = sourceMapper(deployment, folder);
    return await use({
      definition: account.states.describeStateMachine({ stateMachineArn }).definition,
      run: (input, title) =>
        step(`Run: ${title}`, async () => toSources(await execute(account, stateMachineArn, input))),
    });
  } finally {
    await account.close();
  }
}

/** The app runs in a process of its own; meanwhile the local AWS, which takes its time too, is loaded. */
async function loadAndSynthesize() {
  const [[stack], account, deployment] = await Promise.all([
    synthesizeProject(),
    import('../local-aws/account'),
    import('../local-aws/deployment'),
  ]);
  if (!stack) throw new UserError('The app has no stack.');
  return { folder: stack.folder, local: { ...account, ...deployment } };
}

async function execute(account: Account, stateMachineArn: string, input: string): Promise<EndedExecution> {
  const before = new Set(logEvents(account).map(({ eventId }) => eventId));
  const { executionArn } = account.states.startExecution({ stateMachineArn, input });
  const { status, output, error, cause } = await account.states.executionEnded(executionArn);
  return {
    input,
    events: account.states.getExecutionHistory({ executionArn }).events,
    outcome: { status, output, error, cause } as ExecutionOutcome,
    logs: logEvents(account).filter(({ eventId }) => !before.has(eventId)),
  };
}

/** What the account's Lambda functions have logged. */
function logEvents(account: Account): (LogLine & { readonly eventId: string })[] {
  const { logGroups } = account.logs.describeLogGroups({ logGroupNamePrefix: '/aws/lambda/' });
  return logGroups
    .flatMap(({ logGroupName: logGroup }) =>
      account.logs
        .filterLogEvents({ logGroupName: logGroup })
        .events.map((event) => ({ ...event, logGroup })),
    )
    .sort((a, b) => a.timestamp - b.timestamp);
}
