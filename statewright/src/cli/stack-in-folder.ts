import type { WorkflowType } from '../asl/validation/place';
import { didYouMeanOneOf } from '../did-you-mean';
import { Account } from '../local-aws/account';
import { type DeployedStack, deployTerraformJson, regionOf } from '../local-aws/deployment';
import { allEvents } from '../local-aws/logs/all-events';
import type { RegionalServices } from '../local-aws/regional-services';
import { adviceOnModules } from '../terraform/stack-file';
import { stateMachineCalled } from '../testing/chosen-machine';
import { lambdaFunctions } from '../testing/lambda-logs';
import { isAnsweredByAccount, isAnsweredByService } from '../testing/own-calls';
import { ownRoles } from '../testing/permissions';
import { Run, Runs } from '../testing/run';
import { StandIns } from '../testing/stand-ins';
import { Names } from '../testing/targets';
import { returnToken } from '../testing/task-token';
import { UserError } from '../user-error';
import { callOf } from './invocation';
import {
  type EndedExecution,
  type Machine,
  type MachineChoice,
  outcomeOf,
  severalMachines,
  step,
} from './machine';
import { NamedResources } from './named-resources';
import { givenValues, stackInputs } from './project-settings';
import { checkedRegion, environmentRegion } from './region';
import { quote } from './shell';
import { sourceMapper } from './source-map';
import { applyStandIns, type GivenStandIns, missingStandIn } from './stand-ins';
import { createTerminal, type LogLine, Progress } from './terminal';

/**
 * Deploys the stack of a folder to its own local account and runs one of its state machines, with the stack's functions,
 * in real time. Other resources, such as queues, exist by name only; calls to them need an endpoint of their service, or
 * stand-ins.
 */
export async function withStackIn<T>(
  folder: string,
  given: GivenStandIns | undefined,
  choice: MachineChoice,
  progress: Progress | undefined,
  use: (machine: Machine) => Promise<T>,
): Promise<T> {
  const inputs = stackInputs(folder);
  const { account: services = {}, notes = [] } = choice.services ?? {};
  showNotes(
    notes.map(({ text }) => text),
    progress,
  );
  const ofStack = regionOf(folder, inputs);
  const named = new NamedResources();
  const runs = new Runs();
  const standIns = new StandIns(
    runs,
    (...sent) => returnToken(account, ...sent),
    (task) => isAnsweredByAccount(account, task) || isAnsweredByService(services, task),
  );
  const account: Account = new Account({
    region: ofStack === undefined ? environmentRegion() : checkedRegion(ofStack, "the stack's AWS provider"),
    permissions: ownRoles,
    standIns: [{ resource: '*', invoke: standIns.service }],
    lambdaInvoker: standIns.lambda,
    ...services,
    ...(choice.lambda && { lambda: choice.lambda }),
  });
  try {
    const deployed = await step(progress, 'Deploy it to the local AWS', () =>
      deployTerraformJson(account, folder, {
        ...inputs,
        values: givenValues(choice.path),
        valuesOfOtherStacks: true,
        otherTypes: named.otherTypes,
        onProgress: ({ mode, status, address }) => {
          if (mode === 'resource' && status === 'done') progress?.step(address);
        },
      }),
    );
    showNotes(named.reasons, progress);
    const toSources = sourceMapper(deployed, folder);
    const { name, stateMachineArn } = chooseMachine(account, deployed, choice, folder);
    const regional = account.in(stateMachineArn.split(':')[3] as string);
    const { definition, type } = regional.states.describeStateMachine({ stateMachineArn });
    const lambdas = lambdaFunctions(regional);
    const functions = lambdas.map((lambda) => lambda.name);
    const names = new Names(JSON.parse(definition), functions);
    applyStandIns(given, (target, answer) => standIns.replace(names.resolve(target), answer));
    regional.states.listen((executionArn, event, root) => runs.tell(executionArn, event, root));
    let started = 0;
    return await use({
      name,
      definition,
      type,
      functionMemory: Object.fromEntries(lambdas.map((lambda) => [lambda.name, lambda.memorySize])),
      run: (input, title) =>
        step(progress, `Run: ${title}`, () => {
          const number = ++started;
          return new Promise<EndedExecution>((resolve, reject) => {
            const run = new Run(`run-${number}`, reject);
            execute(regional, { stateMachineArn, type, run, runs, input }).then(
              (ended) => resolve(toSources(ended)),
              reject,
            );
          }).catch((error) => {
            throw missingStandIn(error, definition, given, (lambda) => functions.includes(lambda));
          });
        }),
    });
  } finally {
    await account.close();
  }
}

/** With --json, standard output is for another program. */
export function showNotes(notes: readonly string[], progress: Progress | undefined): void {
  if (notes.length === 0) return;
  const shown = progress ?? new Progress(createTerminal({ stream: process.stderr }));
  for (const text of notes) shown.step(text);
}

/** @throws UserError when the stack has no state machine, or several and no name */
function chooseMachine(
  account: Account,
  deployed: DeployedStack,
  { stateMachine: wanted, path }: MachineChoice,
  folder: string,
) {
  const stateMachines = account.regions.flatMap(({ states }) => states.listStateMachines().stateMachines);
  const names = stateMachines.map(({ name }) => name);
  const [only, ...more] = stateMachines;
  if (only === undefined) {
    const deploy = path === undefined ? '--deploy' : `--deploy ${quote(path)}`;
    const functions = `To invoke its functions with the AWS CLI or an SDK: ${callOf('local', deploy)}`;
    const hasFunctions = account.regions.some((regional) => lambdaFunctions(regional).length > 0);
    throw new UserError(
      'The stack has no state machine.',
      adviceOnModules(folder) ?? (hasFunctions ? functions : undefined),
    );
  }
  if (wanted !== undefined) {
    const found = stateMachineCalled(wanted, stateMachines, deployed);
    if (found) return found;
    throw new UserError(`The stack has no state machine "${wanted}".`, didYouMeanOneOf(wanted, names));
  }
  if (more.length === 0) return only;
  throw severalMachines(names);
}

/** One execution of a state machine. */
interface Start {
  readonly stateMachineArn: string;
  readonly type: WorkflowType;
  readonly run: Run;
  readonly runs: Runs;
  readonly input: string;
}

async function execute(
  services: RegionalServices,
  { stateMachineArn, type, run, runs, input }: Start,
): Promise<EndedExecution> {
  const before = new Set(logEvents(services).map(({ eventId }) => eventId));
  runs.add(run);
  const request = { stateMachineArn, name: run.name, input };
  if (type === 'EXPRESS') await services.states.startSyncExecution(request);
  else await services.states.executionEnded(services.states.startExecution(request).executionArn);
  const [events = []] = run.histories.values();
  return {
    input,
    events,
    outcome: outcomeOf(events),
    logs: logEvents(services).filter(({ eventId }) => !before.has(eventId)),
  };
}

/** The log lines of the region's Lambda functions. */
function logEvents(services: RegionalServices): (LogLine & { readonly eventId: string })[] {
  const { logGroups } = services.logs.describeLogGroups({ logGroupNamePrefix: '/aws/lambda/' });
  return logGroups
    .flatMap(({ logGroupName: logGroup }) =>
      [...allEvents(services.logs, logGroup)].map((event) => ({ ...event, logGroup })),
    )
    .sort((a, b) => a.timestamp - b.timestamp);
}
