import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error';

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
  /** @param changed the members of the request that differ (default: any may differ) */
  readonly update: (changed: readonly string[] | undefined) => R;
  /** Undefined: it ends with the resource that it belongs to. */
  readonly remove?: () => unknown;
}

interface Known {
  readonly subject: string;
  readonly signatures: Readonly<Record<string, string>>;
  readonly response: unknown;
  readonly remove: (() => unknown) | undefined;
}

const ALREADY_EXISTS =
  /^(?:EntityAlreadyExists|ResourceAlreadyExistsException|ResourceConflictException|StateMachineAlreadyExists|ConflictException)$/;
const DOES_NOT_EXIST = /NoSuchEntity|NotFound|DoesNotExist/;

/** The resources of a stack as the last deployment requested them: what `terraform apply` keeps in its state. */
export class Updates {
  readonly #known = new Map<string, Known>();
  #put = new Set<string>();
  #changes: Change[] = [];

  /** Begins a deployment, which requests every resource of the stack again. */
  begin(): void {
    this.#put = new Set();
    this.#changes = [];
  }

  /** Deletes what the deployment did not request, and returns all changes. */
  finish(): readonly Change[] {
    const left = [...this.#known].filter(([key]) => !this.#put.has(key)).reverse();
    for (const [key, { subject, remove }] of left) {
      this.#known.delete(key);
      if (remove === undefined) continue;
      unlessMissing(remove);
      this.#changes.push({ action: 'deleted', subject, members: [] });
    }
    return this.#changes;
  }

  /**
   * Creates a resource, or changes it if its request differs from the last one. The answer to the same request is the
   * last answer.
   */
  put<R>(key: string, subject: string, request: object, { create, update, remove }: Steps<R>): R {
    const signatures = signaturesOf(request);
    const before = this.#known.get(key);
    this.#put.add(key);
    const changed = before && differing(before.signatures, signatures);
    if (changed?.length === 0) return before?.response as R;
    const [action, response] = before
      ? (['updated', updateOrCreate({ create, update }, changed)] as const)
      : createOrUpdate({ create, update });
    this.#known.set(key, { subject, signatures, response, remove });
    this.#changes.push({ action, subject, members: action === 'updated' ? (changed ?? []) : [] });
    return response;
  }

  /** Whether this deployment has requested a resource already. */
  has(key: string): boolean {
    return this.#put.has(key);
  }

  /** Forgets the resources whose keys begin so: they were deleted with another one. */
  forget(prefix: string): void {
    for (const key of this.#known.keys()) if (key.startsWith(prefix)) this.#known.delete(key);
  }
}

/** Something else has deleted it: it is created again. */
function updateOrCreate<R>({ create, update }: Steps<R>, changed: readonly string[] | undefined): R {
  try {
    return update(changed);
  } catch (error) {
    if (error instanceof AwsError && DOES_NOT_EXIST.test(error.code)) return create();
    throw error;
  }
}

/** It may exist in an account that was kept on the disk. */
function createOrUpdate<R>({ create, update }: Steps<R>): ['created' | 'updated', R] {
  try {
    return ['created', create()];
  } catch (error) {
    if (error instanceof AwsError && ALREADY_EXISTS.test(error.code)) return ['updated', update(undefined)];
    throw error;
  }
}

/** Runs a step whose subject may be gone. */
export function unlessMissing(step: () => unknown): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof AwsError && DOES_NOT_EXIST.test(error.code))) throw error;
  }
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');

/** Each member as a short text; a deployment package by its digest. */
const signaturesOf = (request: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request).map(([name, value]) => [
      name,
      JSON.stringify(value, (_, inner) =>
        // A Buffer turns itself into an object before the replacer sees it.
        inner instanceof Uint8Array || inner?.type === 'Buffer' ? digest(Buffer.from(inner)) : inner,
      ) ?? '',
    ]),
  );

const differing = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => before[name] !== after[name],
  );
