import { didYouMean, quoted } from '../did-you-mean';
import type { AccountOptions } from '../local-aws/account';
import { UserError } from '../user-error';
import type { Runs } from './run';
import type { TestClock } from './test-clock';

/** What an execution uses as a bucket. */
type Bucket = NonNullable<ReturnType<BucketOf>>;
type BucketOf = NonNullable<AccountOptions['bucketOf']>;

/** An execution uses a bucket, or a test reads an object, that does not exist. */
export class NoSuchBucketError extends UserError {
  override readonly name = 'NoSuchBucketError';

  /** @param bucket the name of the bucket that an execution uses and that does not exist */
  constructor(
    message: string,
    readonly bucket?: string,
  ) {
    super(message);
  }
}

interface StoredObject {
  readonly body: Uint8Array;
  /** Simulated epoch milliseconds. */
  readonly lastModified: number;
}

/** An S3 bucket of a test, in memory. */
export class TestBucket {
  readonly #name: string;
  readonly #objects: Map<string, StoredObject>;
  readonly #clock: Pick<TestClock, 'now'>;

  constructor(name: string, objects: Map<string, StoredObject>, clock: Pick<TestClock, 'now'>) {
    this.#name = name;
    this.#objects = objects;
    this.#clock = clock;
  }

  /** Adds an object, or replaces it. Text and bytes are kept as they are, and any other value is written as JSON. */
  put(key: string, contents: unknown): this {
    const isBytes = contents instanceof Uint8Array;
    const text = typeof contents === 'string' ? contents : JSON.stringify(contents);
    if (!isBytes && text === undefined) {
      throw new UserError(`The object "${key}" is not text, bytes or a JSON value but a ${typeof contents}.`);
    }
    const body = isBytes ? contents : Buffer.from(text);
    this.#objects.set(key, { body, lastModified: this.#clock.now() });
    return this;
  }

  /** The keys of all objects, in order. */
  get keys(): readonly string[] {
    return [...this.#objects.keys()].sort();
  }

  /** The contents of an object as text. @throws NoSuchBucketError when it does not exist */
  text(key: string): string {
    const found = this.#objects.get(key);
    if (found) return Buffer.from(found.body).toString();
    const meant = didYouMean(key, this.keys, quoted);
    throw new NoSuchBucketError(
      `The bucket "${this.#name}" has no object "${key}".${meant === undefined ? '' : ` ${meant}`}`,
    );
  }

  /** The parsed contents of an object. @throws NoSuchBucketError when it does not exist */
  json(key: string): unknown {
    return JSON.parse(this.text(key));
  }
}

/** The buckets of a workflow. */
export class TestBuckets {
  readonly #buckets = new Map<string, { readonly shown: TestBucket; readonly used: Bucket }>();
  readonly #clock: Pick<TestClock, 'now'>;
  readonly #runs: Runs;
  readonly #others: BucketOf;

  /** @param others buckets outside of the test, such as folders */
  constructor(clock: Pick<TestClock, 'now'>, runs: Runs, others: BucketOf = () => undefined) {
    this.#clock = clock;
    this.#runs = runs;
    this.#others = others;
  }

  /** The bucket with this name; a new one is empty. */
  get(name: string): TestBucket {
    const found = this.#buckets.get(name);
    if (found) return found.shown;
    const objects = new Map<string, StoredObject>();
    const shown = new TestBucket(name, objects, this.#clock);
    this.#buckets.set(name, { shown, used: bucketOf(objects, shown) });
    return shown;
  }

  has(name: string): boolean {
    return this.#buckets.has(name) || this.#others(name, '') !== undefined;
  }

  /** What an execution uses. A missing bucket is an error of the test, which no Catch hides. */
  readonly of = (name: string, executionArn: string): Bucket | undefined => {
    const found = this.#buckets.get(name)?.used ?? this.#others(name, executionArn);
    if (found) return found;
    const meant = didYouMean(name, [...this.#buckets.keys()], quoted);
    const hint = meant ?? `Add it: workflow.bucket('${name}', { 'key.json': [] }).`;
    this.#runs
      .of(executionArn)
      ?.fail(
        new NoSuchBucketError(
          `The execution uses the bucket "${name}", which the test does not have. ${hint}`,
          name,
        ),
      );
    return undefined;
  };
}

function bucketOf(objects: Map<string, StoredObject>, shown: TestBucket): Bucket {
  return {
    async read(key) {
      const found = objects.get(key);
      return found && piecesOf(found.body);
    },
    async list() {
      return [...objects].map(([key, { body, lastModified }]) => ({ key, size: body.length, lastModified }));
    },
    async find(key) {
      const found = objects.get(key);
      return found && { key, size: found.body.length, lastModified: found.lastModified };
    },
    async write(key, body) {
      shown.put(key, body);
    },
    async delete(key) {
      objects.delete(key);
    },
  };
}

const PIECE_SIZE = 64 * 1024;

async function* piecesOf(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < body.length; start += PIECE_SIZE)
    yield body.subarray(start, start + PIECE_SIZE);
}
