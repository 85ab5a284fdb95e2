import { availableParallelism } from 'node:os';
import type { UpstreamServices } from '../../integrations/upstream-services';
import type { AccountContext, Authorize } from '../account-context';
import { operation } from '../api';
import { memoryTable } from '../memory-table';
import type { OpenTable } from '../table';
import * as aliases from './aliases';
import { callUrl } from './call-url';
import { type MayRead, withCodeOfS3 } from './code-in-s3';
import type { RequestMembers } from './code-member';
import { withCheckedCode } from './code-thread';
import * as concurrency from './concurrency';
import { Destinations } from './destinations';
import * as eventInvoke from './event-invoke-config';
import { EventQueue } from './event-queue';
import * as mappings from './event-source-mappings';
import type { CanAssume, LendCredentials } from './execution-role';
import * as code from './function-code';
import type { LogsWriter } from './function-log';
import { FunctionStore } from './function-store';
import * as urls from './function-urls';
import * as functions from './functions';
import { type InvokeRequest, invoke } from './invoke';
import * as layerPermissions from './layer-permissions';
import * as layers from './layers';
import * as permissions from './permissions';
import { processorsIdle } from './processors';
import * as provisioned from './provisioned-concurrency';
import { QueuePollers } from './queue-pollers';
import * as recursion from './recursion-config';
import { type FunctionRequest, type LambdaRequest, lambdaApi } from './requests';
import { type FunctionIdentity, type InvocationLog, Runner } from './runner';
import type { RuntimeFolders } from './runtime-api/api-runtime';
import * as runtimeManagement from './runtime-management';
import * as tags from './tags';
import type { UrlRequest } from './url-request';
import type { UrlResponse } from './url-response';
import * as versions from './versions';

/** What Lambda needs from the account's other services, and how much of this machine it may use. */
export interface LambdaServices {
  readonly logs: LogsWriter;
  readonly authorize: Authorize;
  /** Whether Lambda may assume a function's role (default: any role). */
  readonly canAssume?: CanAssume;
  /** Credentials of a function's role for an environment (default: none that a local AWS knows). */
  readonly lendCredentials?: LendCredentials;
  readonly openTable?: OpenTable;
  /**
   * How many environments work at most at once (default: 50); further invocations wait. While the processors are busy,
   * no more than two per processor work. With 0, functions can be created, but nothing prepares to run them.
   */
  readonly maxEnvironments?: number;
  /** Whether the processors have been mostly idle since the last call (default: measures this machine's). */
  readonly processorsIdle?: () => boolean;
  /** How long all environments may work without one finishing before further requests are refused (default: 10 seconds). */
  readonly stuckTime?: number;
  /** How long an idle environment stays warm, in milliseconds (default: five minutes). */
  readonly idleTime?: number;
  /** How long the init phase may take, in milliseconds (default: 10 seconds, for any function timeout, as on AWS). */
  readonly initTimeout?: number;
  /** Where parts of runtimes are that cannot be found on the PATH. */
  readonly runtimeFolders?: RuntimeFolders;
  /** The services that this account does not have: queues, topics, buckets (default: none). */
  readonly upstream?: UpstreamServices | undefined;
  /** Whether functions run in a sandbox, where this machine has one (default: true). */
  readonly sandbox?: boolean;
}

/**
 * AWS Lambda: functions, and the processes that run them. Operations, members and errors are those of the Lambda API
 * Reference. A function may be named by its name, its partial ARN or its ARN, with or without a version or an alias.
 */
export class LambdaService {
  readonly #store: FunctionStore;
  readonly #runner: Runner;
  readonly #events: EventQueue;
  readonly #pollers: QueuePollers;
  readonly #canAssume: CanAssume;
  readonly #authorize: Authorize;
  readonly #upstream: UpstreamServices | undefined;

  constructor(context: AccountContext, services: LambdaServices) {
    this.#store = new FunctionStore(context, services.openTable ?? memoryTable);
    this.#authorize = services.authorize;
    this.#upstream = services.upstream;
    this.#canAssume = services.canAssume ?? (() => true);
    const most = services.maxEnvironments ?? 50;
    this.#runner = new Runner(context, this.#store, {
      logs: services.logs,
      authorize: services.authorize,
      canAssume: this.#canAssume,
      lendCredentials: services.lendCredentials,
      pool: {
        size: Math.min(most, 2 * availableParallelism()),
        most,
        idleTime: services.idleTime ?? 300_000,
        processorsIdle: services.processorsIdle ?? processorsIdle(),
        ...(services.stuckTime !== undefined && { stuckTime: services.stuckTime }),
      },
      initTimeout: services.initTimeout ?? 10_000,
      runtimeFolders: services.runtimeFolders ?? {},
      sandbox: services.sandbox ?? true,
    });
    const destinations = new Destinations(this.#store, services.authorize, this.#upstream);
    this.#events = new EventQueue(this.#store, this.#runner, destinations);
    const { authorize } = services;
    this.#pollers = new QueuePollers({ store: this.#store, runner: this.#runner, authorize }, this.#upstream);
  }

  /**
   * The members of a request with the package itself, where they say where it is in S3. A large package is checked in
   * another thread, for the operation that follows.
   */
  readonly withCode = async (operation: string, members: RequestMembers, mayRead: MayRead) =>
    withCheckedCode(operation, await withCodeOfS3(this.#upstream, operation, members, mayRead));

  readonly createFunction = this.#operation('CreateFunction', (store, request) =>
    this.#checked(functions.createFunction(store, this.#canAssume, request)),
  );
  readonly getFunction = this.#operation('GetFunction', (store, request) =>
    functions.getFunction(store, request, this.#runner.served),
  );
  /** The download behind `Code.Location` of GetFunction, which is an S3 URL on AWS. */
  readonly getCode = this.#operation('GetFunction', code.getCode);
  readonly getFunctionConfiguration = this.#operation(
    'GetFunctionConfiguration',
    functions.getFunctionConfiguration,
  );
  /** Code signing is not supported: no function has a configuration for it. */
  readonly getFunctionCodeSigningConfig = this.#operation(
    'GetFunctionCodeSigningConfig',
    (store, request) => ({ FunctionName: store.getLatest(request).FunctionName }),
  );
  readonly listFunctions = this.#operation('ListFunctions', functions.listFunctions);
  readonly updateFunctionCode = this.#change('UpdateFunctionCode', code.updateFunctionCode);
  readonly updateFunctionConfiguration = this.#change('UpdateFunctionConfiguration', (store, request) =>
    this.#checked(functions.updateFunctionConfiguration(store, this.#canAssume, request)),
  );
  readonly deleteFunction = this.#change('DeleteFunction', functions.deleteFunction);

  readonly publishVersion = this.#operation('PublishVersion', versions.publishVersion);
  readonly listVersionsByFunction = this.#operation(
    'ListVersionsByFunction',
    versions.listVersionsByFunction,
  );

  readonly createAlias = this.#operation('CreateAlias', aliases.createAlias);
  readonly getAlias = this.#operation('GetAlias', aliases.getAlias);
  readonly updateAlias = this.#operation('UpdateAlias', aliases.updateAlias);
  readonly deleteAlias = this.#operation('DeleteAlias', aliases.deleteAlias);
  readonly listAliases = this.#operation('ListAliases', aliases.listAliases);

  readonly publishLayerVersion = this.#operation('PublishLayerVersion', (store, request) =>
    layers.publishLayerVersion(store, request, this.#runner.served),
  );
  readonly getLayerVersion = this.#operation('GetLayerVersion', (store, request) =>
    layers.getLayerVersion(store, request, this.#runner.served),
  );
  readonly getLayerVersionByArn = this.#operation('GetLayerVersionByArn', (store, request) =>
    layers.getLayerVersionByArn(store, request, this.#runner.served),
  );
  /** The download behind `Content.Location` of GetLayerVersion, which is an S3 URL on AWS. */
  readonly getLayerCode = this.#operation('GetLayerVersion', layers.getLayerCode);
  readonly listLayers = this.#operation('ListLayers', layers.listLayers);
  readonly listLayerVersions = this.#operation('ListLayerVersions', layers.listLayerVersions);
  readonly deleteLayerVersion = this.#operation('DeleteLayerVersion', layers.deleteLayerVersion);
  readonly addLayerVersionPermission = this.#operation(
    'AddLayerVersionPermission',
    layerPermissions.addLayerVersionPermission,
  );
  readonly getLayerVersionPolicy = this.#operation(
    'GetLayerVersionPolicy',
    layerPermissions.getLayerVersionPolicy,
  );
  readonly removeLayerVersionPermission = this.#operation(
    'RemoveLayerVersionPermission',
    layerPermissions.removeLayerVersionPermission,
  );

  readonly putRuntimeManagementConfig = this.#operation(
    'PutRuntimeManagementConfig',
    runtimeManagement.putRuntimeManagementConfig,
  );
  readonly getRuntimeManagementConfig = this.#operation(
    'GetRuntimeManagementConfig',
    runtimeManagement.getRuntimeManagementConfig,
  );
  readonly putFunctionRecursionConfig = this.#operation(
    'PutFunctionRecursionConfig',
    recursion.putFunctionRecursionConfig,
  );
  readonly getFunctionRecursionConfig = this.#operation(
    'GetFunctionRecursionConfig',
    recursion.getFunctionRecursionConfig,
  );

  readonly getAccountSettings = this.#operation('GetAccountSettings', concurrency.getAccountSettings);
  readonly putFunctionConcurrency = this.#operation(
    'PutFunctionConcurrency',
    concurrency.putFunctionConcurrency,
  );
  readonly getFunctionConcurrency = this.#operation(
    'GetFunctionConcurrency',
    concurrency.getFunctionConcurrency,
  );
  readonly deleteFunctionConcurrency = this.#operation(
    'DeleteFunctionConcurrency',
    concurrency.deleteFunctionConcurrency,
  );

  readonly putProvisionedConcurrencyConfig = this.#operation(
    'PutProvisionedConcurrencyConfig',
    provisioned.putProvisionedConcurrencyConfig,
  );
  readonly getProvisionedConcurrencyConfig = this.#operation(
    'GetProvisionedConcurrencyConfig',
    provisioned.getProvisionedConcurrencyConfig,
  );
  readonly listProvisionedConcurrencyConfigs = this.#operation(
    'ListProvisionedConcurrencyConfigs',
    provisioned.listProvisionedConcurrencyConfigs,
  );
  readonly deleteProvisionedConcurrencyConfig = this.#operation(
    'DeleteProvisionedConcurrencyConfig',
    provisioned.deleteProvisionedConcurrencyConfig,
  );

  readonly putFunctionEventInvokeConfig = this.#operation('PutFunctionEventInvokeConfig', (store, request) =>
    eventInvoke.putFunctionEventInvokeConfig(store, this.#authorize, request),
  );
  readonly updateFunctionEventInvokeConfig = this.#operation(
    'UpdateFunctionEventInvokeConfig',
    (store, request) => eventInvoke.updateFunctionEventInvokeConfig(store, this.#authorize, request),
  );
  readonly getFunctionEventInvokeConfig = this.#operation(
    'GetFunctionEventInvokeConfig',
    eventInvoke.getFunctionEventInvokeConfig,
  );
  readonly listFunctionEventInvokeConfigs = this.#operation(
    'ListFunctionEventInvokeConfigs',
    eventInvoke.listFunctionEventInvokeConfigs,
  );
  readonly deleteFunctionEventInvokeConfig = this.#operation(
    'DeleteFunctionEventInvokeConfig',
    eventInvoke.deleteFunctionEventInvokeConfig,
  );

  readonly createFunctionUrlConfig = this.#operation('CreateFunctionUrlConfig', (store, request) =>
    urls.createFunctionUrlConfig(store, request, this.#runner.served),
  );
  readonly getFunctionUrlConfig = this.#operation('GetFunctionUrlConfig', (store, request) =>
    urls.getFunctionUrlConfig(store, request, this.#runner.served),
  );
  readonly updateFunctionUrlConfig = this.#operation('UpdateFunctionUrlConfig', (store, request) =>
    urls.updateFunctionUrlConfig(store, request, this.#runner.served),
  );
  readonly deleteFunctionUrlConfig = this.#operation('DeleteFunctionUrlConfig', urls.deleteFunctionUrlConfig);
  readonly listFunctionUrlConfigs = this.#operation('ListFunctionUrlConfigs', (store, request) =>
    urls.listFunctionUrlConfigs(store, request, this.#runner.served),
  );
  /** An HTTP request to the address of a function; undefined when no function of this region has it. */
  readonly callUrl = (id: string, request: UrlRequest): Promise<UrlResponse | undefined> =>
    callUrl(this.#store, this.#runner, this.#events, id, request);

  readonly createEventSourceMapping = this.#operation('CreateEventSourceMapping', (store, request) =>
    mappings.createEventSourceMapping(store, this.#authorize, this.#pollers, request),
  );
  readonly getEventSourceMapping = this.#operation('GetEventSourceMapping', mappings.getEventSourceMapping);
  readonly listEventSourceMappings = this.#operation(
    'ListEventSourceMappings',
    mappings.listEventSourceMappings,
  );
  readonly updateEventSourceMapping = this.#operation('UpdateEventSourceMapping', (store, request) =>
    mappings.updateEventSourceMapping(store, this.#authorize, this.#pollers, request),
  );
  readonly deleteEventSourceMapping = this.#operation(
    'DeleteEventSourceMapping',
    mappings.deleteEventSourceMapping,
  );

  /** Not an operation of AWS: why nothing reads a source here, and what to do; undefined for one that is read. */
  readonly cannotRead = (eventSourceArn: string): string | undefined =>
    this.#pollers.cannotRead(eventSourceArn);

  readonly addPermission = this.#operation('AddPermission', permissions.addPermission);
  readonly getPolicy = this.#operation('GetPolicy', permissions.getPolicy);
  readonly removePermission = this.#operation('RemovePermission', permissions.removePermission);

  /** Not an operation of AWS: the resource-based policy of a function, a version or an alias, if it has one. */
  readonly resourcePolicy = (request: FunctionRequest) => permissions.resourcePolicy(this.#store, request);

  readonly tagResource = this.#operation('TagResource', tags.tagResource);
  readonly untagResource = this.#operation('UntagResource', tags.untagResource);
  readonly listTags = this.#operation('ListTags', tags.listTags);

  /** Errors reject the promise; it never throws synchronously. */
  readonly invoke = async (request: InvokeRequest) => this.#invoke(request);
  readonly #invoke = this.#operation('Invoke', (store, request: InvokeRequest) =>
    invoke(store, this.#runner, this.#events, request),
  );

  /** Not an operation of AWS: where the log of an invocation is. Undefined for an old one, or one before a restart. */
  invocationLog(requestId: string): InvocationLog | undefined {
    return this.#runner.logOf(requestId);
  }

  /** Sets AWS_ENDPOINT_URL for functions, so that their SDKs call this account. */
  servedAt(url: string, accessKeyId?: string): void {
    this.#runner.served = { url, accessKeyId };
  }

  /** Ends every process at once, busy or idle, and removes the unzipped code. */
  async close(): Promise<void> {
    this.#events.close();
    const pollers = this.#pollers.close();
    await this.#runner.close();
    await pollers;
    this.#store.code.close();
  }

  /** Prepares to run what was created or changed, and warns if it cannot run here. */
  #checked<V extends FunctionIdentity>(version: V): V {
    void this.#runner.prepare(version);
    return version;
  }

  #operation<O extends keyof typeof lambdaApi.requests, R>(
    name: O,
    run: (store: FunctionStore, request: LambdaRequest<O>) => R,
  ) {
    return operation(lambdaApi, name, (request) => run(this.#store, request));
  }

  /** An operation that makes the function's environments obsolete, and perhaps some of its code. */
  #change<O extends 'UpdateFunctionCode' | 'UpdateFunctionConfiguration' | 'DeleteFunction', R>(
    name: O,
    run: (store: FunctionStore, request: LambdaRequest<O>) => R,
  ) {
    return this.#operation(name, (store, request) => {
      const before = store.get(request);
      const result = run(store, request);
      void this.#runner.retire(before.FunctionName).then(() => store.dropUnusedCode(before));
      return result;
    });
  }
}
