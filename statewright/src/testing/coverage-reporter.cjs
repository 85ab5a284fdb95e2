// jest loads a reporter without its transform, so tsx reads the TypeScript.
const tsx = require('tsx/cjs/api');

module.exports = tsx.require('./state-coverage/reporter.ts', __filename).CoverageReporter;
