import type { Arguments } from '../../terraform/arguments';
import type { FunctionContext } from '../../terraform/functions/function';
import type { Placeholder } from '../../terraform/placeholder';
import type { ValueMap } from '../../terraform/value';
import type { TargetRegion } from './target-account';

/** What creating a resource, or reading a data source, needs. */
export interface BlockContext extends FunctionContext {
  readonly target: TargetRegion;
  /** The provider's `default_tags`. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** For the names that Terraform generates: different on each call. */
  readonly uniqueSuffix: () => string;
  /** Keeps a file in memory for later blocks of the deployment. */
  readonly addFile: (path: string, bytes: Uint8Array) => void;
  /** Values that the user gave, by name: `data.aws_subnets.n.ids`. */
  readonly givenValues: ValueMap;
  /** Whether no function runs, so that the code of functions and layers is not read. */
  readonly withoutCode?: boolean | undefined;
  /** Creates resources of types that this account does not support. */
  readonly otherTypes?: OtherTypes | undefined;
}

/**
 * A type of resource or data source: creates or reads it, and returns the attributes that it has in addition to its
 * arguments (Terraform Registry, the provider's documentation, "Attribute Reference").
 */
export type BlockType = (block: Arguments, context: BlockContext) => Made | Promise<Made>;

/** The attributes, or a placeholder for a block that exists by name only. */
export type Made = ValueMap | Placeholder;

/**
 * Stands in for a block of a type that this account does not support.
 * @param reason why a block of a type that it supports is not created
 */
export type OtherTypes = (block: Arguments, context: BlockContext, reason?: string) => Placeholder;

/** The configured name, or one as Terraform generates it: `name_prefix` (default: `terraform-`) and a unique suffix. */
export function nameOf(block: Arguments, context: BlockContext): string {
  return (
    block.optionalText('name') ??
    `${block.optionalText('name_prefix') ?? 'terraform-'}${context.uniqueSuffix()}`
  );
}

/** The resource's tags override the provider's. */
export function tagsOf(block: Arguments, context: BlockContext): Record<string, string> {
  return { ...context.defaultTags, ...block.textMap('tags') };
}

/** The members that have a value. */
export function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
