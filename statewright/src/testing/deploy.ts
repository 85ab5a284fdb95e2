import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowType } from '../asl/validation/place';
import { isTemplateFile, synthesizeTemplate } from '../cloudformation';
import { didYouMeanOneOf, quoted } from '../did-you-mean';
import { Account, type AccountOptions } from '../local-aws/account';
import {
  type DeployedStack,
  deployTerraformJson,
  hasConfiguration,
  regionOf,
  stackFileIn,
  variablesOf,
} from '../local-aws/deployment';
import type { ValueMap } from '../terraform/value';
import { UserError } from '../user-error';
import { TestBuckets } from './buckets';
import { atCallSite } from './call-site';
import { stateMachineCalled } from './chosen-machine';
import { closeAfterTests } from './open-workflows';
import { checkOptions, type OptionNames } from './options';
import { otherResources } from './other-resources';
import { isAnsweredByAccount, isAnsweredByBucket } from './own-calls';
import { everything, ownRoles } from './permissions';
import { Runs } from './run';
import { SeededRandom } from './seeded';
import { StandIns } from './stand-ins';
import { returnToken } from './task-token';
import { TestClock } from './test-clock';
import { Workflow } from './workflow';

/** Options of the simulation. */
export interface SimulationOptions {
  /** The seed of random numbers and UUIDs (default: the same on every run). */
  readonly seed?: number;
  /** The simulated time at the start (default: 2024-01-01T00:00:00Z). */
  readonly startTime?: Date;
}

/** Options of `deployStack`. */
export interface StackOptions extends SimulationOptions {
  /** The name of the state machine to run, if the stack has more than one. */
  readonly stateMachine?: string;
  /**
   * Values of the stack's variables, by name (default: those of terraform.tfvars and *.auto.tfvars, or their own defaults).
   * Of a template: those of its parameters.
   */
  readonly variables?: Readonly<Record<string, string>>;
  /** The value of `terraform.workspace` (default: `default`). */
  readonly workspace?: string;
  /** Values that only AWS knows, by name: `{ 'data.aws_subnets.n.ids': ['subnet-1', 'subnet-2'] }`. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Options of `deployDefinition`. */
export interface DefinitionOptions extends SimulationOptions {
  /** The state machine's name (default: `state-machine`). */
  readonly name?: string;
  /** The type of the state machine (default: `STANDARD`). */
  readonly type?: WorkflowType;
}

const SIMULATION_OPTIONS: OptionNames<SimulationOptions> = { seed: true, startTime: true };
const STACK_OPTIONS: OptionNames<StackOptions> = {
  stateMachine: true,
  variables: true,
  workspace: true,
  values: true,
  ...SIMULATION_OPTIONS,
};
const DEFINITION_OPTIONS: OptionNames<DefinitionOptions> = {
  name: true,
  type: true,
  ...SIMULATION_OPTIONS,
};

/** A stack, or a state machine of a stack, that was not found. */
export class NoSuchStackError extends UserError {
  override readonly name = 'NoSuchStackError';
}

/**
 * Deploys a stack to a fresh local account, with its roles, Lambda functions and log groups. Its other resources, such
 * as queues and tables, exist by name only.
 *
 * @param folder the output of `Testing.fullSynth(stack)` or `cdktf synth`: the folder of cdk.tf.json, or the one around a
 * single stack. Or the folder of any Terraform configuration, in HCL or JSON. Or the file of a template of CloudFormation,
 * SAM, the AWS CDK or the Serverless Framework
 * @throws NoSuchStackError, TerraformError naming the place in the stack, UnknownOptionError
 */
export async function deployStack(folder: string, options: StackOptions = {}): Promise<Workflow> {
  return atCallSite(deployStack, () => {
    checkOptions('deployStack', options, STACK_OPTIONS);
    return isFile(folder) && isTemplateFile(folder)
      ? deployTemplate(folder, options)
      : deployFolder(stackFolder(folder), options);
  });
}

/** What is known of a folder that a template was written to. */
interface FromTemplate {
  readonly file: string;
  readonly accountId?: string;
}

/** @param from what the user named, for errors */
async function deployFolder(
  stack: string,
  options: StackOptions,
  { file, ...account }: FromTemplate = { file: stack },
): Promise<Workflow> {
  const { workspace, stateMachine, values = {} } = options;
  const inputs = {
    variables: { ...variablesOf(stack, {}), ...options.variables },
    ...(workspace !== undefined && { workspace }),
  };
  const settings = { ...options, ...account, region: regionOf(stack, inputs), permissions: ownRoles };
  return inFreshAccount(settings, async (account) => {
    const deployed = await deployTerraformJson(account, stack, {
      ...inputs,
      values: values as ValueMap,
      otherTypes: otherResources,
    });
    return chooseStateMachine(account, deployed, file, stateMachine);
  });
}

async function deployTemplate(file: string, { variables, ...options }: StackOptions): Promise<Workflow> {
  const folder = mkdtempSync(join(tmpdir(), 'statewright-template-'));
  try {
    const { accountId } = synthesizeTemplate(file, folder, variables);
    return await deployFolder(folder, options, { file, ...(accountId !== undefined && { accountId }) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/**
 * Deploys a definition alone to a fresh local account, in which every action is allowed, also with the roles of
 * Credentials. It has no Lambda functions: each call of a Task needs a replacement.
 *
 * @param definition typed, or any object in the Amazon States Language
 * @throws AwsError InvalidDefinition with every error and its location, UnknownOptionError
 */
export async function deployDefinition(
  definition: object,
  options: DefinitionOptions = {},
): Promise<Workflow> {
  return atCallSite(deployDefinition, () => {
    checkOptions('deployDefinition', options, DEFINITION_OPTIONS);
    return deployWithBuckets(definition, options);
  });
}

/**
 * `deployDefinition` for a command.
 * @param bucketOf buckets outside of the test, such as folders, in addition to those of `Workflow.bucket`
 */
export async function deployWithBuckets(
  definition: object,
  { name = 'state-machine', type = 'STANDARD', ...simulation }: DefinitionOptions,
  bucketOf?: AccountOptions['bucketOf'],
): Promise<Workflow> {
  const settings = { ...simulation, permissions: everything, ...(bucketOf && { bucketOf }) };
  return inFreshAccount(settings, async ({ states }) => {
    const roleArn = `arn:aws:iam::000000000000:role/${name}`;
    const request = { name, type, roleArn, definition: JSON.stringify(definition ?? null) };
    return states.createStateMachine(request).stateMachineArn;
  });
}

/** The ARN of a Lambda function in the account that definitions are deployed to. */
export function functionArn(name: string): string {
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
}

/** The options of a fresh account. */
interface AccountSettings extends SimulationOptions {
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
  readonly permissions: NonNullable<AccountOptions['permissions']>;
  readonly bucketOf?: AccountOptions['bucketOf'];
}

/** @param deploy returns the state machine's ARN */
async function inFreshAccount(
  { seed = 1, startTime, accountId, region, permissions, bucketOf }: AccountSettings,
  deploy: (account: Account) => Promise<string>,
): Promise<Workflow> {
  const clock = new TestClock(startTime?.getTime());
  const random = new SeededRandom(seed);
  const runs = new Runs();
  const buckets = new TestBuckets(clock, runs, bucketOf);
  const standIns = new StandIns(
    runs,
    (...sent) => returnToken(account, ...sent),
    (task) => isAnsweredByAccount(account, task) || isAnsweredByBucket(buckets, task),
  );
  const account = new Account({
    clock,
    random: random.number,
    uuid: random.uuid,
    ...(accountId !== undefined && { accountId }),
    ...(region !== undefined && { region }),
    permissions,
    standIns: [{ resource: '*', invoke: standIns.service }],
    lambdaInvoker: standIns.lambda,
    bucketOf: buckets.of,
  });
  try {
    const stateMachineArn = await deploy(account);
    const services = account.in(stateMachineArn.split(':')[3] as string);
    return closeAfterTests(
      new Workflow({ account, services, stateMachineArn, clock, random, runs, standIns, buckets }),
    );
  } catch (error) {
    await account.close();
    throw error;
  }
}

/** The folder itself, or that of the only stack inside it. */
function stackFolder(folder: string): string {
  if (hasConfiguration(folder)) return folder;
  const stacks = join(folder, 'stacks');
  const names = existsSync(stacks)
    ? readdirSync(stacks).filter((name) => stackFileIn(join(stacks, name)) !== undefined)
    : [];
  const [name, ...more] = names;
  if (name === undefined) {
    throw new NoSuchStackError(
      `${folder} has no Terraform configuration (*.tf, *.tf.json). Pass its folder, what Testing.fullSynth(stack) returns, or the output of cdktf synth.`,
    );
  }
  if (more.length > 0) {
    const folders = names.map((each) => join('stacks', each)).join(', ');
    throw new NoSuchStackError(`${folder} has more than one stack. Pass the folder of one: ${folders}.`);
  }
  return join(stacks, name);
}

function chooseStateMachine(
  { regions }: Account,
  deployed: DeployedStack,
  file: string,
  wanted?: string,
): string {
  const stateMachines = regions.flatMap(({ states }) => states.listStateMachines().stateMachines);
  const names = stateMachines.map(({ name }) => name);
  const [only, ...more] = stateMachines;
  if (only === undefined) throw new NoSuchStackError(`The stack in ${file} has no state machine.`);
  if (wanted === undefined) {
    if (more.length === 0) return only.stateMachineArn;
    throw new NoSuchStackError(
      `The stack in ${file} has the state machines ${names.join(', ')}. Select one with the option stateMachine.`,
    );
  }
  const found = stateMachineCalled(wanted, stateMachines, deployed);
  if (found) return found.stateMachineArn;
  throw new NoSuchStackError(
    `The stack has no state machine "${wanted}". ${didYouMeanOneOf(wanted, names, quoted)}`,
  );
}
