import type { ReporterOptions } from './state-coverage/reporter.js';

/** The coverage reporter for Vitest. */
export default class VitestCoverageReporter {
  constructor(options?: ReporterOptions);
}
