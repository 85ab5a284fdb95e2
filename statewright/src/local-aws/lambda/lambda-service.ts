import { availableParallelism } from 'node:os';
import type { AccountContext, Authorize } from '../account-context';
import { operation } from '../api';
import { memoryTable, type OpenTable } from '../table';
import * as aliases from './aliases';
import * as concurrency from './concurrency';
import { EventQueue } from './event-queue';
import type { CanAssume } from './execution-role';
import * as code from './function-code';
import type { LogsWriter } from './function-log';
import { FunctionStore } from './function-store';
import * as functions from './functions';
import { type InvokeRequest, invoke } from './invoke';
import * as permissions from './permissions';
import { processorsIdle } from './processors';
import { type LambdaRequest, lambdaApi } from './requests';
import { type InvocationLog, Runner } from './runner';
import * as tags from './tags';
import * as versions from './versions';

/** What Lambda needs of the account's other services, and how much of this machine it may use. */
export interface LambdaServices {
  readonly logs: LogsWriter;
  readonly authorize: Authorize;
  /** Asked for the role of each function; every role will do unless given. */
  readonly canAssume?: CanAssume;
  readonly openTable?: OpenTable;
  /**
   * How many environments work at once at the very most; further invocations wait. 50 unless given. While the
   * processors are busy, no more than two for each of them work.
   */
  readonly maxEnvironments?: number;
  /** Whether the processors have had little to do since this was last asked; looks at this machine's unless given. */
  readonly processorsIdle?: () => boolean;
  /** How long all environments may work without one finishing before further requests are refused. Default: 10 seconds. */
  readonly stuckTime?: number;
  /** How long an idle environment stays warm, in milliseconds. Five minutes unless given. */
  readonly idleTime?: number;
  /** How long the init phase may take, in milliseconds. 10 seconds unless given, whatever a function's timeout, as on AWS. */
  readonly initTimeout?: number;
}

/**
 * AWS Lambda: functions, and the processes that run them. Operations, members and errors are those of the Lambda API
 * Reference. A function may be named by its name, its partial ARN or its ARN, with or without a version or an alias.
 */
export class LambdaService {
  readonly #store: FunctionStore;
  readonly #runner: Runner;
  readonly #events: EventQueue;
  readonly #canAssume: CanAssume;

  constructor(context: AccountContext, services: LambdaServices) {
    this.#store = new FunctionStore(context, services.openTable ?? memoryTable);
    this.#canAssume = services.canAssume ?? (() => true);
    const most = services.maxEnvironments ?? 50;
    this.#runner = new Runner(context, this.#store, {
      logs: services.logs,
      authorize: services.authorize,
      canAssume: this.#canAssume,
      pool: {
        size: Math.min(most, 2 * availableParallelism()),
        most,
        idleTime: services.idleTime ?? 300_000,
        processorsIdle: services.processorsIdle ?? processorsIdle(),
        ...(services.stuckTime !== undefined && { stuckTime: services.stuckTime }),
      },
      initTimeout: services.initTimeout ?? 10_000,
    });
    this.#events = new EventQueue(this.#store, this.#runner);
  }

  readonly createFunction = this.#operation('CreateFunction', (store, request) =>
    functions.createFunction(store, this.#canAssume, request),
  );
  readonly getFunction = this.#operation('GetFunction', (store, request) =>
    functions.getFunction(store, request, this.#runner.endpoint),
  );
  /** What `Code.Location` of GetFunction leads to: on AWS that is a place in S3. */
  readonly getCode = this.#operation('GetFunction', code.getCode);
  readonly getFunctionConfiguration = this.#operation(
    'GetFunctionConfiguration',
    functions.getFunctionConfiguration,
  );
  /** No function has a code signing configuration. */
  readonly getFunctionCodeSigningConfig = this.#operation(
    'GetFunctionCodeSigningConfig',
    (store, request) => ({ FunctionName: store.getLatest(request).FunctionName }),
  );
  readonly listFunctions = this.#operation('ListFunctions', functions.listFunctions);
  readonly updateFunctionCode = this.#change('UpdateFunctionCode', code.updateFunctionCode);
  readonly updateFunctionConfiguration = this.#change('UpdateFunctionConfiguration', (store, request) =>
    functions.updateFunctionConfiguration(store, this.#canAssume, request),
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

  readonly addPermission = this.#operation('AddPermission', permissions.addPermission);
  readonly getPolicy = this.#operation('GetPolicy', permissions.getPolicy);
  readonly removePermission = this.#operation('RemovePermission', permissions.removePermission);

  readonly tagResource = this.#operation('TagResource', tags.tagResource);
  readonly untagResource = this.#operation('UntagResource', tags.untagResource);
  readonly listTags = this.#operation('ListTags', tags.listTags);

  /** Refuses a request as it answers it: by a promise. */
  readonly invoke = async (request: InvokeRequest) => this.#invoke(request);
  readonly #invoke = this.#operation('Invoke', (store, request: InvokeRequest) =>
    invoke(store, this.#runner, this.#events, request),
  );

  /** No operation of AWS: where the log of an invocation is; undefined for one of long ago, or before a restart. */
  invocationLog(requestId: string): InvocationLog | undefined {
    return this.#runner.logOf(requestId);
  }

  /** Tells functions where this account is served, as AWS_ENDPOINT_URL: their SDKs then find it. */
  servedAt(url: string): void {
    this.#runner.endpoint = url;
  }

  /** Ends every process at once, working or not, and removes the unpacked code. */
  async close(): Promise<void> {
    this.#events.close();
    await this.#runner.close();
    this.#store.code.close();
  }

  #operation<O extends keyof typeof lambdaApi.requests, R>(
    name: O,
    run: (store: FunctionStore, request: LambdaRequest<O>) => R,
  ) {
    return operation(lambdaApi, name, (request) => run(this.#store, request));
  }

  /** An operation after which the function's environments are of no more use, nor perhaps some of its code. */
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
