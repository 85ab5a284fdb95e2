import type { VersionRecord } from './configuration';
import type { EventInvokeSettings, UrlSettings } from './requests';
import type { PolicyStatement } from './resource-policy';

/** The record of an alias. */
export interface AliasRecord {
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description: string;
  /** A second version, and the share of the invocations that it gets, between 0 and 1. */
  readonly RoutingConfig?: { readonly AdditionalVersionWeights: Readonly<Record<string, number>> };
  readonly RevisionId: string;
}

/** How asynchronous invocations are retried, and where their outcome is sent. */
export interface EventInvokeConfig extends EventInvokeSettings {
  /** Epoch milliseconds. */
  readonly LastModified: number;
}

/** Kept and shown; environments are not started in advance. */
export interface ProvisionedConcurrency {
  readonly ProvisionedConcurrentExecutions: number;
  /** ISO 8601. */
  readonly LastModified: string;
}

/** How a version gets updates of its runtime; kept and shown. */
interface RuntimeManagement {
  readonly UpdateRuntimeOn: 'Auto' | 'Manual' | 'FunctionUpdate';
  /** Only with `Manual`. */
  readonly RuntimeVersionArn?: string;
}

/** The HTTP address of a function or an alias. */
export interface FunctionUrl extends UrlSettings {
  /** The first label of its host name. */
  readonly id: string;
  readonly AuthType: 'NONE' | 'AWS_IAM';
  /** ISO 8601. */
  readonly CreationTime: string;
  /** ISO 8601. */
  readonly LastModifiedTime: string;
}

/** Settings by qualifier: a version, an alias, or `$LATEST` for the function itself. */
export type Qualified<T> = Readonly<Record<string, T>>;

/** The record of a function. */
export interface FunctionRecord {
  readonly FunctionName: string;
  readonly latest: VersionRecord;
  /** Published versions, oldest first. */
  readonly versions: readonly VersionRecord[];
  /** The number of the next version: numbers are never reused. */
  readonly nextVersion: number;
  readonly aliases?: readonly AliasRecord[];
  readonly tags: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  /** Resource-based policies. */
  readonly policies: Qualified<readonly PolicyStatement[]>;
  readonly eventInvokeConfigs?: Qualified<EventInvokeConfig>;
  readonly provisionedConcurrency?: Qualified<ProvisionedConcurrency>;
  readonly urls?: Qualified<FunctionUrl>;
  readonly runtimeManagement?: Qualified<RuntimeManagement>;
  /** Kept and shown (default: `Terminate`). */
  readonly recursiveLoop?: 'Allow' | 'Terminate';
}

/** What is set for a qualifier. An alias may have the name of what every object has, such as "constructor". */
export const settingOf = <T>(settings: Qualified<T> | undefined, qualifier: string): T | undefined =>
  settings && Object.hasOwn(settings, qualifier) ? settings[qualifier] : undefined;

/** The settings without those for a qualifier. */
export const without = <T>(settings: Qualified<T> | undefined, qualifier: string): Qualified<T> =>
  Object.fromEntries(Object.entries(settings ?? {}).filter(([name]) => name !== qualifier));

/** The function without the settings of a version or an alias that is deleted. */
export const withoutSettings = (record: FunctionRecord, qualifier: string): FunctionRecord => ({
  ...record,
  policies: without(record.policies, qualifier),
  eventInvokeConfigs: without(record.eventInvokeConfigs, qualifier),
  provisionedConcurrency: without(record.provisionedConcurrency, qualifier),
  urls: without(record.urls, qualifier),
  runtimeManagement: without(record.runtimeManagement, qualifier),
});
