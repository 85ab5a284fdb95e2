import { AwsError } from '../aws-error';
import { parseArn } from './arn';
import type { StatesDependencies } from './dependencies';
import { statesPage, tokenOf } from './paging';
import type { AliasRecord } from './records';
import type { RoutingConfigurationItem, StatesRequest } from './requests';
import type { StatesStore } from './store';

/** Creates an alias. The same request again returns the same answer; another one with the name is a conflict. */
export function createStateMachineAlias(
  { store }: StatesDependencies,
  request: StatesRequest<'CreateStateMachineAlias'>,
) {
  const { name, description, routingConfiguration } = request;
  const stateMachineArn = checkRouting(store, routingConfiguration);
  const stateMachineAliasArn = `${stateMachineArn}:${name}`;
  const existing = store.aliases.get(stateMachineAliasArn);
  if (existing) {
    const asked = JSON.stringify([description, routingConfiguration]);
    if (asked !== JSON.stringify([existing.description, existing.routingConfiguration])) {
      throw new AwsError(
        'ConflictException',
        'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
      );
    }
    return { stateMachineAliasArn, creationDate: new Date(existing.creationDate) };
  }
  const now = store.context.clock.now();
  store.aliases.set(stateMachineAliasArn, {
    stateMachineAliasArn,
    name,
    ...(description !== undefined && { description }),
    routingConfiguration,
    creationDate: now,
    updateDate: now,
  });
  return { stateMachineAliasArn, creationDate: new Date(now) };
}

export function describeStateMachineAlias(
  { store }: StatesDependencies,
  request: StatesRequest<'DescribeStateMachineAlias'>,
) {
  const alias = store.alias(request.stateMachineAliasArn);
  return {
    ...alias,
    creationDate: new Date(alias.creationDate),
    updateDate: new Date(alias.updateDate),
  };
}

/** Changes the members in the request and keeps the others. */
export function updateStateMachineAlias(
  { store }: StatesDependencies,
  request: StatesRequest<'UpdateStateMachineAlias'>,
) {
  const { stateMachineAliasArn, ...change } = request;
  const alias = store.alias(stateMachineAliasArn);
  if (Object.keys(change).length === 0) {
    // AWS's message is not known; this follows UpdateStateMachine's.
    throw new AwsError(
      'ValidationException',
      'Either the description or the RoutingConfiguration must be specified',
    );
  }
  if (change.routingConfiguration && checkRouting(store, change.routingConfiguration) !== machineOf(alias)) {
    throw ofOtherMachine();
  }
  const updateDate = store.context.clock.now();
  store.aliases.set(stateMachineAliasArn, { ...alias, ...change, updateDate });
  return { updateDate: new Date(updateDate) };
}

/** Succeeds if the alias does not exist. */
export function deleteStateMachineAlias(
  { store }: StatesDependencies,
  request: StatesRequest<'DeleteStateMachineAlias'>,
) {
  parseArn(request.stateMachineAliasArn, ['stateMachine']);
  store.aliases.delete(request.stateMachineAliasArn);
  return {};
}

/** In the order in which they were created; for a version, the aliases that route to it. */
export function listStateMachineAliases(
  { store }: StatesDependencies,
  request: StatesRequest<'ListStateMachineAliases'>,
) {
  const { machine, version } = store.machineVersion(request.stateMachineArn);
  const aliases = version
    ? aliasesOfVersion(store, request.stateMachineArn)
    : [...store.aliases.values()].filter((alias) => machineOf(alias) === machine.stateMachineArn);
  const cut = statesPage(aliases, request);
  const stateMachineAliases = cut.items.map(({ stateMachineAliasArn, creationDate }) => ({
    stateMachineAliasArn,
    creationDate: new Date(creationDate),
  }));
  return { stateMachineAliases, ...tokenOf(cut) };
}

/** The aliases that route to a version. */
export function aliasesOfVersion(store: StatesStore, stateMachineVersionArn: string): AliasRecord[] {
  return [...store.aliases.values()].filter(({ routingConfiguration }) =>
    routingConfiguration.some((route) => route.stateMachineVersionArn === stateMachineVersionArn),
  );
}

/** Chooses the version for an execution of the alias by the weights. @param random in [0, 1) */
export function routedVersion({ routingConfiguration }: AliasRecord, random: number): string {
  const [first, second] = routingConfiguration;
  const chosen = second && first && random * 100 >= first.weight ? second : first;
  return chosen?.stateMachineVersionArn ?? '';
}

/** The ARN of the state machine whose versions an alias routes to. */
export const machineOf = ({ stateMachineAliasArn }: AliasRecord) => withoutQualifier(stateMachineAliasArn);

/** Checks a routing configuration and returns the ARN of its state machine. */
function checkRouting(store: StatesStore, routes: readonly RoutingConfigurationItem[]): string {
  const arns = routes.map((route) => route.stateMachineVersionArn);
  const shown = `[${arns.join(', ')}]`;
  if (!arns.every((arn) => isVersion(store, arn))) {
    throw invalid(`Routing configuration must contain state machine version ARNs. Received: ${shown}`);
  }
  const [machine, ...others] = new Set(arns.map(withoutQualifier));
  if (machine === undefined || others.length > 0) throw ofOtherMachine();
  if (new Set(arns).size !== arns.length) {
    throw invalid(
      `Routing configuration must contain distinct state machine version ARNs. Received: ${shown}`,
    );
  }
  const weights = routes.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) {
    throw invalid(`Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`);
  }
  return machine;
}

/** @throws InvalidArn */
function isVersion(store: StatesStore, arn: string): boolean {
  const { names } = parseArn(arn, ['stateMachine']);
  const machine = store.machines.get(withoutQualifier(arn));
  return machine?.versions.some(({ number }) => String(number) === names[1]) ?? false;
}

const withoutQualifier = (arn: string) => arn.slice(0, arn.lastIndexOf(':'));

const invalid = (message: string) => new AwsError('ValidationException', message);

/** Own wording: AWS's message is not known. */
const ofOtherMachine = () =>
  invalid('Routing configuration must contain versions of the same state machine.');
