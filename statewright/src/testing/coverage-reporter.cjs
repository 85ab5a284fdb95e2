// jest loads a reporter as it is, without its transform: tsx reads the TypeScript.
const tsx = require('tsx/cjs/api');

module.exports = tsx.require('./state-coverage/reporter.ts', __filename).CoverageReporter;
