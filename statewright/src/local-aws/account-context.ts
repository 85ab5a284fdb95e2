import type { Clock } from '../engine/execution/services';

/** What all services of the local account share. */
export interface AccountContext {
  /** Twelve digits. */
  readonly accountId: string;
  /** Such as `us-east-1`. */
  readonly region: string;
  readonly clock: Clock;
  /** A fresh UUID, version 4. */
  readonly uuid: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  /** Tells the user what works in another way than on AWS. */
  readonly warn?: (message: string) => void;
}

/** Who calls an API: the owner of the account, or a session of a role. */
export type Caller = { readonly kind: 'owner' } | RoleSession;

export interface RoleSession {
  readonly kind: 'role';
  readonly roleArn: string;
  readonly sessionName: string;
  /** The session policies of AssumeRole, as JSON texts: they limit what the session may do. */
  readonly sessionPolicies?: readonly string[];
  /** The session tags of AssumeRole; they override the role's tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A question to IAM: may this role perform this action on this resource? */
export interface AuthorizationRequest {
  readonly roleArn: string;
  /** Such as `lambda:InvokeFunction`. */
  readonly action: string;
  /**
   * The resource's ARN, or `*` for an action without a resource. Undefined when the request's resource is not known:
   * what is allowed for any resource is then allowed.
   */
  readonly resource?: string | undefined;
  /** Values of condition keys, such as `aws:SourceArn`. */
  readonly conditions?: Readonly<Record<string, string | readonly string[]>>;
  /** The role session name that a denial shows (default: a new one). */
  readonly sessionName?: string;
  /** The resource's own policy, such as a function's: JSON text. What it allows needs no policy of the role. */
  readonly resourcePolicy?: string;
  /** Those of the session, see `RoleSession`. */
  readonly sessionPolicies?: readonly string[];
}

/** IAM's answer; `message` is the text AWS shows for a denial. */
export type Authorization =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly message: string };

/** Asks IAM. Services receive this function instead of the IAM service, so that each can be tested alone. */
export type Authorize = (request: AuthorizationRequest) => Authorization;
