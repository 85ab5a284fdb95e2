// The coverage reporter for Vitest. Vitest is an ES module, so this file is one too; it is only in the built package.
import coverage from './state-coverage/reporter.js';

export default class VitestCoverageReporter {
  #options;
  #reporter;
  #hasEnded = false;

  constructor(options = {}) {
    coverage.checkOptions(options);
    this.#options = options;
  }

  onInit({ config, filenamePattern }) {
    const { root, testNamePattern, changed, related, shard, watch } = config;
    const run = {
      rootDir: root,
      testNamePattern: testNamePattern && String(testNamePattern),
      testPathPatterns: { patterns: filenamePattern ?? [] },
      // In watch mode, only the tests of a changed file run again.
      onlyChanged: Boolean(changed) || watch,
      findRelatedTests: related !== undefined,
      shard,
    };
    this.#reporter = new coverage.CoverageReporter(run, this.#options);
    this.#reporter.onRunStart();
  }

  /** Vitest 3 and later. */
  onTestRunStart() {
    this.#hasEnded = false;
    this.#reporter.onRunStart();
  }

  /** Vitest 3 and later. */
  onTestRunEnd(_modules, _errors, reason) {
    this.#end(reason === 'interrupted');
  }

  /** Vitest 2 and 3. */
  onFinished() {
    this.#end(false);
  }

  #end(wasInterrupted) {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#reporter.onRunComplete(undefined, { wasInterrupted });
    if (this.#reporter.getLastError()) process.exitCode = 1;
  }
}
