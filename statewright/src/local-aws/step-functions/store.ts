import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import type { OpenTable, Table } from '../table';
import { parseArn } from './arn';
import { ExecutionStore } from './execution-store';
import { MapRunStore } from './map-run-store';
import { RecentExecutions } from './recent-executions';
import type { ActivityRecord, AliasRecord, MachineRecord, MachineVersion } from './records';

/** @throws InvalidArn for what is not the ARN of a state machine */
export function doesNotExist(arn: string): AwsError {
  parseArn(arn, ['stateMachine']);
  return new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

/** @throws StateMachineDeleting */
export function checkNotDeleting({ deleting, stateMachineArn }: MachineRecord): void {
  if (!deleting) return;
  throw new AwsError('StateMachineDeleting', `State Machine is being deleted: '${stateMachineArn}'`);
}

/** What Step Functions knows, and the few questions that every operation asks of it. */
export class StatesStore {
  /** By ARN. */
  readonly machines: Table<MachineRecord>;
  /** By ARN, in the order they were made. */
  readonly aliases: Table<AliasRecord>;
  /** By ARN, in the order they were made. */
  readonly activities: Table<ActivityRecord>;
  readonly executions: ExecutionStore;
  /** Those of EXPRESS state machines. */
  readonly recent = new RecentExecutions();
  readonly mapRuns: MapRunStore;

  constructor(
    readonly context: AccountContext,
    openTable: OpenTable,
  ) {
    this.machines = openTable('states.machines');
    this.aliases = openTable('states.aliases');
    this.activities = openTable('states.activities');
    this.executions = new ExecutionStore(openTable, context.clock.now());
    this.mapRuns = new MapRunStore(openTable, context.clock.now());
    // No execution runs yet that would end.
    for (const { stateMachineArn, deleting } of [...this.machines.values()]) {
      if (deleting) this.deleteMachine(stateMachineArn);
    }
  }

  /** The state machine that an ARN, with or without a version, belongs to. */
  machine(arn: string): MachineRecord {
    const machine = this.machines.get(arn) ?? this.machines.get(arn.split(':').slice(0, 7).join(':'));
    if (machine === undefined) throw doesNotExist(arn);
    return machine;
  }

  /** The state machine and, where the ARN names one, its version. */
  machineVersion(arn: string): { machine: MachineRecord; version?: MachineVersion } {
    const machine = this.machine(arn);
    const number = arn.slice(machine.stateMachineArn.length + 1);
    if (number === '') return { machine };
    const version = machine.versions.find((candidate) => String(candidate.number) === number);
    if (version === undefined) throw doesNotExist(arn);
    return { machine, version };
  }

  alias(arn: string): AliasRecord {
    const alias = this.aliases.get(arn);
    if (alias === undefined) {
      parseArn(arn, ['stateMachine']);
      throw new AwsError('ResourceNotFound', 'Request references a resource that does not exist.');
    }
    return alias;
  }

  activity(arn: string): ActivityRecord {
    const activity = this.activities.get(arn);
    if (activity === undefined) {
      parseArn(arn, ['activity']);
      throw new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
    }
    return activity;
  }

  updateMachine(arn: string, change: Partial<MachineRecord>): MachineRecord {
    const machine = { ...this.machine(arn), ...change };
    this.machines.set(machine.stateMachineArn, machine);
    return machine;
  }

  /** A deleted state machine's executions and aliases go with it. */
  deleteMachine(stateMachineArn: string): void {
    for (const mapRunArn of this.mapRuns.deleteAllOf(stateMachineArn))
      this.executions.deleteMapRun(mapRunArn);
    this.executions.deleteMachine(stateMachineArn);
    this.recent.deleteAllOf(stateMachineArn);
    const aliases = [...this.aliases.keys()].filter((alias) => alias.startsWith(`${stateMachineArn}:`));
    this.aliases.deleteAll(aliases);
    this.machines.delete(stateMachineArn);
  }
}
