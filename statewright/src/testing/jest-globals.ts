/** Adds the typed matchers to `expect` of `@jest/globals`. Import this file once, for example as a setup file. */
import { afterAll, expect } from '@jest/globals';
import type { ExecutionMatchers } from './matchers';
import { useRunner } from './runner';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends ExecutionMatchers<R> {}
}

useRunner({ expect, afterAll });
