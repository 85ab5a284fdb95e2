import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import type { OpenTable, Table } from '../table';
import { CodeStore } from './code-store';
import type { VersionRecord } from './configuration';
import type { EventSourceMapping } from './event-source-mapping';
import { type FunctionReference, parseFunctionName } from './function-name';
import type { AliasRecord, FunctionRecord } from './function-record';
import { LayerStore } from './layer-store';
import type { ConfigurationRequest, FunctionRequest } from './requests';

/** The records that all operations of Lambda work on. */
export class FunctionStore {
  readonly functions: Table<FunctionRecord>;
  readonly code: CodeStore;
  readonly layers: LayerStore;
  readonly eventSourceMappings: Table<EventSourceMapping>;

  constructor(
    readonly context: AccountContext,
    openTable: OpenTable,
  ) {
    this.functions = openTable('lambda.functions');
    this.code = new CodeStore(openTable);
    this.eventSourceMappings = openTable('lambda.event-source-mappings');
    this.layers = new LayerStore(context, openTable);
  }

  /** Reads the FunctionName of a request; the function need not exist. */
  reference(request: FunctionRequest): FunctionReference {
    return parseFunctionName(request.FunctionName, request.Qualifier, this.context);
  }

  /** @throws AwsError ResourceNotFoundException */
  get(request: FunctionRequest): FunctionRecord {
    const { name, qualifier } = this.reference(request);
    const record = this.functions.get(name);
    if (!record) throw notFound(this.arn(name, qualifier));
    return record;
  }

  /** A version of a function, by its number or an alias: `$LATEST` when the request names none. */
  version(request: FunctionRequest): VersionRecord {
    return this.#version(request, ({ FunctionVersion }) => FunctionVersion);
  }

  /** The version for one invocation: an alias with weights has two, and chance decides. */
  versionToRun(request: FunctionRequest): VersionRecord {
    return this.#version(request, ({ FunctionVersion, RoutingConfig }) => {
      const [second] = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
      return second && this.context.random() < second[1] ? second[0] : FunctionVersion;
    });
  }

  #version(request: FunctionRequest, versionOf: (alias: AliasRecord) => string): VersionRecord {
    const record = this.get(request);
    const qualifier = this.reference(request).qualifier ?? record.latest.Version;
    const alias = record.aliases?.find(({ Name }) => Name === qualifier);
    const wanted = alias ? versionOf(alias) : qualifier;
    const version = [record.latest, ...record.versions].find(({ Version }) => Version === wanted);
    if (!version) throw notFound(this.arn(record.FunctionName, qualifier));
    return version;
  }

  /** For operations that change a function: only `$LATEST` can change. */
  getLatest(request: FunctionRequest): FunctionRecord {
    const { qualifier = '$LATEST' } = this.reference(request);
    if (qualifier !== '$LATEST') {
      throw new AwsError(
        'InvalidParameterValueException',
        `This operation is permitted on Lambda functions only. ARNs with a version qualifier are not supported: ${qualifier}`,
      );
    }
    return this.get(request);
  }

  /** Replaces the function with the changed one. */
  set(record: FunctionRecord): void {
    this.functions.set(record.FunctionName, record);
  }

  /** Releases the packages of the former function that no version of the present one uses. */
  dropUnusedCode(before: FunctionRecord): void {
    const now = this.functions.get(before.FunctionName);
    const used = new Set(now ? packages(now) : []);
    const dropped = packages(before).filter((code) => !used.has(code));
    for (const code of dropped) this.code.deleteFolder(before.FunctionName, code);
    this.dropUnused(dropped);
  }

  /** Releases those of the packages that no function and no layer uses. */
  dropUnused(dropped: readonly string[]): void {
    const used = new Set([...[...this.functions.values()].flatMap(packages), ...this.layers.packages()]);
    for (const code of dropped) if (!used.has(code)) this.code.delete(code);
  }

  /** The packages of a function's layers. */
  layerPackages({ Layers }: VersionRecord): string[] {
    return Layers.flatMap((arn) => this.layers.ofFunction(arn)?.CodeSha256 ?? []);
  }

  /** Whether a version of a function has a version of a layer. */
  usesLayer(versionArn: string): boolean {
    return [...this.functions.values()].some(({ latest, versions }) =>
      [latest, ...versions].some(({ Layers }) => Layers.includes(versionArn)),
    );
  }

  /** @throws AwsError when a function may not have the layers of a request */
  checkLayers({ Layers }: ConfigurationRequest): void {
    if (Layers) this.layers.check(Layers);
  }

  /** Whether a text is the name of a function, or its ARN in this region and account. */
  isHere(functionName: string): boolean {
    const prefix = this.arn('');
    return /^[\w-]+$/.test(functionName) || functionName.startsWith(prefix);
  }

  arn(name: string, qualifier?: string): string {
    const arn = `arn:aws:lambda:${this.context.region}:${this.context.accountId}:function:${name}`;
    return qualifier === undefined ? arn : `${arn}:${qualifier}`;
  }
}

const packages = ({ latest, versions }: FunctionRecord) =>
  [latest, ...versions].map(({ CodeSha256 }) => CodeSha256);

const notFound = (arn: string) =>
  new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
