import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', ['statewright/testing/vitest-coverage-reporter', { threshold: { all: 100 } }]],
  },
});
