/** Connects the kit to a test runner: adds the matchers, and closes workflows after the last test of a file. */
import { addMatchers, type Extendable } from './matchers';
import { closeOpenWorkflows } from './open-workflows';

/** The functions of a test runner that the kit uses: Jest and Vitest have both. */
interface TestRunner {
  readonly expect: Extendable;
  afterAll(hook: () => Promise<void>): void;
}

export function useRunner({ expect, afterAll }: TestRunner): void {
  addMatchers(expect);
  afterAll(closeOpenWorkflows);
}

/**
 * Uses a test runner whose functions are global: Jest, and Vitest with `globals: true`. Elsewhere it does nothing, and an
 * idle workflow does not keep the process from ending.
 */
export function useGlobalRunner(): void {
  const { expect, afterAll } = globalThis as Partial<TestRunner>;
  if (typeof expect?.extend === 'function' && typeof afterAll === 'function') useRunner({ expect, afterAll });
}
