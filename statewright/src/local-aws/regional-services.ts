import type { BucketOf } from '../integrations/bucket';
import type { ConnectionParameters } from '../integrations/connections';
import type { UpstreamOf } from '../integrations/upstream';
import { UpstreamServices } from '../integrations/upstream-services';
import type { AccountContext, AuthorizationRequest } from './account-context';
import { EventBus } from './events/event-bus';
import { targetDelivery } from './events/target-delivery';
import type { AssumeRequest } from './iam/assume-role';
import type { IamService } from './iam/iam-service';
import { LambdaService, type LambdaServices } from './lambda/lambda-service';
import { functionDestinations } from './logs/function-destinations';
import { LogsService } from './logs/logs-service';
import { ownOperations } from './own-operations';
import type { LambdaInvoker } from './step-functions/dependencies';
import type { StandIn, TestCases } from './step-functions/stand-ins';
import { StatesService, type StatesServices } from './step-functions/states-service';
import type { StsService } from './sts/sts-service';
import type { OpenTable } from './table';

/** The settings of a region's services. */
export interface RegionalSettings {
  /** Answers for services that this account does not have, by a Task's Resource. */
  readonly standIns?: readonly StandIn[];
  /** The test cases that `StartExecution` takes with `ARN#TestCase` (default: none). */
  readonly testCases?: TestCases;
  /** What Step Functions calls as Lambda, such as stand-ins for functions (default: the region's own Lambda). */
  readonly lambdaInvoker?: (lambda: LambdaService) => LambdaInvoker;
  /** The time of executions (default: the account's clock). */
  readonly executionClock?: AccountContext['clock'];
  /** How Step Functions and Lambda ask what roles may do (default: the account's own IAM). */
  readonly permissions?: (iam: IamService) => StatesServices['iam'];
  /** Where the services are that this account does not have (default: nowhere). */
  readonly upstreamOf?: UpstreamOf | undefined;
  /** The buckets on this machine, for distributed Maps (default: none). */
  readonly bucketOf?: BucketOf;
  /** EventBridge connections for HTTP Tasks (default: those of EventBridge at its endpoint). */
  readonly connections?: ConnectionParameters;
  /** How many execution environments run at once, and how long idle ones are kept. */
  readonly lambda?: Pick<LambdaServices, 'maxEnvironments' | 'idleTime' | 'runtimeFolders'>;
}

/** Makes a value when it is first needed. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** An account's services in one region. Its IAM is the same in all regions. */
export class RegionalServices implements AccountContext {
  readonly accountId: string;
  readonly region: string;
  readonly clock: AccountContext['clock'];
  readonly uuid: AccountContext['uuid'];
  readonly random: AccountContext['random'];

  readonly iam: IamService;
  readonly logs: LogsService;
  readonly lambda: LambdaService;
  readonly states: StatesService;
  /** The targets here of EventBridge's rules. */
  readonly events: EventBus;

  constructor(
    { accountId, region, clock, uuid, random }: AccountContext,
    { iam, sts }: { readonly iam: IamService; readonly sts: StsService },
    openTable: OpenTable,
    {
      standIns = [],
      testCases,
      lambdaInvoker,
      executionClock,
      permissions,
      upstreamOf,
      bucketOf,
      connections,
      lambda,
    }: RegionalSettings,
  ) {
    this.accountId = accountId;
    this.region = region;
    this.clock = clock;
    this.uuid = uuid;
    this.random = random;
    this.iam = iam;
    const permitted = permissions?.(iam) ?? iam;
    const asked: StatesServices['iam'] = {
      authorize: (request) => permitted.authorize(this.#from(request)),
      canAssume: (request) => permitted.canAssume(request),
      mayAssume: (...request) => permitted.mayAssume(...request),
    };
    const functions = functionDestinations({ context: this, iam, lambda: () => this.lambda });
    this.logs = new LogsService(this, openTable, functions);
    const upstream =
      upstreamOf &&
      new UpstreamServices(upstreamOf, region, (entries, results) => this.events.accepted(entries, results));
    this.lambda = new LambdaService(this, {
      logs: this.logs,
      authorize: asked.authorize,
      canAssume: (request) => this.#servicesOf(request).some(asked.canAssume),
      lendCredentials: sts.lend,
      openTable,
      upstream,
      ...lambda,
    });
    this.events = new EventBus(
      this,
      openTable,
      upstream,
      targetDelivery({ context: this, iam, lambda: this.lambda, states: () => this.states, upstream }),
    );
    const { logs } = this;
    // Its Tasks call Step Functions itself too.
    const own = once(() => ownOperations({ iam, lambda: this.lambda, logs, states: this.states, sts }));
    this.states = new StatesService(
      this,
      {
        iam: asked,
        lambda: lambdaInvoker?.(this.lambda) ?? this.lambda,
        logs: this.logs,
        standIns,
        testCases,
        clock: executionClock,
        ownOperation: (...named) => own()(...named),
        upstreamOf,
        bucketOf,
        connections,
        onStatusChange:
          upstream?.find('events') &&
          (({ executionArn, time, detail }) =>
            void this.events.put({
              Source: 'aws.states',
              DetailType: 'Step Functions Execution Status Change',
              Resources: [executionArn],
              Time: new Date(time),
              Detail: JSON.stringify(detail),
            })),
        onPutEvents: (entries, results) => this.events.accepted(entries, results),
      },
      openTable,
    );
  }

  /** Whether the region has no state machine, activity, function or log group. */
  get isEmpty(): boolean {
    return (
      this.states.listStateMachines().stateMachines.length === 0 &&
      this.states.listActivities().activities.length === 0 &&
      this.lambda.listFunctions().Functions.length === 0 &&
      this.logs.describeLogGroups().logGroups.length === 0
    );
  }

  /** Aborts running executions and ends the execution environments. */
  async close(): Promise<void> {
    this.events.close();
    this.logs.close();
    await this.states.close();
    await this.lambda.close();
  }

  /**
   * A question to IAM says from which region it comes: policies may depend on `aws:RequestedRegion`. A function's own
   * policy decides, too.
   */
  #from(request: AuthorizationRequest): AuthorizationRequest {
    const { resource } = request;
    const resourcePolicy =
      resource === undefined ? undefined : this.lambda.resourcePolicy({ FunctionName: resource });
    return {
      ...(resourcePolicy !== undefined && { resourcePolicy }),
      ...request,
      conditions: { 'aws:RequestedRegion': this.region, ...request.conditions },
    };
  }

  /** A trust policy may name the service with its region (`lambda.eu-west-1.amazonaws.com`), as for Step Functions. */
  #servicesOf(request: AssumeRequest): AssumeRequest[] {
    const regional = request.service.replace('.', `.${this.region}.`);
    return [request.service, regional].map((service) => ({ ...request, service }));
  }
}
