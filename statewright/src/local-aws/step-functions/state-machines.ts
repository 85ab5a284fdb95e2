import { AwsError } from '../aws-error';
import { parseArn } from './arn';
import { checkDefinition } from './check-definition';
import { definitionMembers } from './definition-members';
import type { StatesDependencies } from './dependencies';
import { checkEncryption } from './encryption';
import { checkName } from './name';
import { statesPage, tokenOf } from './paging';
import { checkLogging, checkManagedRules, checkRole } from './permissions';
import type { LoggingConfiguration, MachineRecord, TracingConfiguration } from './records';
import type { StatesRequest } from './requests';
import { checkNotDeleting, doesNotExist } from './store';
import { withTags } from './tags';
import { addVersion } from './versions';

/**
 * Creates a state machine. The same request again returns the same answer and changes nothing, even if its role or its
 * tags differ. Any other request with the same name is a StateMachineAlreadyExists error (Step Functions API Reference,
 * CreateStateMachine).
 */
export function createStateMachine(states: StatesDependencies, request: StatesRequest<'CreateStateMachine'>) {
  const { name, definition, roleArn, type = 'STANDARD', publish = false, versionDescription } = request;
  const { encryptionConfiguration } = request;
  const { store } = states;
  checkName(name);
  checkVersionDescription(publish, versionDescription);
  checkDefinition(definition, type);
  if (encryptionConfiguration) checkEncryption(encryptionConfiguration);
  const { accountId, region, clock } = store.context;
  const stateMachineArn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
  const loggingConfiguration = fullLogging(request.loggingConfiguration);
  const tracingConfiguration = fullTracing(request.tracingConfiguration);
  checkRole(states, roleArn, stateMachineArn);
  checkManagedRules(states, roleArn, definition);
  checkLogging(states, roleArn, loggingConfiguration);

  const existing = store.machines.get(stateMachineArn);
  if (existing) {
    checkNotDeleting(existing);
    const asked = [definition, type, loggingConfiguration, tracingConfiguration, encryptionConfiguration];
    const present = [
      existing.definition,
      existing.type,
      existing.loggingConfiguration,
      existing.tracingConfiguration,
      existing.encryptionConfiguration,
    ];
    if (JSON.stringify(asked) !== JSON.stringify(present)) {
      throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${stateMachineArn}'`);
    }
    return { stateMachineArn, creationDate: new Date(existing.creationDate) };
  }

  const now = clock.now();
  store.machines.set(stateMachineArn, {
    stateMachineArn,
    name,
    type,
    definition,
    roleArn,
    loggingConfiguration,
    tracingConfiguration,
    ...(encryptionConfiguration && { encryptionConfiguration }),
    creationDate: now,
    updateDate: now,
    tags: withTags(stateMachineArn, [], request.tags ?? []),
    versions: [],
    versionCount: 0,
  });
  const published = publish ? addVersion(store, stateMachineArn, versionDescription) : undefined;
  return {
    stateMachineArn,
    creationDate: new Date(now),
    ...(published && { stateMachineVersionArn: published.stateMachineVersionArn }),
  };
}

/** Describes a state machine, or one version of it if the ARN ends with its number. */
export function describeStateMachine(
  { store }: StatesDependencies,
  { stateMachineArn, includedData }: StatesRequest<'DescribeStateMachine'>,
) {
  const { machine, version } = store.machineVersion(stateMachineArn);
  const { creationDate, ...shown } = version ?? machine;
  const { roleArn, loggingConfiguration, tracingConfiguration, revisionId } = shown;
  return {
    stateMachineArn,
    name: machine.name,
    status: machine.deleting ? ('DELETING' as const) : ('ACTIVE' as const),
    ...definitionMembers(shown, includedData),
    roleArn,
    type: machine.type,
    creationDate: new Date(creationDate),
    loggingConfiguration,
    tracingConfiguration,
    ...(revisionId !== undefined && { revisionId }),
    ...(version?.description !== undefined && { description: version.description }),
  };
}

/** Changes the members in the request and keeps the others. Running executions continue with their old definition. */
export function updateStateMachine(states: StatesDependencies, request: StatesRequest<'UpdateStateMachine'>) {
  const { store } = states;
  const machine = store.machines.get(request.stateMachineArn);
  if (machine === undefined) throw doesNotExist(request.stateMachineArn);
  checkNotDeleting(machine);
  const { publish = false, versionDescription } = request;
  if (
    request.definition === undefined &&
    request.roleArn === undefined &&
    request.loggingConfiguration === undefined &&
    request.tracingConfiguration === undefined &&
    request.encryptionConfiguration === undefined
  ) {
    throw new AwsError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  }
  checkVersionDescription(publish, versionDescription);
  const encryptionConfiguration = request.encryptionConfiguration ?? machine.encryptionConfiguration;
  if (encryptionConfiguration) checkEncryption(encryptionConfiguration);
  const changed = {
    definition: request.definition ?? machine.definition,
    roleArn: request.roleArn ?? machine.roleArn,
    loggingConfiguration: request.loggingConfiguration
      ? fullLogging(request.loggingConfiguration)
      : machine.loggingConfiguration,
    tracingConfiguration: request.tracingConfiguration
      ? fullTracing(request.tracingConfiguration)
      : machine.tracingConfiguration,
    ...(encryptionConfiguration && { encryptionConfiguration }),
  };
  checkDefinition(changed.definition, machine.type);
  checkRole(states, changed.roleArn, machine.stateMachineArn);
  checkManagedRules(states, changed.roleArn, changed.definition);
  checkLogging(states, changed.roleArn, changed.loggingConfiguration);

  const now = store.context.clock.now();
  const revisionId = isSame(changed, machine) ? machine.revisionId : store.context.uuid();
  store.updateMachine(machine.stateMachineArn, {
    ...changed,
    updateDate: now,
    ...(revisionId !== undefined && { revisionId }),
  });
  const published = publish ? addVersion(store, machine.stateMachineArn, versionDescription) : undefined;
  return {
    updateDate: new Date(now),
    ...(revisionId !== undefined && { revisionId }),
    ...(published && { stateMachineVersionArn: published.stateMachineVersionArn }),
  };
}

/**
 * Deletes a state machine with its versions and executions; succeeds if it does not exist. While executions run, it is
 * DELETING: each is aborted at its next transition (Step Functions API Reference, DeleteStateMachine).
 */
export function deleteStateMachine(
  { store, running }: StatesDependencies,
  { stateMachineArn }: StatesRequest<'DeleteStateMachine'>,
) {
  parseArn(stateMachineArn, ['stateMachine']);
  const machine = store.machines.get(stateMachineArn);
  if (machine === undefined || machine.deleting) return {};
  const ended = running.allEnded(isExecutionOf(stateMachineArn));
  if (ended === undefined) store.deleteMachine(stateMachineArn);
  else {
    store.updateMachine(stateMachineArn, { deleting: true });
    void ended.then(() => store.deleteMachine(stateMachineArn));
  }
  return {};
}

/** Whether an ARN is that of an execution, STANDARD or EXPRESS, of a state machine. */
function isExecutionOf(stateMachineArn: string): (executionArn: string) => boolean {
  const starts = ['execution', 'express'].map(
    (kind) => `${stateMachineArn.replace(':stateMachine:', `:${kind}:`)}:`,
  );
  return (executionArn) => starts.some((start) => executionArn.startsWith(start));
}

/** Lists state machines in order of name. */
export function listStateMachines(
  { store }: StatesDependencies,
  request: StatesRequest<'ListStateMachines'>,
) {
  const machines = [...store.machines.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const cut = statesPage(machines, request);
  const stateMachines = cut.items.map(({ stateMachineArn, name, type, creationDate }) => ({
    stateMachineArn,
    name,
    type,
    creationDate: new Date(creationDate),
  }));
  return { stateMachines, ...tokenOf(cut) };
}

function fullLogging(given: Partial<LoggingConfiguration> = {}): LoggingConfiguration {
  const { level = 'OFF', includeExecutionData = false, destinations } = given;
  return { level, includeExecutionData, ...(destinations && { destinations }) };
}

const fullTracing = ({ enabled = false }: Partial<TracingConfiguration> = {}): TracingConfiguration => ({
  enabled,
});

function isSame(changed: Partial<MachineRecord>, machine: MachineRecord): boolean {
  return Object.entries(changed).every(
    ([key, value]) => JSON.stringify(value) === JSON.stringify(machine[key as keyof MachineRecord]),
  );
}

function checkVersionDescription(publish: boolean, description: string | undefined): void {
  if (description !== undefined && !publish) {
    throw new AwsError('ValidationException', 'Version description can only be set when publish is true');
  }
}
