/** @type {import('jest').Config} */
module.exports = {
  // As many workers as processors: jest keeps one for itself, and most of these tests wait for another process.
  maxWorkers: '100%',
  testMatch: ['**/__tests__/**/*.test.ts'],
  setupFiles: ['<rootDir>/statewright/__tests__/support/fast-check.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/cdktf.out/', '/__tests__/foreign/'],
  modulePathIgnorePatterns: ['/cdktf.out/'],
  testEnvironmentOptions: { customExportConditions: ['statewright-source', 'node', 'node-addons'] },
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } } }] },
  // A whole run has to exercise all of this project's own state machine; a run of some test files need not.
  reporters: [
    'default',
    ['./statewright/src/testing/coverage-reporter.cjs', { stateMachines: ['state'], threshold: 100 }],
  ],
};
