// jest loads a reporter without its transform.
require('../../source.cjs');

module.exports = require('./state-coverage/reporter.ts').CoverageReporter;
