import { Payload, stringifyJson } from '../../data';
import type { ObjectStore } from '../../execution/object-store';
import type { Clock } from '../../execution/services';
import { ResultWriterError } from './errors';
import {
  type ChildExecution,
  type Results,
  resultsOf,
  type Transformation,
  type UnstartedExecution,
} from './results';

/** The size after which a result file ends and the next one begins, in UTF-16 units: what is not written is in memory. */
const FILE_SIZE = 8 * 1024 * 1024;

type Kind = 'FAILED' | 'PENDING' | 'SUCCEEDED';

/** Where and how results are written. */
export interface ResultTarget {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
  readonly transformation: Transformation;
  readonly outputType: 'JSON' | 'JSONL';
  readonly mapRunArn: string;
  /** How often the Map Run was redriven: each redrive has a folder of its own. */
  readonly redriveCount: number;
}

/**
 * Results with a Resource: files in S3 for each status, and a manifest that names them (Step Functions Developer Guide,
 * "ResultWriter (Map)"). The Map's output says where the manifest is. The results are in the order in which the
 * executions ended.
 */
export class ResultFiles implements Results {
  readonly describesFailure = true;
  readonly #target: ResultTarget;
  readonly #folder: string;
  readonly #files: Readonly<Record<Kind, ResultFile>>;

  constructor(target: ResultTarget) {
    this.#target = target;
    const folder = `${target.prefix}${target.mapRunArn.split(':').at(-1)}`;
    this.#folder = target.redriveCount === 0 ? folder : `${folder}/Redrive-${target.redriveCount}`;
    const file = (kind: Kind) => new ResultFile(target, `${this.#folder}/${kind}`);
    this.#files = { FAILED: file('FAILED'), PENDING: file('PENDING'), SUCCEEDED: file('SUCCEEDED') };
  }

  add(child: ChildExecution): Promise<void> | undefined {
    const file = child.outcome.status === 'SUCCEEDED' ? this.#files.SUCCEEDED : this.#files.FAILED;
    return file.add(resultsOf(child, this.#target.transformation));
  }

  addUnstarted({ request, name }: UnstartedExecution): Promise<void> | undefined {
    const pending = {
      ExecutionArn: request.executionArn,
      Input: request.input,
      InputDetails: { Included: true },
      Name: name,
      StateMachineArn: request.stateMachineArn,
      Status: 'PENDING',
    };
    return this.#files.PENDING.add([Payload.ofValue(pending)]);
  }

  async finish(): Promise<Payload> {
    const { bucket, mapRunArn } = this.#target;
    const files = this.#files;
    for (const file of Object.values(files)) await file.end();
    const Key = `${this.#folder}/manifest.json`;
    const manifest = {
      DestinationBucket: bucket,
      MapRunArn: mapRunArn,
      ResultFiles: {
        FAILED: files.FAILED.written,
        PENDING: files.PENDING.written,
        SUCCEEDED: files.SUCCEEDED.written,
      },
    };
    await write(this.#target, Key, stringifyJson(manifest));
    return Payload.ofValue({ MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: bucket, Key } });
  }
}

/** What is before, between and after the results of a file. */
const FORMATS = {
  JSON: { start: '[', between: ',', end: ']' },
  JSONL: { start: '', between: '\n', end: '\n' },
} as const;

/** The files of one status: `SUCCEEDED_0.json`, `SUCCEEDED_1.json` and so on. */
class ResultFile {
  readonly written: { readonly Key: string; readonly Size: number }[] = [];
  readonly #target: ResultTarget;
  readonly #name: string;
  /** As bytes: to convert a whole file would take long. */
  #parts: Buffer[] = [];
  #size = 0;
  #count = 0;

  constructor(target: ResultTarget, name: string) {
    this.#target = target;
    this.#name = name;
  }

  /** Resolves when a full file is written; undefined while there is space. */
  add(results: readonly Payload[]): Promise<void> | undefined {
    if (results.length === 0) return undefined;
    const { start, between } = FORMATS[this.#target.outputType];
    const text = results.map((result) => result.text).join(between);
    this.#parts.push(Buffer.from((this.#parts.length === 0 ? start : between) + text));
    this.#size += text.length + 1;
    return this.#size < FILE_SIZE ? undefined : this.end();
  }

  async end(): Promise<void> {
    if (this.#parts.length === 0) return;
    const { outputType } = this.#target;
    const body = Buffer.concat([...this.#parts, Buffer.from(FORMATS[outputType].end)]);
    const Key = `${this.#name}_${this.#count++}.${outputType.toLowerCase()}`;
    this.#parts = [];
    this.#size = 0;
    await write(this.#target, Key, body);
    this.written.push({ Key, Size: body.length });
  }
}

/** Writes while simulated time stands still. @throws ResultWriterError */
async function write(
  { store, clock, bucket }: ResultTarget,
  Key: string,
  body: string | Buffer,
): Promise<void> {
  const release = clock.hold?.();
  try {
    await store.write({ Bucket: bucket, Key }, body);
  } catch (error) {
    throw new ResultWriterError((error as Error).message);
  } finally {
    release?.();
  }
}
