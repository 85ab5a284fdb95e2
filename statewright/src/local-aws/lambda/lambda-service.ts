import { availableParallelism } from 'node:os';
import type { AccountContext, Authorize } from '../account-context';
import { memoryTable, type OpenTable } from '../table';
import * as aliases from './aliases';
import * as concurrency from './concurrency';
import { EventQueue } from './event-queue';
import type { LogsWriter } from './function-log';
import { type FunctionRequest, FunctionStore } from './function-store';
import * as functions from './functions';
import { type InvokeRequest, invoke } from './invoke';
import type { ListRequest } from './paging';
import * as permissions from './permissions';
import { processorsIdle } from './processors';
import { Runner } from './runner';
import * as tags from './tags';

/** What Lambda needs of the account's other services, and how much of this machine it may use. */
export interface LambdaServices {
  readonly logs: LogsWriter;
  readonly authorize: Authorize;
  /** Asked for the role of each function; every role will do unless given. */
  readonly canAssume?: functions.CanAssume;
  readonly openTable?: OpenTable;
  /**
   * How many environments work at once at the very most; further invocations wait. 50 unless given. While the
   * processors are busy, no more than two for each of them work.
   */
  readonly maxEnvironments?: number;
  /** Whether the processors have had little to do since this was last asked; looks at this machine's unless given. */
  readonly processorsIdle?: () => boolean;
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
  readonly #canAssume: functions.CanAssume;

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
      },
      initTimeout: services.initTimeout ?? 10_000,
    });
    this.#events = new EventQueue(this.#store, this.#runner);
  }

  createFunction = (request: functions.CreateFunctionRequest) =>
    functions.createFunction(this.#store, this.#canAssume, request);
  getFunction = (request: FunctionRequest) =>
    functions.getFunction(this.#store, request, this.#runner.endpoint);
  /** What `Code.Location` of GetFunction leads to: on AWS that is a place in S3. */
  // Inferred, the type would be one that TypeScript before 5.9 does not have.
  getCode = (request: FunctionRequest): Buffer => functions.getCode(this.#store, request);
  getFunctionConfiguration = (request: FunctionRequest) =>
    functions.getFunctionConfiguration(this.#store, request);
  listFunctions = (request: ListRequest & { readonly FunctionVersion?: string } = {}) =>
    functions.listFunctions(this.#store, request);
  listVersionsByFunction = (request: FunctionRequest & ListRequest) =>
    functions.listVersionsByFunction(this.#store, request);
  publishVersion = (request: functions.PublishVersionRequest) =>
    functions.publishVersion(this.#store, request);
  /** No function has a code signing configuration. */
  getFunctionCodeSigningConfig = (request: FunctionRequest) => ({
    FunctionName: this.#store.getLatest(request).FunctionName,
  });

  updateFunctionCode = (request: functions.UpdateFunctionCodeRequest) =>
    this.#changing(request, () => functions.updateFunctionCode(this.#store, request));
  updateFunctionConfiguration = (request: functions.UpdateFunctionConfigurationRequest) =>
    this.#changing(request, () =>
      functions.updateFunctionConfiguration(this.#store, this.#canAssume, request),
    );
  deleteFunction = (request: FunctionRequest): void =>
    this.#changing(request, () => functions.deleteFunction(this.#store, request));

  createAlias = (request: aliases.CreateAliasRequest) => aliases.createAlias(this.#store, request);
  getAlias = (request: aliases.AliasRequest) => aliases.getAlias(this.#store, request);
  updateAlias = (request: aliases.UpdateAliasRequest) => aliases.updateAlias(this.#store, request);
  deleteAlias = (request: aliases.AliasRequest): void => aliases.deleteAlias(this.#store, request);
  listAliases = (request: aliases.ListAliasesRequest) => aliases.listAliases(this.#store, request);

  getAccountSettings = () => concurrency.getAccountSettings(this.#store);
  putFunctionConcurrency = (request: FunctionRequest & { readonly ReservedConcurrentExecutions: number }) =>
    concurrency.putFunctionConcurrency(this.#store, request);
  getFunctionConcurrency = (request: FunctionRequest) =>
    concurrency.getFunctionConcurrency(this.#store, request);
  deleteFunctionConcurrency = (request: FunctionRequest): void =>
    concurrency.deleteFunctionConcurrency(this.#store, request);

  addPermission = (request: permissions.AddPermissionRequest) =>
    permissions.addPermission(this.#store, request);
  getPolicy = (request: FunctionRequest) => permissions.getPolicy(this.#store, request);
  removePermission = (request: FunctionRequest & { readonly StatementId: string }): void =>
    permissions.removePermission(this.#store, request);

  tagResource = (request: {
    readonly Resource: string;
    readonly Tags: Readonly<Record<string, string>>;
  }): void => tags.tagResource(this.#store, request);
  untagResource = (request: { readonly Resource: string; readonly TagKeys: readonly string[] }): void =>
    tags.untagResource(this.#store, request);
  listTags = (request: { readonly Resource: string }) => tags.listTags(this.#store, request);

  invoke = (request: InvokeRequest) => invoke(this.#store, this.#runner, this.#events, request);

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

  /** Makes a change after which the function's environments are of no more use, nor perhaps some of its code. */
  #changing<T>(request: FunctionRequest, change: () => T): T {
    const before = this.#store.get(request);
    const result = change();
    void this.#runner.retire(before.FunctionName).then(() => this.#store.dropUnusedCode(before));
    return result;
  }
}
