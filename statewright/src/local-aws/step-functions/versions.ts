import { AwsError } from '../aws-error';
import { aliasesOfVersion } from './aliases';
import { parseArn } from './arn';
import type { StatesDependencies } from './dependencies';
import { statesPage, tokenOf } from './paging';
import { revisionOf } from './records';
import type { StatesRequest } from './requests';
import type { StatesStore } from './store';

/** Publishes the current revision as a version; returns the existing version if it is already published. */
export function publishStateMachineVersion(
  { store }: StatesDependencies,
  request: StatesRequest<'PublishStateMachineVersion'>,
) {
  const machine = store.machine(request.stateMachineArn);
  if (request.revisionId !== undefined && request.revisionId !== machine.revisionId) {
    throw new AwsError(
      'ConflictException',
      `Failed to publish the State Machine version for revision ${request.revisionId}. The current State Machine revision is ${machine.revisionId ?? 'INITIAL'}.`,
    );
  }
  return addVersion(store, machine.stateMachineArn, request.description);
}

/** Adds a version of the current state machine, unless the newest version is the same and has that description. */
export function addVersion(store: StatesStore, stateMachineArn: string, description: string | undefined) {
  const machine = store.machine(stateMachineArn);
  const newest = machine.versions[0];
  const isDescribed = description === undefined || description === newest?.description;
  if (newest && newest.revisionId === machine.revisionId && isDescribed) {
    return {
      stateMachineVersionArn: `${stateMachineArn}:${newest.number}`,
      creationDate: new Date(newest.creationDate),
    };
  }
  const number = machine.versionCount + 1;
  const creationDate = store.context.clock.now();
  const version = {
    number,
    creationDate,
    ...(description !== undefined && { description }),
    ...revisionOf(machine),
  };
  store.updateMachine(stateMachineArn, { versions: [version, ...machine.versions], versionCount: number });
  return { stateMachineVersionArn: `${stateMachineArn}:${number}`, creationDate: new Date(creationDate) };
}

/** Newest first. */
export function listStateMachineVersions(
  { store }: StatesDependencies,
  request: StatesRequest<'ListStateMachineVersions'>,
) {
  const machine = store.machine(request.stateMachineArn);
  const cut = statesPage(machine.versions, request);
  const stateMachineVersions = cut.items.map(({ number, creationDate }) => ({
    stateMachineVersionArn: `${machine.stateMachineArn}:${number}`,
    creationDate: new Date(creationDate),
  }));
  return { stateMachineVersions, ...tokenOf(cut) };
}

/** Deletes a version that no alias references; succeeds if it does not exist. */
export function deleteStateMachineVersion(
  { store }: StatesDependencies,
  { stateMachineVersionArn }: StatesRequest<'DeleteStateMachineVersion'>,
) {
  const { names } = parseArn(stateMachineVersionArn, ['stateMachine']);
  const machine = store.machines.get(stateMachineVersionArn.split(':').slice(0, 7).join(':'));
  const aliases = aliasesOfVersion(store, stateMachineVersionArn).map(({ name }) => name);
  if (aliases.length > 0) {
    throw new AwsError(
      'ConflictException',
      `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${aliases.join(', ')}]`,
    );
  }
  if (machine) {
    const versions = machine.versions.filter((version) => String(version.number) !== names[1]);
    store.updateMachine(machine.stateMachineArn, { versions });
  }
  return {};
}
