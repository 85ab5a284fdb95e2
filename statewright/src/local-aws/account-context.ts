import type { Clock } from '../engine/execution/services';

/** What every service of the local account shares. */
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
}

/** One question to IAM: may this role do this to that? */
export interface AuthorizationRequest {
  readonly roleArn: string;
  /** Such as `lambda:InvokeFunction`. */
  readonly action: string;
  /** The ARN acted on, or `*` for an action without one. */
  readonly resource: string;
  /** Values of condition keys, such as `aws:SourceArn`. */
  readonly conditions?: Readonly<Record<string, string>>;
  /** The name of the assumed role's session, as a denial shows it; a fresh one unless given. */
  readonly sessionName?: string;
}

/** IAM's answer; `message` is the text AWS shows for a denial. */
export type Authorization =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly message: string };

/** Asks IAM. Services are handed this instead of the IAM service, so that each can be tested alone. */
export type Authorize = (request: AuthorizationRequest) => Authorization;
