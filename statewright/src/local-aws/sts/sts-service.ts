import type { AccountContext, Caller, RoleSession } from '../account-context';
import { operation } from '../api';
import { AwsError } from '../aws-error';
import type { IamService } from '../iam/iam-service';
import { parsePolicy } from '../iam/parse-policy';
import { sessionArn } from '../iam/principal';
import { memoryTable } from '../memory-table';
import type { OpenTable } from '../table';
import { type StsRequest, stsApi } from './requests';
import { type LentCredentials, type SessionCredentials, type SessionState, Sessions } from './sessions';
import { readWebIdentity } from './web-identity';

type Iam = Pick<
  IamService,
  | 'findRole'
  | 'findUser'
  | 'userOfKey'
  | 'secretOfKey'
  | 'mayAssume'
  | 'clientIdsOf'
  | 'trusts'
  | 'getPolicy'
  | 'getPolicyVersion'
>;

/** The longest session of a role that was assumed with the credentials of another one, in seconds. */
const LONGEST_CHAINED = 3600;

/** AWS Security Token Service: temporary credentials, for one caller (default: the account's owner). */
export class StsService {
  readonly #context: AccountContext;
  readonly #iam: Iam;
  readonly #sessions: Sessions;
  readonly #caller: Caller;

  constructor(
    context: AccountContext,
    iam: Iam,
    openTable: OpenTable = memoryTable,
    sessions = new Sessions(context, openTable),
    caller: Caller = { kind: 'owner' },
  ) {
    this.#context = context;
    this.#iam = iam;
    this.#sessions = sessions;
    this.#caller = caller;
  }

  /** The service as another caller sees it. */
  as(caller: Caller): StsService {
    return new StsService(this.#context, this.#iam, memoryTable, this.#sessions, caller);
  }

  readonly assumeRole = operation(stsApi, 'AssumeRole', (request) => {
    const { RoleArn, RoleSessionName, ExternalId, SourceIdentity, Tags = [] } = request;
    const conditions = {
      'sts:RoleSessionName': RoleSessionName,
      ...(ExternalId !== undefined && { 'sts:ExternalId': ExternalId }),
      ...(SourceIdentity !== undefined && { 'sts:SourceIdentity': SourceIdentity }),
      ...Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
      ...(Tags.length > 0 && { 'aws:TagKeys': Tags.map(({ Key }) => Key) }),
    };
    if (!this.#iam.mayAssume(RoleArn, this.#caller, conditions)) {
      throw denied(`User: ${this.#arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`);
    }
    const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
    return {
      ...this.#session(request, this.#caller.kind === 'role', tags),
      ...(SourceIdentity !== undefined && { SourceIdentity }),
    };
  });

  /** On AWS, and here, this call needs no signature: the token says who calls. */
  readonly assumeRoleWithWebIdentity = operation(stsApi, 'AssumeRoleWithWebIdentity', (request) => {
    const { RoleArn, RoleSessionName, WebIdentityToken } = request;
    const { provider, subject, audience, conditions } = readWebIdentity(
      WebIdentityToken,
      this.#context.clock.now(),
    );
    const arn = `arn:aws:iam::${this.#context.accountId}:oidc-provider/${provider}`;
    // The URL of a provider may end with a slash.
    const providerArn = this.#iam.clientIdsOf(`${arn}/`) === undefined ? arn : `${arn}/`;
    // AWS refuses a provider that does not exist. Here the trust policy alone can name one.
    if (this.#iam.clientIdsOf(providerArn)?.includes(audience) === false) {
      throw new AwsError('InvalidIdentityToken', 'Incorrect token audience');
    }
    const ids = [provider, arn, providerArn];
    const allowed = this.#iam.trusts(RoleArn, {
      action: 'sts:AssumeRoleWithWebIdentity',
      principal: { kind: 'Federated', ids },
      conditions: { ...conditions, 'sts:RoleSessionName': RoleSessionName },
    });
    if (!allowed) throw denied('Not authorized to perform sts:AssumeRoleWithWebIdentity');
    return {
      ...this.#session(request, false, {}),
      SubjectFromWebIdentityToken: subject,
      Provider: providerArn,
      Audience: audience,
    };
  });

  readonly getSessionToken = operation(stsApi, 'GetSessionToken', ({ DurationSeconds = 43_200 }) => {
    if (this.#caller.kind === 'role') {
      throw denied('Cannot call GetSessionToken with session credentials');
    }
    return { Credentials: show(this.#sessions.issue(this.#caller, undefined, DurationSeconds)) };
  });

  readonly getCallerIdentity = operation(stsApi, 'GetCallerIdentity', () => ({
    UserId: this.#userId,
    Account: this.#context.accountId,
    Arn: this.#arn,
  }));

  /** Credentials for a service that acts with a role, such as Lambda for a function; valid until they are taken back. */
  readonly lend = (roleArn: string, sessionName: string): LentCredentials =>
    this.#sessions.lend({ kind: 'role', roleArn, sessionName });

  /** Whose credentials these are; undefined for an access key id that IAM and STS have not given out. */
  callerOf(accessKeyId: string, sessionToken: string): SessionState | undefined {
    const userName = this.#iam.userOfKey(accessKeyId);
    if (userName !== undefined) return { kind: 'user', userName };
    const caller = this.#sessions.find(
      accessKeyId,
      sessionToken,
      (roleArn) => this.#iam.findRole(roleArn)?.RoleId,
    );
    const isOfOldUser =
      typeof caller === 'object' && caller.kind === 'user' && !this.#iam.findUser(caller.userName);
    return isOfOldUser ? 'invalid' : caller;
  }

  /** The secret key of an access key that IAM or STS has given out; undefined for another one. */
  secretOf(accessKeyId: string): string | undefined {
    return this.#iam.secretOfKey(accessKeyId) ?? this.#sessions.secretOf(accessKeyId);
  }

  get #arn(): string {
    const caller = this.#caller;
    if (caller.kind === 'role') return sessionArn(caller.roleArn, caller.sessionName);
    const user = caller.kind === 'user' ? this.#iam.findUser(caller.userName)?.Arn : undefined;
    return user ?? `arn:aws:iam::${this.#context.accountId}:root`;
  }

  get #userId(): string {
    const caller = this.#caller;
    if (caller.kind === 'role') return this.#assumedRoleId(caller);
    const user = caller.kind === 'user' ? this.#iam.findUser(caller.userName)?.UserId : undefined;
    return user ?? this.#context.accountId;
  }

  #assumedRoleId = ({ roleArn, sessionName }: RoleSession) =>
    `${this.#iam.findRole(roleArn)?.RoleId}:${sessionName}`;

  #session(
    request: Pick<
      StsRequest<'AssumeRole'>,
      'RoleArn' | 'RoleSessionName' | 'DurationSeconds' | 'Policy' | 'PolicyArns'
    >,
    isChained: boolean,
    tags: Readonly<Record<string, string>>,
  ) {
    const { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds = 3600 } = request;
    const { RoleId, MaxSessionDuration = 3600 } = this.#iam.findRole(roleArn) ?? {};
    if (DurationSeconds > MaxSessionDuration) {
      throw new AwsError(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    }
    if (isChained && DurationSeconds > LONGEST_CHAINED) {
      throw new AwsError(
        'ValidationError',
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      );
    }
    const sessionPolicies = this.#sessionPolicies(request);
    const caller: RoleSession = { kind: 'role', roleArn, sessionName, sessionPolicies, tags };
    return {
      Credentials: show(this.#sessions.issue(caller, RoleId, DurationSeconds)),
      AssumedRoleUser: {
        AssumedRoleId: this.#assumedRoleId(caller),
        Arn: sessionArn(roleArn, sessionName),
      },
    };
  }

  #sessionPolicies({
    Policy,
    PolicyArns = [],
  }: Pick<StsRequest<'AssumeRole'>, 'Policy' | 'PolicyArns'>): string[] {
    if (Policy !== undefined) parsePolicy(Policy, 'identity');
    const managed = PolicyArns.flatMap(({ arn }) => {
      if (arn === undefined) return [];
      const { DefaultVersionId } = this.#iam.getPolicy({ PolicyArn: arn }).Policy;
      const version = { PolicyArn: arn, VersionId: DefaultVersionId };
      return this.#iam.getPolicyVersion(version).PolicyVersion.Document;
    });
    return Policy === undefined ? managed : [Policy, ...managed];
  }
}

const show = (session: SessionCredentials & { readonly expiration: number }) => ({
  AccessKeyId: session.accessKeyId,
  SecretAccessKey: session.secretAccessKey,
  SessionToken: session.sessionToken,
  Expiration: new Date(session.expiration),
});

const denied = (message: string) => new AwsError('AccessDenied', message, 403);
