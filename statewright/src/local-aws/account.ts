import { randomUUID } from 'node:crypto';
import { SystemClock } from '../engine';
import type { UpstreamOf } from '../integrations/upstream';
import type { AccountContext } from './account-context';
import { identify } from './account-identity';
import type { KeptRequest } from './deployment/update/kept-requests';
import { IamService } from './iam/iam-service';
import type { LambdaService } from './lambda/lambda-service';
import type { LogsService } from './logs/logs-service';
import { memoryTable } from './memory-table';
import { LockTable } from './object-store/lock-table';
import { ObjectStore } from './object-store/object-store';
import { RegionalServices, type RegionalSettings } from './regional-services';
import { RegionalTables } from './regional-tables';
import type { StatesService } from './step-functions/states-service';
import { StsService } from './sts/sts-service';
import type { OpenTable, Table } from './table';

/** The settings of a local account, all optional. */
export interface AccountOptions extends Partial<AccountContext>, RegionalSettings {
  /** Where the services keep their records (default: in memory). */
  readonly openTable?: OpenTable;
}

/**
 * An AWS account on this machine: the services that a state machine with Lambda functions needs. IAM and STS are
 * global, the other services have their resources in each region. IAM decides what each role may do. Every operation is
 * a method with AWS's own member names and errors.
 */
export class Account implements AccountContext {
  readonly accountId: string;
  /** The region of requests that name none. */
  readonly region: string;
  readonly clock: AccountContext['clock'];
  readonly uuid: AccountContext['uuid'];
  readonly random: AccountContext['random'];
  /** Writes to standard error, if the options do not say otherwise. */
  readonly warn: (message: string) => void;

  readonly iam: IamService;
  readonly sts: StsService;
  /** The services of the default region. */
  readonly logs: LogsService;
  readonly lambda: LambdaService;
  readonly states: StatesService;
  /** With `locks`, where Terraform's `s3` backend keeps its states. */
  readonly objects: ObjectStore;
  readonly locks: LockTable;
  /** What the deployments of stacks have requested, by resource. */
  readonly deployments: Table<KeptRequest>;
  /** Where the services are that this account does not have. */
  readonly upstreamOf: UpstreamOf | undefined;

  readonly #tables: RegionalTables;
  readonly #settings: RegionalSettings;
  readonly #regions = new Map<string, RegionalServices>();
  #served: Parameters<LambdaService['servedAt']> | undefined;

  constructor(options: AccountOptions = {}) {
    const openTable = options.openTable ?? memoryTable;
    const { accountId, firstRegion } = identify(openTable, options);
    this.accountId = accountId;
    this.region = options.region ?? firstRegion;
    this.clock = options.clock ?? new SystemClock();
    this.uuid = options.uuid ?? randomUUID;
    this.random = options.random ?? Math.random;
    this.warn = options.warn ?? ((message) => process.stderr.write(`Warning: ${message}\n`));

    this.#settings = options;
    this.upstreamOf = options.upstreamOf;
    this.#tables = new RegionalTables(openTable, firstRegion);
    this.iam = new IamService(this, openTable);
    this.sts = new StsService(this, this.iam, openTable);
    this.objects = new ObjectStore(this, openTable);
    this.locks = new LockTable(openTable);
    this.deployments = openTable('account.deployments', { values: 'disk', durability: 'buffered' });
    for (const region of this.#tables.regions) this.in(region);
    const { logs, lambda, states } = this.in(this.region);
    this.logs = logs;
    this.lambda = lambda;
    this.states = states;
  }

  /** The services of a region. */
  in(region: string): RegionalServices {
    const found = this.#regions.get(region);
    if (found) return found;
    const made = new RegionalServices({ ...this, region }, this, this.#tables.open(region), this.#settings);
    if (this.#served) made.lambda.servedAt(...this.#served);
    this.#regions.set(region, made);
    return made;
  }

  /** The regions that hold something, and the default region, which is the first. */
  get regions(): readonly RegionalServices[] {
    const others = [...this.#regions.values()].filter(
      ({ region, isEmpty }) => region !== this.region && !isEmpty,
    );
    return [this.in(this.region), ...others.sort((a, b) => (a.region < b.region ? -1 : 1))];
  }

  /** Lets the functions of all regions know where the account is served. */
  servedAt(...place: Parameters<LambdaService['servedAt']>): void {
    this.#served = place;
    for (const { lambda } of this.#regions.values()) lambda.servedAt(...place);
  }

  /** Aborts running executions and ends the execution environments. */
  async close(): Promise<void> {
    await Promise.all([...this.#regions.values()].map((region) => region.close()));
  }
}
