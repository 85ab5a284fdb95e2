/** A policy document (IAM JSON policy reference), normalized: every element that may be one or many is a list. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

/** One statement; exactly one of each pair (Action/NotAction, Resource/NotResource, Principal/NotPrincipal) or none. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principal?: Principal;
  readonly notPrincipal?: Principal;
  readonly conditions: readonly Condition[];
}

/** Who is meant: `*`, or values by kind, such as `Service` with `states.amazonaws.com`. */
export type Principal = '*' | Readonly<Record<string, readonly string[]>>;

/** `{"StringLike": {"aws:SourceArn": "arn:*"}}` as operator, key and values. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * What a document is for: `identity` says what a role may do (inline and managed policies, and boundaries), `trust` says
 * who may assume it, `resource` who may do what with a resource, such as a function.
 */
export type PolicyKind = 'identity' | 'trust' | 'resource';
