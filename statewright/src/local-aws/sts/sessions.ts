import { randomBytes } from 'node:crypto';
import type { AccountContext, Caller } from '../account-context';
import { isSameSecret } from '../credential';
import type { OpenTable, Table } from '../table';

/** Temporary credentials. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Credentials that are valid until `takeBack` is called. */
export interface LentCredentials extends SessionCredentials {
  takeBack(): void;
}

interface SessionRecord extends SessionCredentials {
  readonly caller: Caller;
  /** The id of the role, which a new role of the same name does not have; undefined: it does not matter. */
  readonly roleId?: string | undefined;
  /** Epoch milliseconds; missing for credentials that last until they are taken back. */
  readonly expiration?: number;
}

/** Whose credentials a request has, or why they are not accepted. */
export type SessionState = Caller | 'expired' | 'invalid';

/** How long an expired session is known as one, in milliseconds. */
const KEPT = 3_600_000;

/** The temporary credentials that were given out. */
export class Sessions {
  /** By access key id. */
  readonly #issued: Table<SessionRecord>;
  /** Those of functions' environments, which end with the process. */
  readonly #lent = new Map<string, SessionRecord>();
  readonly #context: AccountContext;

  constructor(context: AccountContext, openTable: OpenTable) {
    this.#context = context;
    this.#issued = openTable('sts.sessions', { durability: 'buffered' });
  }

  /** @param seconds how long they are valid */
  issue(caller: Caller, roleId: string | undefined, seconds: number) {
    const now = this.#context.clock.now();
    const old = [...this.#issued.values()].filter(({ expiration = 0 }) => expiration + KEPT < now);
    if (old.length > 0) this.#issued.deleteAll(old.map(({ accessKeyId }) => accessKeyId));
    const session = { ...newCredentials(), caller, roleId, expiration: now + seconds * 1000 };
    this.#issued.set(session.accessKeyId, session);
    return session;
  }

  lend(caller: Caller): LentCredentials {
    const credentials = newCredentials();
    const { accessKeyId } = credentials;
    this.#lent.set(accessKeyId, { ...credentials, caller });
    return { ...credentials, takeBack: () => this.#lent.delete(accessKeyId) };
  }

  secretOf(accessKeyId: string): string | undefined {
    return (this.#lent.get(accessKeyId) ?? this.#issued.get(accessKeyId))?.secretAccessKey;
  }

  /**
   * Whose credentials these are. Undefined for an access key id that was not given out.
   * @param roleIdOf the id of a role, by its ARN; undefined when it does not exist
   */
  find(
    accessKeyId: string,
    sessionToken: string,
    roleIdOf: (roleArn: string) => string | undefined,
  ): SessionState | undefined {
    const session = this.#lent.get(accessKeyId) ?? this.#issued.get(accessKeyId);
    if (session === undefined) return undefined;
    const { caller, roleId, expiration } = session;
    if (!isSameSecret(sessionToken, session.sessionToken)) return 'invalid';
    if (expiration !== undefined && expiration <= this.#context.clock.now()) return 'expired';
    const isOfOldRole = caller.kind === 'role' && roleId !== undefined && roleIdOf(caller.roleArn) !== roleId;
    return isOfOldRole ? 'invalid' : caller;
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const newCredentials = (): SessionCredentials => ({
  accessKeyId: `ASIA${Array.from(randomBytes(16), (byte) => LETTERS[byte % 32]).join('')}`,
  secretAccessKey: randomBytes(30).toString('base64'),
  sessionToken: randomBytes(96).toString('base64'),
});
