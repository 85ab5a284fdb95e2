import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { nearest } from '../../asl';
import { UserError } from '../../user-error';
import { COVERAGE_FOLDER } from './recorder';
import { readCoverage } from './report';
import { coverageTable } from './table';
import { checkThreshold, shortfall, type Threshold } from './threshold';

/** The reporter's options, as they stand beside its path in jest's configuration. */
export interface ReporterOptions {
  /** The least that every state machine must reach, in percent. No test run fails for its coverage unless given. */
  readonly threshold?: Threshold;
  /** The JSON file, relative to jest's rootDir; `coverage/state-machines.json` unless given. */
  readonly file?: string;
  /** The names of the state machines that count; all unless given. */
  readonly stateMachines?: readonly string[];
}

/** The part of jest's global configuration that tells whether only some tests run. */
export interface RunConfig {
  readonly rootDir: string;
  readonly testNamePattern?: string | undefined;
  readonly testPathPatterns?: { readonly patterns: readonly string[] };
  readonly onlyChanged?: boolean;
  readonly onlyFailures?: boolean;
  readonly findRelatedTests?: boolean;
  readonly shard?: unknown;
}

/** An option that the reporter does not have. */
export class UnknownReporterOptionError extends UserError {
  override readonly name = 'UnknownReporterOptionError';
}

const OPTIONS = ['threshold', 'file', 'stateMachines'];

/**
 * A jest reporter: collects what the tests exercise of their state machines, in whatever worker they run, shows it as a
 * table, writes it as JSON, and fails the run where it is less than the threshold. When only some of the tests run, the
 * threshold is not asked.
 */
export class CoverageReporter {
  readonly #folder: string;
  #error: Error | undefined;

  /** @throws UnknownReporterOptionError, InvalidThresholdError */
  constructor(
    private readonly config: RunConfig,
    private readonly options: ReporterOptions = {},
  ) {
    for (const option of Object.keys(options)) {
      if (OPTIONS.includes(option)) continue;
      const near = nearest(option, OPTIONS);
      throw new UnknownReporterOptionError(
        `The coverage reporter has no option "${option}". ${near ? `Did you mean "${near}"?` : `There is ${OPTIONS.join(', ')}.`}`,
      );
    }
    if (options.threshold !== undefined) checkThreshold(options.threshold);
    this.#folder = mkdtempSync(join(tmpdir(), 'state-machine-coverage-'));
    // The workers are started later, with this environment.
    process.env[COVERAGE_FOLDER] = this.#folder;
  }

  onRunStart(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder);
    this.#error = undefined;
  }

  onRunComplete(): void {
    const report = readCoverage(this.#folder, this.options.stateMachines);
    rmSync(this.#folder, { recursive: true, force: true });
    const file = resolve(this.config.rootDir, this.options.file ?? 'coverage/state-machines.json');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
    if (report.stateMachines.length > 0) process.stdout.write(`\n${coverageTable(report)}`);

    const { threshold } = this.options;
    if (threshold === undefined) return;
    if (isPartial(this.config)) {
      process.stdout.write('\nOnly some of the tests ran: the coverage threshold was not asked.\n');
      return;
    }
    this.#error = shortfall(report, threshold, this.options.stateMachines);
    if (this.#error) process.stdout.write(`\n${this.#error.message}\n`);
  }

  /** jest fails the run when a reporter has an error. */
  getLastError(): Error | undefined {
    return this.#error;
  }
}

function isPartial(config: RunConfig): boolean {
  const { testNamePattern, testPathPatterns, onlyChanged, onlyFailures, findRelatedTests, shard } = config;
  const patterns = testPathPatterns?.patterns ?? [];
  return Boolean(
    testNamePattern || patterns.length > 0 || onlyChanged || onlyFailures || findRelatedTests || shard,
  );
}
