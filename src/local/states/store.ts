import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import type { OpenTable, Table } from '../table';
import { parseArn } from './arn';
import { interrupted } from './interrupted';
import type { ExecutionRecord, MachineRecord, MachineVersion } from './records';

/** What Step Functions knows, and the few questions that every operation asks of it. */
export class StatesStore {
  /** By ARN. */
  readonly machines: Table<MachineRecord>;
  /** By ARN, in the order they were started. */
  readonly executions: Table<ExecutionRecord>;
  readonly #executionsByMachine = new Map<string, string[]>();

  constructor(
    readonly context: AccountContext,
    openTable: OpenTable,
  ) {
    this.machines = openTable('states.machines');
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

  /** Newest first. */
  executionsOf(stateMachineArn: string): ExecutionRecord[] {
    const arns = this.#executionsByMachine.get(stateMachineArn) ?? [];
    return arns.map((arn) => this.executions.get(arn) as ExecutionRecord).reverse();
  }

  /** A deleted state machine's executions go with it. */
  deleteMachine(stateMachineArn: string): void {
    for (const arn of this.#executionsByMachine.get(stateMachineArn) ?? []) this.executions.delete(arn);
    this.#executionsByMachine.delete(stateMachineArn);
    this.machines.delete(stateMachineArn);
  }

  #index({ stateMachineArn, executionArn }: ExecutionRecord): void {
    const arns = this.#executionsByMachine.get(stateMachineArn);
    if (arns) arns.push(executionArn);
    else this.#executionsByMachine.set(stateMachineArn, [executionArn]);
  }
}
