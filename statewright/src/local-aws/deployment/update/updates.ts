import { createHash } from 'node:crypto';
import { UserError } from '../../../user-error';
import { AwsError } from '../../aws-error';
import type { KeptRequests } from './kept-requests';
import { withoutBytes } from './without-bytes';

/** A resource that a deployment has created, changed or deleted. */
export interface Change {
  readonly action: 'created' | 'updated' | 'deleted';
  /** `Lambda function Test`. */
  readonly subject: string;
  /** The members of the request that differ, such as `Code`; empty if it was created or deleted. */
  readonly members: readonly string[];
}

/** How a resource is created, changed and deleted. */
interface Steps<R> {
  readonly create: () => R;
  /** Whether it exists: for what can be created again without an error (default: `create` fails when it exists). */
  readonly exists?: () => boolean;
  /** @param changed the members of the request that differ (default: any may differ) */
  readonly update: (changed: readonly string[] | undefined) => R;
  /** Undefined: it ends with the resource that it belongs to. */
  readonly remove?: () => unknown;
}

interface Known {
  readonly subject: string;
  /** Undefined where an earlier process has requested it. */
  readonly signatures: Readonly<Record<string, string>> | undefined;
  readonly response: unknown;
  readonly remove: (() => unknown) | undefined;
}

const ALREADY_EXISTS =
  /^(?:EntityAlreadyExists|ResourceAlreadyExistsException|ResourceConflictException|StateMachineAlreadyExists|ActivityAlreadyExists|ConflictException)$/;
const DOES_NOT_EXIST = /NoSuchEntity|NotFound|DoesNotExist/;

/** The resources of a stack as the last deployment requested them: what `terraform apply` keeps in its state. */
export class Updates {
  readonly #kept: KeptRequests;
  readonly #known = new Map<string, Known>();
  #put = new Set<string>();
  #changes: Change[] = [];
  #isRestoring = false;

  /** @param kept what the account keeps of the deployments of this stack */
  constructor(kept: KeptRequests) {
    this.#kept = kept;
  }

  /** Calls the operations that earlier processes called, only to know what they have created. */
  restore(call: () => void): void {
    this.#isRestoring = true;
    try {
      call();
    } finally {
      this.#isRestoring = false;
    }
  }

  /** Begins a deployment, which requests every resource of the stack again. */
  begin(): void {
    this.#put = new Set();
    this.#changes = [];
  }

  /** Deletes what the deployment did not request, and returns all changes. */
  finish(): readonly Change[] {
    const left = [...this.#known].filter(([key]) => !this.#put.has(key)).reverse();
    for (const [key, { subject, remove }] of left) {
      const isOfOther = this.#kept.isOfOther(key);
      if (remove !== undefined && !isOfOther) unlessMissing(() => deleted(subject, remove));
      this.#known.delete(key);
      this.#kept.delete(key);
      if (remove === undefined || isOfOther) continue;
      this.#changes.push({ action: 'deleted', subject, members: [] });
    }
    return this.#changes;
  }

  /**
   * Creates a resource, or changes it if its request differs from the last one. The answer to the same request is the
   * last answer.
   */
  put<R>(key: string, subject: string, request: object, steps: Steps<R>): R {
    const { create, remove } = steps;
    if (this.#isRestoring) {
      this.#known.set(key, { subject, signatures: undefined, response: undefined, remove });
      return undefined as R;
    }
    // A second resource with the same name does not update the first one: AWS accepts or refuses it.
    if (this.#put.has(key)) return create();
    const signatures = signaturesOf(request);
    const before = this.#known.get(key);
    this.#put.add(key);
    const changed = before?.signatures && differing(before.signatures, signatures);
    // Something else, such as the console, may have deleted it.
    if (changed?.length === 0 && steps.exists?.() !== false) return before?.response as R;
    const [action, response] = changed?.length
      ? (['updated', updateOrCreate(steps, changed)] as const)
      : createOrUpdate(steps);
    this.#known.set(key, { subject, signatures, response, remove });
    this.#kept.set(key);
    this.#changes.push({ action, subject, members: action === 'updated' ? (changed ?? []) : [] });
    return response;
  }

  /** Forgets the resources whose keys begin so: they were deleted with another one. */
  forget(prefix: string): void {
    for (const key of [...this.#known.keys()].filter((each) => each.startsWith(prefix))) {
      this.#known.delete(key);
      this.#kept.delete(key);
    }
  }
}

/** Something else has deleted it: it is created again. */
function updateOrCreate<R>({ create, update }: Steps<R>, changed: readonly string[]): R {
  try {
    return update(changed);
  } catch (error) {
    if (error instanceof AwsError && DOES_NOT_EXIST.test(error.code)) return create();
    throw error;
  }
}

/** It may exist in an account that was kept on the disk. */
function createOrUpdate<R>({ create, exists, update }: Steps<R>): ['created' | 'updated', R] {
  if (exists?.()) return ['updated', update(undefined)];
  try {
    return ['created', create()];
  } catch (error) {
    if (error instanceof AwsError && ALREADY_EXISTS.test(error.code)) return ['updated', update(undefined)];
    throw error;
  }
}

/** Something that is not of the stack may use it. @throws UserError with AWS's reason */
function deleted(subject: string, remove: () => unknown): void {
  try {
    remove();
  } catch (error) {
    if (!(error instanceof AwsError) || DOES_NOT_EXIST.test(error.code)) throw error;
    throw new UserError(
      `The stack no longer has the ${subject}, which cannot be deleted: ${error.code}: ${error.message}`,
    );
  }
}

/** Runs a step whose subject may be gone. @returns whether it exists */
export function unlessMissing(step: () => unknown): boolean {
  try {
    step();
    return true;
  } catch (error) {
    if (error instanceof AwsError && DOES_NOT_EXIST.test(error.code)) return false;
    throw error;
  }
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');

/** Each member as a short text; a deployment package by its digest. */
const signaturesOf = (request: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request).map(([name, value]) => [name, JSON.stringify(withoutBytes(value, digest)) ?? '']),
  );

const differing = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => before[name] !== after[name],
  );
