import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type {
  EnvironmentOutcome,
  EnvironmentRequest,
  EnvironmentSpec,
  ExecutionEnvironment,
} from './execution-environment';
import { FunctionProcess } from './function-process';
import { LineReader } from './lines';
import { nodeFlags } from './node-program';
import { type ProcessReport, readReport } from './process-report';
import type { Reaper } from './reaper';
import type { Program } from './runtime-api/probe';

const BOOTSTRAP = join(__dirname, 'runtime', 'bootstrap.cjs');
/** The share of a function's memory for its JavaScript objects; the rest is for the runtime itself. */
const HEAP_SHARE = 0.9;
/** In characters: a response of 6 MB with each byte escaped. */
const LONGEST_REPORT = 6 * 6_500_000;

/** An environment of a Node.js function: the process exchanges lines of JSON with this one, see runtime/bootstrap.cjs. */
export class NodeEnvironment implements ExecutionEnvironment {
  readonly runtimeVersion: string;
  readonly init: ExecutionEnvironment['init'];
  onLine: (text: string) => void = () => {};
  readonly #process: FunctionProcess;
  /** Receives the response of the current invocation. */
  #onChunk: EnvironmentRequest['onChunk'];

  constructor(node: Program, spec: EnvironmentSpec, reaper: Reaper) {
    this.runtimeVersion = `nodejs:${node.version}`;
    const started = performance.now();
    const heap = Math.floor(spec.memorySize * HEAP_SHARE);
    this.#process = new FunctionProcess(
      {
        command: node.path,
        args: [
          `--max-old-space-size=${heap}`,
          ...nodeFlags(spec.runtime, node, spec.variables.NODE_OPTIONS),
          BOOTSTRAP,
        ],
        variables: spec.variables,
        pipes: 2,
      },
      spec,
      reaper,
    );
    const output = this.#listen();
    this.#process.onPhaseEnd = async () => {
      // What it wrote to its standard output before has arrived by now, but may not have been read.
      await Promise.all(output.map((reader) => reader.caughtUp()));
      for (const reader of output) reader.flush();
    };
    this.init = this.#process.phase(spec.initTimeout).then((outcome) => ({
      outcome,
      duration: performance.now() - started,
    }));
  }

  get exited(): Promise<void> {
    return this.#process.exited;
  }

  get alive(): boolean {
    return this.#process.alive;
  }

  get maxMemoryUsed(): number {
    return this.#process.maxMemoryUsed;
  }

  invoke(request: EnvironmentRequest): Promise<EnvironmentOutcome> {
    const { timeout, onChunk, ...invocation } = request;
    this.#onChunk = onChunk;
    const outcome = this.#process.phase(timeout);
    const streaming = onChunk !== undefined;
    const line = JSON.stringify({ ...invocation, streaming, deadline: Date.now() + timeout });
    (this.#process.stdio[3] as Writable).write(`${line}\n`);
    return outcome;
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }

  #listen(): LineReader[] {
    const [, stdout, stderr, invocations, reports] = this.#process.stdio as [
      null,
      Readable,
      Readable,
      Writable,
      Readable,
    ];
    // Writing to a process that has just ended fails; its exit already says what happened.
    invocations.on('error', () => {});
    new LineReader(reports, (line) => this.#line(line), LONGEST_REPORT);
    return [stdout, stderr].map((stream) => new LineReader(stream, (line) => this.#raw(line)));
  }

  #line(line: string): void {
    const report = readReport(line);
    if (report) this.#report(report);
    else this.#raw(line);
  }

  #raw(line: string): void {
    if (line.includes('JavaScript heap out of memory')) this.#process.exhausted();
    if (line !== '') this.onLine(`${line}\n`);
  }

  #report(report: ProcessReport): void {
    if (report.type === 'log') {
      this.onLine(report.text);
      return;
    }
    if (report.type === 'chunk') {
      this.#onChunk?.(Buffer.from(report.bytes, 'base64'));
      return;
    }
    // On Linux it starts with the memory of this process, of which the function's was a copy.
    if (process.platform !== 'linux') this.#process.usedMemory(report.maxMemory);
    this.#process.settle(outcomeOf(report));
    if (report.type === 'error' && report.exitStatus !== undefined) void this.#process.kill();
  }
}

function outcomeOf(report: Exclude<ProcessReport, { type: 'log' | 'chunk' }>): EnvironmentOutcome {
  switch (report.type) {
    case 'ready':
      return { kind: 'ready' };
    case 'response':
      return { kind: 'response', payload: report.payload };
    case 'tooLarge':
      return { kind: 'tooLarge', size: report.size };
    case 'error':
      return {
        kind: 'error',
        payload: JSON.stringify(report.error),
        errorType: report.error.errorType,
        ...(report.exitStatus !== undefined && { exit: { status: report.exitStatus, signal: null } }),
      };
  }
}
