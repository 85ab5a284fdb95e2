import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../user-error';
import { writeUserFile } from '../../user-file';
import { type OptionNames, unknownOption } from '../options';
import { COVERAGE_FOLDER } from './recorder';
import { type CoverageReport, readCoverage } from './report';
import { coverageTable, notExercised } from './table';
import { type CoverageThresholdError, checkThreshold, shortfall, type Threshold } from './threshold';

/** The reporter's options, next to its path in jest's configuration. */
export interface ReporterOptions {
  /** The lowest allowed coverage of each state machine, in percent (default: none). */
  readonly threshold?: Threshold;
  /** The JSON file, relative to jest's rootDir (default: `coverage/state-machines.json`). */
  readonly file?: string;
  /** The names of the state machines that count (default: all). */
  readonly stateMachines?: readonly string[];
}

/** The fields of jest's global configuration with the output folder, and whether only some tests run. */
export interface RunConfig {
  readonly rootDir: string;
  /** Whether standard output is for jest's JSON results alone. */
  readonly json?: boolean;
  readonly useStderr?: boolean;
  readonly testNamePattern?: string | undefined;
  readonly testPathPatterns?: { readonly patterns: readonly string[] };
  readonly onlyChanged?: boolean;
  readonly onlyFailures?: boolean;
  readonly findRelatedTests?: boolean;
  readonly shard?: unknown;
}

/** An option that the reporter does not have. */
class UnknownReporterOptionError extends UserError {
  override readonly name = 'UnknownReporterOptionError';
}

const OPTIONS: OptionNames<ReporterOptions> = { threshold: true, file: true, stateMachines: true };

/**
 * A jest reporter: collects what the tests of all workers exercise, shows a table, writes JSON, and fails the run if the
 * coverage is below the threshold. The threshold does not apply when only some of the tests run.
 */
export class CoverageReporter {
  readonly #folder: string;
  #error: CoverageThresholdError | undefined;
  readonly #config: RunConfig;
  readonly #options: ReporterOptions;

  /** @throws UnknownReporterOptionError, InvalidThresholdError */
  constructor(config: RunConfig, options: ReporterOptions = {}) {
    this.#config = config;
    this.#options = options;

    checkOptions(options);
    this.#folder = mkdtempSync(join(tmpdir(), 'state-machine-coverage-'));
    // The workers are started later, with this environment.
    process.env[COVERAGE_FOLDER] = this.#folder;
  }

  onRunStart(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder);
    this.#error = undefined;
  }

  /** @param results show whether the run was interrupted: by `--bail`, or by hand in watch mode */
  onRunComplete(_contexts?: unknown, results?: { readonly wasInterrupted?: boolean }): void {
    const { threshold, stateMachines } = this.#options;
    const report = readCoverage(this.#folder, stateMachines);
    rmSync(this.#folder, { recursive: true, force: true });
    const partial = isPartial(this.#config) || results?.wasInterrupted === true;
    // A run without state machines does not change the last report.
    if (partial && report.stateMachines.length === 0) return;

    this.#writeFile(report);
    if (threshold !== undefined && !partial) this.#error = shortfall(report, threshold, stateMachines);
    if (report.stateMachines.length > 0) this.#show(coverageTable(report));
    for (const machine of report.stateMachines) {
      if (!this.#error?.stateMachines.includes(machine)) this.#show(notExercised(machine));
    }
    if (this.#error) this.#show(`${this.#error.message}\n`);
    if (threshold !== undefined && partial)
      this.#show('Only some of the tests ran: the coverage threshold was not checked.\n');
  }

  #writeFile(report: CoverageReport): void {
    const file = resolve(this.#config.rootDir, this.#options.file ?? 'coverage/state-machines.json');
    mkdirSync(dirname(file), { recursive: true });
    writeUserFile(file, `${JSON.stringify(report, null, 2)}\n`);
  }

  #show(paragraph: string): void {
    if (paragraph === '') return;
    const { json, useStderr } = this.#config;
    (json || useStderr ? process.stderr : process.stdout).write(`\n${paragraph}`);
  }

  /** jest fails the run when a reporter has an error. */
  getLastError(): Error | undefined {
    return this.#error;
  }
}

// Jest loads a reporter by the default export of its module.
export default CoverageReporter;

/** @throws UnknownReporterOptionError, InvalidThresholdError */
export function checkOptions(options: ReporterOptions): void {
  const unknown = unknownOption('The coverage reporter', options, OPTIONS);
  if (unknown !== undefined) throw new UnknownReporterOptionError(unknown);
  if (options.threshold !== undefined) checkThreshold(options.threshold);
}

function isPartial(config: RunConfig): boolean {
  const { testNamePattern, testPathPatterns, onlyChanged, onlyFailures, findRelatedTests, shard } = config;
  const patterns = testPathPatterns?.patterns ?? [];
  return Boolean(
    testNamePattern || patterns.length > 0 || onlyChanged || onlyFailures || findRelatedTests || shard,
  );
}
