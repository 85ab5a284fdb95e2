import type { AccountContext } from '../account-context';
import type { OpenTable, Table } from '../table';
import { constraintViolation, invalidParameter, resourceNotFound } from './errors';
import type { StoredCode } from './package-check';
import type { PolicyStatement } from './resource-policy';

/** The record of a layer's version. */
export interface LayerVersionRecord extends StoredCode {
  readonly Version: number;
  readonly Description: string;
  readonly LicenseInfo?: string;
  readonly CompatibleRuntimes?: readonly string[];
  readonly CompatibleArchitectures?: readonly string[];
  /** ISO 8601. */
  readonly CreatedDate: string;
  /** Which accounts may use it. */
  readonly policy?: { readonly statements: readonly PolicyStatement[]; readonly revisionId: string };
  /** Functions that have it keep it, as on AWS; nothing else sees it. */
  readonly deleted?: true;
}

/** The record of a layer. */
export interface LayerRecord {
  readonly LayerName: string;
  /** Oldest first. */
  readonly versions: readonly LayerVersionRecord[];
  /** The number of the next version: numbers are never reused. */
  readonly nextVersion: number;
}

const NAME = '[a-zA-Z0-9-_]+';
const ARN = `arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:${NAME}`;
/** The pattern of LayerName, as the Lambda API Reference shows it. */
const SHOWN_NAME = `(${ARN})|${NAME}`;
/** The constraints on an item of Layers, as AWS shows them. */
const SHOWN_LAYER = `Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: (${ARN}:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+), Member must not be null]`;
const PARTS = /^arn:aws[a-zA-Z-]*:lambda:([a-z0-9-]+):(\d{12}):layer:([\w-]+)(?::(\d+))?$/;
/** Lambda Developer Guide, "Lambda quotas". */
const MOST_LAYERS = 5;

/** The layers of an account: their versions, and which of them a function may have. */
export class LayerStore {
  readonly #layers: Table<LayerRecord>;
  readonly #context: AccountContext;
  /** The ARNs of other accounts' layers that functions have. */
  readonly #foreign = new Set<string>();

  constructor(context: AccountContext, openTable: OpenTable) {
    this.#context = context;
    this.#layers = openTable('lambda.layers');
  }

  /** The layers that have a version, by name. */
  all(): LayerRecord[] {
    return [...this.#layers.values()]
      .map((layer) => ({ ...layer, versions: layer.versions.filter(({ deleted }) => !deleted) }))
      .filter(({ versions }) => versions.length > 0)
      .sort((a, b) => (a.LayerName < b.LayerName ? -1 : 1));
  }

  /** The SHA-256 of every package that is kept for a layer. */
  packages(): string[] {
    return [...this.#layers.values()].flatMap(({ versions }) => versions.map(({ CodeSha256 }) => CodeSha256));
  }

  /** The layer, with its deleted versions. */
  get(name: string): LayerRecord | undefined {
    return this.#layers.get(name);
  }

  set(layer: LayerRecord): void {
    this.#layers.set(layer.LayerName, layer);
  }

  /** Replaces a version with the changed one. */
  setVersion(name: string, changed: LayerVersionRecord): void {
    const layer = this.get(name);
    if (!layer) return;
    const versions = layer.versions.map((one) => (one.Version === changed.Version ? changed : one));
    this.set({ ...layer, versions });
  }

  /** @throws AwsError ResourceNotFoundException */
  version(name: string, number: number): LayerVersionRecord {
    const version = this.get(name)?.versions.find(({ Version }) => Version === number);
    if (!version || version.deleted) throw resourceNotFound();
    return version;
  }

  /** The version that a function has; it may have been deleted since. Undefined for one of another account. */
  ofFunction(versionArn: string): LayerVersionRecord | undefined {
    const [, region, account, name = '', number] = PARTS.exec(versionArn) ?? [];
    if (!this.#isOwn(region, account)) return undefined;
    return this.get(name)?.versions.find(({ Version }) => Version === Number(number));
  }

  arn(name: string, version?: number): string {
    const arn = `arn:aws:lambda:${this.#context.region}:${this.#context.accountId}:layer:${name}`;
    return version === undefined ? arn : `${arn}:${version}`;
  }

  /**
   * Reads the LayerName of a request, which may be an ARN.
   * @throws AwsError when it is malformed, or belongs to another account
   */
  nameIn(text: string): string {
    if (/^[\w-]{1,140}$/.test(text)) return text;
    const [, region, account, name, version] = PARTS.exec(text) ?? [];
    if (name === undefined || version !== undefined) {
      throw constraintViolation(
        text,
        'layerName',
        `Member must satisfy regular expression pattern: ${SHOWN_NAME}`,
      );
    }
    if (!this.#isOwn(region, account)) throw resourceNotFound();
    return name;
  }

  /** Reads the ARN of a layer's version: its name and number. @throws AwsError when it is malformed, or not found */
  versionIn(text: string): { readonly name: string; readonly version: number } {
    const [, region, account, name, version] = PARTS.exec(text) ?? [];
    if (name === undefined || version === undefined) {
      throw constraintViolation(text, 'arn', `Member must satisfy regular expression pattern: ${ARN}:[0-9]+`);
    }
    if (!this.#isOwn(region, account)) throw resourceNotFound();
    return { name, version: Number(version) };
  }

  /**
   * Checks the Layers of a function. One of another account, such as those that AWS publishes for everybody, is accepted
   * with a warning: its content is not here.
   *
   * @throws AwsError when one does not exist, two are versions of one layer, or they are too many
   */
  check(versionArns: readonly string[]): void {
    const { region, accountId } = this.#context;
    const places = versionArns.map((text) => {
      const [, layerRegion, account, name, version] = PARTS.exec(text) ?? [];
      if (name === undefined || version === undefined) {
        throw constraintViolation(`[${versionArns.join(', ')}]`, 'layers', SHOWN_LAYER);
      }
      return { text, layerRegion, account, name, version: Number(version) };
    });
    if (places.length > MOST_LAYERS) {
      throw invalidParameter(`Cannot reference more than ${MOST_LAYERS} layers.`);
    }
    for (const [at, { text, layerRegion, account, name, version }] of places.entries()) {
      if (layerRegion !== region) {
        throw invalidParameter(
          `Layers are not in the same region as the function. Layers are expected to be in region ${region}.`,
        );
      }
      if (account !== accountId) {
        this.#warnOfForeign(text);
        continue;
      }
      const found = this.get(name)?.versions.find((other) => other.Version === version);
      if (!found || found.deleted) throw invalidParameter(`Layer version ${text} does not exist.`);
      const twin = places.slice(0, at).find((other) => other.name === name);
      if (twin) {
        throw invalidParameter(
          `Two different versions of the same layer are not allowed to be referenced in the same function. ${twin.text} and ${text} are versions of the same layer.`,
        );
      }
    }
  }

  #isOwn(region: string | undefined, account: string | undefined): boolean {
    return region === this.#context.region && account === this.#context.accountId;
  }

  /** Once for each layer. */
  #warnOfForeign(versionArn: string): void {
    if (this.#foreign.has(versionArn)) return;
    this.#foreign.add(versionArn);
    process.emitWarning(
      `Functions run here without the layer ${versionArn}: it belongs to another account. If they need its content, publish its zip file here and use that ARN; Python also finds the modules that are installed on this machine.`,
    );
  }
}
