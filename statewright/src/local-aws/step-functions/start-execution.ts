import { UserError } from '../../user-error';
import { AwsError } from '../aws-error';
import { routedVersion } from './aliases';
import type { StatesDependencies } from './dependencies';
import { dataMembers } from './execution-data';
import { checkExecutionInput } from './execution-input';
import { checkName } from './name';
import type { ExecutionDetails, ExecutionRecord, MachineRecord, Revision } from './records';
import type { StatesRequest } from './requests';
import { type RunRequest, runExecution, runKept } from './run-execution';
import type { StandIn } from './stand-ins';
import { checkNotDeleting } from './store';

/**
 * Starts an execution. The same name with the same input answers as before while that execution runs; else a name that
 * was used is ExecutionAlreadyExists. Executions of EXPRESS state machines are not kept: what is left is their log, and the last ones for the console.
 *
 * @param startedBy the execution whose Task starts it
 */
export function startExecution(
  states: StatesDependencies,
  request: StatesRequest<'StartExecution'>,
  startedBy?: string,
) {
  const started = prepare(states, request, startedBy);
  const { machine, name, input, traceHeader } = started;
  if (machine.type === 'EXPRESS') {
    const { executionArn, startDate } = runExpress(states, started);
    return { executionArn, startDate: new Date(startDate) };
  }
  const { executions, context } = states.store;
  const executionArn = executionArnOf(machine, 'execution', name);
  const existing = executions.find(executionArn);
  if (existing?.status === 'RUNNING' && executions.details(executionArn).input === input) {
    return { executionArn, startDate: new Date(existing.startDate) };
  }
  if (existing) {
    throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
  }
  const plain: ExecutionRecord = {
    executionArn,
    stateMachineArn: machine.stateMachineArn,
    name,
    status: 'RUNNING',
    startDate: context.clock.now(),
    revision: executions.keepRevision(machine.stateMachineArn, started.revision),
  };
  const record = withOrigin(plain, started);
  const details: ExecutionDetails = traceHeader ? { input, traceHeader } : { input };
  runKept(states, requestOf(started, executionArn), record, details, executions.add(record, details));
  return { executionArn, startDate: new Date(record.startDate) };
}

/** Runs an EXPRESS state machine and waits for its end. */
export async function startSyncExecution(
  states: StatesDependencies,
  request: StatesRequest<'StartSyncExecution'>,
) {
  const started = prepare(states, request);
  const { machine, name, input } = started;
  if (machine.type !== 'EXPRESS') {
    throw new AwsError(
      'StateMachineTypeNotSupported',
      'This operation is not supported by this type of state machine',
    );
  }
  const { executionArn, startDate, execution } = runExpress(states, started);
  const outcome = await execution.outcome;
  const stopDate = execution.events.at(-1)?.timestamp ?? startDate;
  return {
    executionArn,
    stateMachineArn: machine.stateMachineArn,
    name,
    startDate: new Date(startDate),
    stopDate: new Date(stopDate),
    ...(started.traceHeader && { traceHeader: started.traceHeader }),
    ...dataMembers({ input, ...outcome }, request.includedData),
    // AWS shows them for a failed execution, too.
    outputDetails: { included: request.includedData !== 'METADATA_ONLY' },
    billingDetails: {
      billedMemoryUsedInMB: 64,
      billedDurationInMilliseconds: Math.max(100, Math.ceil((stopDate - startDate) / 100) * 100),
    },
  };
}

/** Most executions have no such members, and what copies them takes longer than the rest of a record. */
function withOrigin(record: ExecutionRecord, { versionArn, aliasArn, startedBy }: Prepared): ExecutionRecord {
  if ((versionArn ?? aliasArn ?? startedBy) === undefined) return record;
  return {
    ...record,
    ...(versionArn !== undefined && { stateMachineVersionArn: versionArn }),
    ...(aliasArn !== undefined && { stateMachineAliasArn: aliasArn }),
    ...(startedBy !== undefined && { startedBy }),
  };
}

const requestOf = (
  { machine, revision, input, testCase, startedBy }: Prepared,
  executionArn: string,
): RunRequest => ({ executionArn, machine, revision, input, testCase, startedBy });

interface Prepared {
  readonly machine: MachineRecord;
  readonly revision: Revision;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  readonly name: string;
  readonly input: string;
  readonly traceHeader: string | undefined;
  readonly testCase: StandIn['invoke'] | undefined;
  readonly startedBy: string | undefined;
}

function prepare(
  states: StatesDependencies,
  request: StatesRequest<'StartExecution'>,
  startedBy?: string,
): Prepared {
  const { store } = states;
  const { name = store.context.uuid(), input = '{}', traceHeader } = request;
  const [arn, testCase] = withoutTestCase(request.stateMachineArn);
  const alias = store.aliases.get(arn);
  const { machine, version } = store.machineVersion(
    alias ? routedVersion(alias, store.context.random()) : arn,
  );
  checkNotDeleting(machine);
  checkName(name);
  checkExecutionInput(input);
  const { definition } = version ?? machine;
  const versionArn = version && `${machine.stateMachineArn}:${version.number}`;
  return {
    machine,
    revision: version ?? machine,
    versionArn,
    aliasArn: alias?.stateMachineAliasArn,
    name,
    input,
    traceHeader,
    testCase:
      testCase === undefined
        ? undefined
        : beginTestCase(states, { name: machine.name, definition }, testCase),
    startedBy,
  };
}

/** @returns the ARN of a state machine, and the name of a test case after a `#`, if it has one */
function withoutTestCase(arn: string): [arn: string, testCase?: string] {
  const end = arn.indexOf('#');
  return end < 0 ? [arn] : [arn.slice(0, end), arn.slice(end + 1)];
}

/** `ARN#TestCase` is what Step Functions Local takes; on AWS, a state machine with this ARN does not exist. */
function beginTestCase(
  { testCases }: StatesDependencies,
  machine: { readonly name: string; readonly definition: string },
  testCase: string,
): StandIn['invoke'] {
  if (testCases === undefined) {
    throw new AwsError(
      'StateMachineDoesNotExist',
      `State Machine Does Not Exist: '${machine.name}#${testCase}'. Test cases need a mock configuration file: statewright local --mock-config FILE`,
    );
  }
  try {
    return testCases.begin(machine, testCase);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new AwsError('ValidationException', [error.message, error.hint].filter(Boolean).join(' '));
  }
}

function runExpress(states: StatesDependencies, started: Prepared) {
  const { clock, uuid } = states.store.context;
  const { machine, revision, name, input, startedBy } = started;
  const executionArn = `${executionArnOf(machine, 'express', name)}:${uuid()}`;
  const startDate = clock.now();
  const execution = runExecution(states, requestOf(started, executionArn));
  states.running.add(executionArn, execution);
  const { stateMachineArn } = machine;
  const { definition } = revision;
  const invocations = states.running.invocations(executionArn) ?? [];
  const recent = { executionArn, stateMachineArn, name, startDate, definition, input, invocations };
  states.store.recent.add({ ...recent, ...(startedBy !== undefined && { startedBy }) }, execution);
  return { executionArn, startDate, execution };
}

const executionArnOf = (machine: MachineRecord, kind: 'execution' | 'express', name: string) =>
  `${machine.stateMachineArn.replace(':stateMachine:', `:${kind}:`)}:${name}`;
