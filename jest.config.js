// The AWS SDK warns in every test file that it will need a later Node: it is a newcomer's Node that the tests run on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// The tests run commands as a user does, not as a script of this project's package.json.
delete process.env.npm_lifecycle_event;
delete process.env.npm_package_json;

/** @type {import('jest').Config} */
module.exports = {
  // As many workers as processors: jest keeps one for itself, and most of these tests wait for another process.
  maxWorkers: '100%',
  // Longer than any test takes, however busy the machine is.
  testTimeout: 600_000,
  testMatch: ['**/__tests__/**/*.test.ts'],
  setupFiles: ['<rootDir>/statewright/__tests__/support/fast-check.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/cdktf.out/', '/__tests__/foreign/'],
  modulePathIgnorePatterns: ['/cdktf.out/', '/__tests__/foreign/'],
  testEnvironmentOptions: { customExportConditions: ['statewright-source', 'node', 'node-addons'] },
  transform: { '^.+\\.ts$': require.resolve('./statewright/__tests__/support/transform.cjs') },
  // A whole run has to exercise all of this project's own state machine; a run of some test files need not.
  reporters: [
    'default',
    './statewright/__tests__/support/skip-reporter.cjs',
    ['./statewright/src/testing/coverage-reporter.cjs', { stateMachines: ['state'], threshold: 100 }],
  ],
};
