// For Vitest: adds the matchers to `expect`, and closes workflows after the last test of a file. Import it in the test,
// or name it in `setupFiles`. Vitest is an ES module, so this file is one too; it is only in the built package.
import { afterAll, expect } from 'vitest';
import runner from './runner.js';

runner.useRunner({ expect, afterAll });
