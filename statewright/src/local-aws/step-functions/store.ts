import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import type { OpenTable, Table } from '../table';
import { parseArn } from './arn';
import { interrupted } from './interrupted';
import type { AliasRecord, ExecutionRecord, MachineRecord, MachineVersion } from './records';

/** What Step Functions knows, and the few questions that every operation asks of it. */
export class StatesStore {
  /** By ARN. */
  readonly machines: Table<MachineRecord>;
  /** By ARN, in the order they were made. */
  readonly aliases: Table<AliasRecord>;
  /** By ARN, in the order they were started. */
  readonly executions: Table<ExecutionRecord>;
  readonly #executionsByMachine = new Map<string, string[]>();

  constructor(
    readonly context: AccountContext,
    openTable: OpenTable,
  ) {
    this.machines = openTable('states.machines');
    this.aliases = openTable('states.aliases');
    this.executions = openTable('states.executions');
    for (const execution of this.executions.values()) {
      this.#index(execution);
      if (execution.status === 'RUNNING') {
        this.executions.set(execution.executionArn, interrupted(execution, context.clock.now()));
      }
    }
  }

  /** The state machine that an ARN, with or without a version, belongs to. */
  machine(arn: string): MachineRecord {
    const machine = this.machines.get(arn.split(':').slice(0, 7).join(':'));
    if (machine === undefined) {
      parseArn(arn, ['stateMachine']);
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    return machine;
  }

  /** The state machine and, where the ARN names one, its version. */
  machineVersion(arn: string): { machine: MachineRecord; version?: MachineVersion } {
    const machine = this.machine(arn);
    const number = arn.slice(machine.stateMachineArn.length + 1);
    if (number === '') return { machine };
    const version = machine.versions.find((candidate) => String(candidate.number) === number);
    if (version === undefined) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
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

  updateMachine(arn: string, change: Partial<MachineRecord>): MachineRecord {
    const machine = { ...this.machine(arn), ...change };
    this.machines.set(machine.stateMachineArn, machine);
    return machine;
  }

  execution(arn: string): ExecutionRecord {
    const execution = this.executions.get(arn);
    if (execution === undefined) {
      parseArn(arn, ['execution']);
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return execution;
  }

  addExecution(execution: ExecutionRecord): void {
    this.executions.set(execution.executionArn, execution);
    this.#index(execution);
  }

  /** The ARNs of a state machine's executions, in the order they were started. */
  executionsOf(stateMachineArn: string): readonly string[] {
    return this.#executionsByMachine.get(stateMachineArn) ?? [];
  }

  /** A deleted state machine's executions and aliases go with it. */
  deleteMachine(stateMachineArn: string): void {
    for (const arn of this.#executionsByMachine.get(stateMachineArn) ?? []) this.executions.delete(arn);
    this.#executionsByMachine.delete(stateMachineArn);
    for (const { stateMachineAliasArn: alias } of this.aliases.values()) {
      if (alias.startsWith(`${stateMachineArn}:`)) this.aliases.delete(alias);
    }
    this.machines.delete(stateMachineArn);
  }

  #index({ stateMachineArn, executionArn }: ExecutionRecord): void {
    const arns = this.#executionsByMachine.get(stateMachineArn);
    if (arns) arns.push(executionArn);
    else this.#executionsByMachine.set(stateMachineArn, [executionArn]);
  }
}
