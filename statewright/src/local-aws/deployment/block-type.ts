import type { Arguments } from '../../terraform/arguments';
import type { FunctionContext } from '../../terraform/functions';
import type { ValueMap } from '../../terraform/value';
import type { TargetAccount } from './target-account';

/** What making a resource, or reading a data source, has to do with. */
export interface BlockContext extends FunctionContext {
  readonly target: TargetAccount;
  /** The folder of cdk.tf.json. */
  readonly folder: string;
  /** The provider's `default_tags`. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** For the names that Terraform chooses itself: different on each call. */
  readonly uniqueSuffix: () => string;
  /** Keeps a file for what comes later in the deployment, without writing it. */
  readonly addFile: (path: string, bytes: Uint8Array) => void;
  /** Makes what this account has no counterpart for, where the deployment has something that does. */
  readonly otherTypes?: BlockType | undefined;
}

/**
 * A type of resource or data source: makes or reads it, and gives the attributes that it has beside its arguments
 * (Terraform Registry, the provider's documentation, "Attribute Reference").
 */
export type BlockType = (block: Arguments, context: BlockContext) => ValueMap | Promise<ValueMap>;

/** A name as it is given, or as Terraform makes one: `name_prefix` (else `terraform-`) and something unique. */
export function nameOf(block: Arguments, context: BlockContext): string {
  return (
    block.optionalText('name') ??
    `${block.optionalText('name_prefix') ?? 'terraform-'}${context.uniqueSuffix()}`
  );
}

/** The resource's own tags over the provider's. */
export function tagsOf(block: Arguments, context: BlockContext): Record<string, string> {
  return { ...context.defaultTags, ...block.textMap('tags') };
}

/** The members that have a value: an absent argument is an absent member. */
export function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
