import { randomUUID } from 'node:crypto';
import { SystemClock } from '../engine';
import type { AccountContext } from './account-context';
import { IamService } from './iam/iam-service';
import { LambdaService, type LambdaServices } from './lambda/lambda-service';
import { LogsService } from './logs/logs-service';
import { LockTable } from './object-store/lock-table';
import { ObjectStore } from './object-store/object-store';
import type { LambdaInvoker } from './step-functions/dependencies';
import type { StandIn } from './step-functions/stand-ins';
import { StatesService, type StatesServices } from './step-functions/states-service';
import { StsService } from './sts/sts-service';
import { memoryTable, type OpenTable } from './table';

/** The settings of a local account, all optional. */
export interface AccountOptions extends Partial<AccountContext> {
  /** Answers for services that this account does not have, by a Task's Resource. */
  readonly standIns?: readonly StandIn[];
  /** What Step Functions calls as Lambda, such as stand-ins for functions (default: the account's own Lambda). */
  readonly lambdaInvoker?: (lambda: LambdaService) => LambdaInvoker;
  /** How Step Functions asks what roles may do (default: the account's own IAM). */
  readonly permissions?: (iam: IamService) => StatesServices['iam'];
  /** How many execution environments run at once, and how long idle ones are kept. */
  readonly lambda?: Pick<LambdaServices, 'maxEnvironments' | 'idleTime'>;
  /** Where the services keep their records (default: in memory). */
  readonly openTable?: OpenTable;
}

/**
 * An AWS account on this machine, in one region: the services that a state machine with Lambda functions needs. IAM
 * decides what each role may do. Every operation is a method with AWS's own member names and errors.
 */
export class Account implements AccountContext {
  readonly accountId: string;
  readonly region: string;
  readonly clock: AccountContext['clock'];
  readonly uuid: AccountContext['uuid'];
  readonly random: AccountContext['random'];

  readonly iam: IamService;
  readonly sts: StsService;
  readonly logs: LogsService;
  readonly lambda: LambdaService;
  readonly states: StatesService;
  /** With `locks`, where Terraform's `s3` backend keeps its states. */
  readonly objects: ObjectStore;
  readonly locks: LockTable;

  constructor(options: AccountOptions = {}) {
    this.accountId = options.accountId ?? '000000000000';
    this.region = options.region ?? 'us-east-1';
    this.clock = options.clock ?? new SystemClock();
    this.uuid = options.uuid ?? randomUUID;
    this.random = options.random ?? Math.random;
    const openTable = options.openTable ?? memoryTable;

    this.iam = new IamService(this, openTable);
    this.sts = new StsService(this);
    this.logs = new LogsService(this, openTable);
    this.lambda = new LambdaService(this, {
      logs: this.logs,
      authorize: this.iam.authorize,
      canAssume: this.iam.canAssume,
      openTable,
      ...options.lambda,
    });
    this.states = new StatesService(
      this,
      {
        iam: options.permissions?.(this.iam) ?? this.iam,
        lambda: options.lambdaInvoker?.(this.lambda) ?? this.lambda,
        logs: this.logs,
        standIns: options.standIns ?? [],
      },
      openTable,
    );
    this.objects = new ObjectStore(this, openTable);
    this.locks = new LockTable(openTable);
  }

  /** Aborts running executions and ends the execution environments. */
  async close(): Promise<void> {
    await this.states.close();
    await this.lambda.close();
  }
}
